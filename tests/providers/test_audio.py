"""Helpers for PCM16."""

import io
import wave

from hypothesis import given
from hypothesis import strategies as st

from providers.audio import Resampler, ms_to_samples, samples_to_ms, wav
from tests.providers.sound import clip


def test_a_wav_holds_its_samples():
    with wave.open(io.BytesIO(wav(b"\1\0\2\0", 8_000))) as sound:
        assert (sound.getframerate(), sound.getnframes(), sound.readframes(9)) == (8_000, 2, b"\1\0\2\0")


def test_times_and_samples():
    assert (ms_to_samples(40), samples_to_ms(640), ms_to_samples(100, 22_050)) == (640, 40, 2_205)


@given(st.lists(st.integers(1, 5_000), max_size=12))
def test_resampling_in_pieces_is_resampling_at_once(cuts):
    pcm = clip("closing")[16_000:48_000]
    whole, parts = Resampler(16_000, 24_000), Resampler(16_000, 24_000)
    expected = whole.feed(pcm) + whole.flush()
    found, start = b"", 0
    for samples in cuts:
        found += parts.feed(pcm[start : start + samples * 2])
        start += samples * 2
    assert found + parts.feed(pcm[start:]) + parts.flush() == expected
    assert abs(len(expected) - len(pcm) * 1.5) <= 4


def test_the_same_rate_changes_nothing():
    same = Resampler(16_000, 16_000)
    assert same.feed(b"\1\0") + same.flush() == b"\1\0"
