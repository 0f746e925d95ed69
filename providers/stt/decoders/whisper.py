"""faster-whisper on a model in a local folder."""

import math
import time
from typing import Any

import numpy as np
from faster_whisper import WhisperModel

from providers.audio import SAMPLE_RATE, samples_in
from providers.stt.decoders import Decoder, Decoding, Result

# Whisper knows one Chinese; the prompt's script decides in which characters it writes.
_LANGUAGES = {"en": "en", "zh-hans": "zh", "ru": "ru", "ko": "ko"}
_PROMPTS = {"zh-hans": "以下是普通话的句子。"}
_PARTIAL_EVERY_S = 1.0
_SHORTEST_S = 0.1


class WhisperDecoder(Decoder):
    """One model a child. On a CPU it computes in int8 on one thread: the pool has a child for each core."""

    def __init__(self, model: str, device: str) -> None:
        kind = "int8" if device == "cpu" else "default"
        self.model = WhisperModel(model, device=device, compute_type=kind, cpu_threads=1, local_files_only=True)

    def begin(self, language: str, memory: str) -> Decoding | None:
        return WhisperDecoding(self.model, language)


class WhisperDecoding(Decoding):
    """Partial texts come from decoding the growing utterance again.

    Whisper's encoder costs the same for one second as for thirty, so the next look waits for a second of new audio, and
    for at least twice the time the last one took: a third of the child's time stays free for finals. Decoding is
    synchronous, so that there is never more than one in flight. What a pause found is kept: without more audio it is
    the final text.
    """

    pause_is_final = True

    def __init__(self, model: WhisperModel, language: str) -> None:
        self._model = model
        self._language = language
        self._pcm = bytearray()
        self._looked_at = 0
        self._pause_s = _PARTIAL_EVERY_S
        self._found: Result | None = None

    def feed(self, pcm: bytes) -> None:
        self._pcm += pcm
        self._found = None

    def partial(self) -> str | None:
        if (samples_in(self._pcm) - self._looked_at) / SAMPLE_RATE < self._pause_s:
            return None
        began = time.monotonic()
        self._looked_at = samples_in(self._pcm)
        segments = self._decode(beam_size=1)
        self._pause_s = max(_PARTIAL_EVERY_S, 2 * (time.monotonic() - began))
        return _text(segments)

    def pause(self) -> Result:
        if self._found is None:
            self._found = self._final()
        return self._found

    def finish(self) -> Result:
        return self.pause()

    def cancel(self) -> None:
        self._pcm.clear()

    def _final(self) -> Result:
        if samples_in(self._pcm) < _SHORTEST_S * SAMPLE_RATE:
            return Result("")
        # Without word times: their alignment costs another pass, and faster-whisper drops segments it cannot align.
        segments = self._decode(beam_size=5)
        return Result(_text(segments), _confidence(segments))

    def _decode(self, beam_size: int) -> list[Any]:
        audio = np.frombuffer(bytes(self._pcm), dtype="<i2").astype(np.float32) / 32768
        # One temperature: the retries at higher ones multiply the time and mostly invent words.
        segments, _info = self._model.transcribe(
            audio,
            language=_LANGUAGES[self._language],
            initial_prompt=_PROMPTS.get(self._language),
            temperature=0.0,
            condition_on_previous_text=False,
            beam_size=beam_size,
        )
        return list(segments)


def _text(segments: list[Any]) -> str:
    return "".join(segment.text for segment in segments).strip()


def _confidence(segments: list[Any]) -> float | None:
    """The geometric mean of the tokens' probabilities, over all segments by their length."""
    total = sum(len(segment.tokens) for segment in segments)
    if not total:
        return None
    return round(min(1.0, math.exp(sum(segment.avg_logprob * len(segment.tokens) for segment in segments) / total)), 3)
