"""PocketSphinx: English, with the model of its own wheel."""

import re

from pocketsphinx import Decoder as Sphinx

from providers.audio import BYTES_PER_SAMPLE, SAMPLE_RATE
from providers.stt.decoders import Decoder, Decoding, Result, WordRow

FRAME_MS = 10
_PARTIAL_EVERY = SAMPLE_RATE * BYTES_PER_SAMPLE // 5
# Pronunciation variants are numbered, as in "and(2)"; fillers are bracketed, as in "<sil>" and "[SPEECH]".
_VARIANT = re.compile(r"\(\d+\)$")
_FILLERS = ("<", "[", "+")


class SphinxDecoder(Decoder):
    """Keeps its decoders (96 MB and some 0.3 s to create each) and lends one to each utterance."""

    def __init__(self, decoders: int) -> None:
        self._most = decoders
        self._free = [_create()]
        self._created = 1
        self._fresh_means: str = self._free[0].get_cmn(False)

    def begin(self, language: str, memory: str) -> Decoding | None:
        if not self._free and self._created < self._most:
            self._free.append(_create())
            self._created += 1
        if not self._free:
            return None
        sphinx = self._free.pop()
        # Its noise estimate would go on from whoever spoke there before, and the text depend on that.
        sphinx.reinit_feat()
        # Means of somebody else's voice and microphone would be worse than the model's own.
        sphinx.set_cmn(memory or self._fresh_means)
        return SphinxDecoding(sphinx, self._free)


class SphinxDecoding(Decoding):
    def __init__(self, sphinx: Sphinx, free: list[Sphinx]) -> None:
        self._sphinx = sphinx
        self._free = free
        self._since_partial = 0
        sphinx.start_utt()

    def feed(self, pcm: bytes) -> None:
        self._sphinx.process_raw(pcm, False, False)
        self._since_partial += len(pcm)

    def partial(self) -> str | None:
        if self._since_partial < _PARTIAL_EVERY:
            return None
        self._since_partial = 0
        found = self._sphinx.hyp()
        return found.hypstr if found else ""

    def pause(self) -> Result:
        """Without the search over the whole utterance that its end brings: `finish` may know better."""
        found = self._sphinx.hyp()
        return Result(found.hypstr if found else "")

    def finish(self) -> Result:
        sphinx = self._sphinx
        sphinx.end_utt()
        found = sphinx.hyp()
        words = _words(sphinx) if found else []
        memory = sphinx.get_cmn(True)
        self._free.append(sphinx)
        return Result(found.hypstr if found else "", None, words, memory)

    def cancel(self) -> None:
        self._sphinx.end_utt()
        self._free.append(self._sphinx)


def _create() -> Sphinx:
    # A second, flat search costs a second at the end of a long answer and improves little; at most 5,000 active
    # HMMs a frame keep noisy speech from taking several times as long as clear speech.
    return Sphinx(samprate=SAMPLE_RATE, fwdflat=False, maxhmmpf=5000, loglevel="FATAL")


def _words(sphinx: Sphinx) -> list[WordRow]:
    """Without confidences: this build reports 1.0 for every word, right or wrong."""
    return [
        (_VARIANT.sub("", seg.word), seg.start_frame * FRAME_MS, (seg.end_frame + 1) * FRAME_MS, None)
        for seg in sphinx.seg()
        if not seg.word.startswith(_FILLERS)
    ]
