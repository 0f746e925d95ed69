"""The PocketSphinx decoder alone, in this process."""

from providers.stt.decoders import Decoder, Result
from providers.stt.decoders.sphinx import SphinxDecoder
from tests.providers.sound import clip, frames

SAID = clip("payments")[:96_000]  # 3 s
NOISE = bytes(range(256)) * 250  # 2 s


def heard(decoder: Decoder, pcm: bytes, size: int = 3_200) -> Result:
    decoding = decoder.begin("en", "")
    assert decoding is not None
    for piece in frames(pcm, size):
        decoding.feed(piece)
    return decoding.finish()


def test_what_a_decoder_heard_before_changes_nothing() -> None:
    """Which decoder an utterance gets is chance: the text may not depend on who spoke there before."""
    decoder = SphinxDecoder(1)
    first = heard(decoder, SAID)
    heard(decoder, NOISE)
    assert heard(decoder, SAID) == first
    cancelled = decoder.begin("en", "")
    assert cancelled is not None
    cancelled.feed(NOISE)
    cancelled.cancel()
    assert heard(decoder, SAID, 1_280) == first
