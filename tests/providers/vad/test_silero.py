"""The detector against the reference implementation that ships with the model."""

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from providers.vad.base import WINDOW_BYTES
from providers.vad.segmenter import Paused, Segmenter, SegmenterSettings, Started
from providers.vad.silero import SileroVad, is_loaded
from tests.providers.sound import answers, clip, frames


def windows(pcm: bytes) -> list[bytes]:
    return [window for window in frames(pcm, WINDOW_BYTES) if len(window) == WINDOW_BYTES]


def test_probabilities_are_those_of_the_reference_implementation():
    pcm = clip("closing")
    vad = SileroVad()
    ours = [vad.probability(window) for window in windows(pcm)]
    samples = np.frombuffer(b"".join(windows(pcm)), dtype="<i2").astype(np.float32) / 32768
    theirs = get_vad_model()(samples).ravel()
    # The reference overwrites the end of its last window with zeros, so that one may differ.
    np.testing.assert_allclose(ours[:-1], theirs[:-1], atol=1e-6)
    assert max(ours) > 0.95


def test_silence_and_a_tone_are_no_speech():
    tone = (8000 * np.sin(np.arange(16_000) * 0.17)).astype("<i2").tobytes()
    vad = SileroVad()
    assert max(vad.probability(window) for window in windows(bytes(32_000))) < 0.1
    assert max(vad.probability(window) for window in windows(tone)[8:]) < 0.3


def test_what_nobody_can_hear_is_as_silence_without_the_model():
    hiss = np.random.default_rng(1).integers(-32, 33, 512 * 200).astype("<i2")
    hiss[-64:] = 0  # what the model hears of the window before
    speech = windows(clip("closing"))[:60]
    hissed, silent, heard = SileroVad(), SileroVad(), SileroVad()
    assert [hissed.idle(window) for window in windows(hiss.tobytes())] == [0.0] * 200
    assert silent.idle(bytes(WINDOW_BYTES)) == 0.0
    after = [silent.probability(window) for window in speech]
    assert [hissed.probability(window) for window in speech] == after
    for _ in range(200):
        heard._states *= 0.95
        heard.probability(bytes(WINDOW_BYTES))
    np.testing.assert_allclose(after, [heard.probability(window) for window in speech], atol=1e-3)


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_after_silence_it_does_not_matter_how_many_windows_came_before(before):
    speech, noise = windows(clip("closing"))[:20], windows(clip("closing"))[40 : 40 + before]
    fresh, used = SileroVad(), SileroVad()
    for window in noise:
        used.probability(window)
    for vad in (fresh, used):
        vad.idle(bytes(WINDOW_BYTES))
    assert [used.probability(window) for window in speech] == [fresh.probability(window) for window in speech]


def test_a_window_that_can_be_heard_is_asked_of_the_model_while_nobody_speaks():
    speech = windows(clip("closing"))
    vad = SileroVad()
    assert max(vad.idle(window) for window in speech) > 0.9
    for level, likely in ((32, 0.0), (33, vad.probability(bytes(WINDOW_BYTES)))):
        vad.reset()
        window = np.zeros(512, dtype="<i2")
        window[100] = -level
        assert (vad.idle(window.tobytes()) == 0.0) is (likely == 0.0)


def test_streams_do_not_disturb_each_other_and_a_reset_forgets():
    speech = windows(clip("closing"))[:60]
    alone, first, second = SileroVad(), SileroVad(), SileroVad()
    expected = [alone.probability(window) for window in speech]
    mixed = [(first.probability(window), second.probability(bytes(WINDOW_BYTES)))[0] for window in speech]
    assert mixed == expected
    first.reset()
    assert [first.probability(window) for window in speech] == expected


def test_the_model_counts_as_loaded_once_used():
    SileroVad()
    assert is_loaded()


def loud_part(pcm: bytes) -> np.ndarray:
    """From the first loud sample to the last: where the mean of 10 ms is above that of a quiet room."""
    samples = np.frombuffer(pcm, dtype="<i2")
    loudness = np.sqrt(np.convolve(samples.astype(float) ** 2, np.ones(160) / 160, "same"))
    first, *_, last = np.nonzero(loudness > 300)[0]
    return samples[first:last]


@pytest.mark.parametrize("name", sorted(answers()))
def test_speech_and_its_end_are_noticed_soon(name):
    """From the first loud sample within 250 ms, in frames as clients send them; the pause from the last within 250."""
    speech = loud_part(clip(name))
    quiet = np.zeros(32_000, dtype="<i2")
    segmenter = Segmenter(SileroVad(), SegmenterSettings(grid_ms=40, pause_ms=100))
    segmenter.confirm_after(130)
    began, paused = 0, 0
    for number, frame in enumerate(frames(np.concatenate([quiet, speech, quiet]).tobytes()), 1):
        for event in segmenter.feed(frame):
            began = began or number * isinstance(event, Started)
            paused = number if isinstance(event, Paused) else paused
    assert 0 < began * 40 - 2_000 <= 250
    assert 0 < paused * 40 - 2_000 - len(speech) / 16 <= 250
