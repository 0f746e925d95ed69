"""Where utterances begin and end, to the sample. One window is 32 ms, 512 samples."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.base import BadInputError
from providers.vad.scripted import ScriptedVad
from providers.vad.segmenter import (
    Cause,
    Ended,
    Paused,
    Segmenter,
    SegmenterSettings,
    SegmentEvent,
    Speech,
    Started,
    WentOn,
)
from providers.vad.silero import SileroVad
from tests.providers.sound import clip, frames

W = 512


def numbered(windows: float) -> bytes:
    """Audio in which each sample is different from its neighbours."""
    return (np.arange(int(windows * W)) % 30_000).astype("<i2").tobytes()


def segmenter(*spans: tuple[int, int], **options: float) -> Segmenter:
    """`spans` in windows."""
    vad = ScriptedVad([(start * 32, end * 32) for start, end in spans])
    return Segmenter(vad, SegmenterSettings(**options))  # type: ignore[arg-type]


def whole(events: Iterable[SegmentEvent]) -> list[tuple[int, bytes, int, int, Cause]]:
    """(start, audio, end of speech, end of audio, cause) of each utterance; checks that its audio has no gap."""
    found = []
    for event in events:
        if isinstance(event, Started):
            start, audio = event.start_sample, event.pcm
        elif isinstance(event, Speech):
            assert event.start_sample == start + len(audio) // 2
            audio += event.pcm
        elif isinstance(event, Ended):
            found.append((start, audio, event.end_sample, start + len(audio) // 2, event.cause))
    return found


def test_an_utterance_with_its_pre_roll_and_the_silence_that_ended_it():
    pcm = numbered(100)
    events = segmenter((20, 50)).feed(pcm)
    # 300 ms before: 9 windows; confirmed by the sixth loud window; 600 ms of silence after: 19 windows.
    assert whole(events) == [(11 * W, pcm[11 * W * 2 : 69 * W * 2], 50 * W, 69 * W, Cause.SILENCE)]


def test_the_beginning_is_told_with_the_window_that_confirms_it():
    pcm = numbered(40)
    cutter = segmenter((20, 40))
    told = [cutter.feed(window) for window in frames(pcm, W * 2)]
    assert [bool(events) for events in told[:26]] == [False] * 25 + [True]
    assert told[25] == [Started(11 * W, pcm[11 * W * 2 : 26 * W * 2])]
    assert told[26] == [Speech(26 * W, pcm[26 * W * 2 : 27 * W * 2])]
    assert cutter.speaking


@pytest.mark.parametrize("windows", [1, 3, 5])
def test_a_click_is_no_utterance(windows):
    cutter = segmenter((20, 20 + windows))
    assert cutter.feed(numbered(100)) == []
    assert cutter.flush() == []


def test_a_pause_is_told_after_all_the_audio_before_it():
    pcm = numbered(60)
    cutter = segmenter((10, 30), (40, 50), pause_ms=100)
    events = cutter.feed(pcm[: 33 * W * 2])
    assert [type(event) for event in events] == [Started, Speech, Paused]
    assert events[-1] == Paused(30 * W)
    assert len(events[0].pcm + events[1].pcm) == (33 - 1) * W * 2
    (went_on, *more) = cutter.feed(pcm[33 * W * 2 : 45 * W * 2])
    assert went_on == WentOn(10 * 32)
    assert more == [Speech(33 * W, pcm[33 * W * 2 : 45 * W * 2])]


def test_a_gap_that_is_no_pause_is_not_told():
    events = segmenter((10, 30), (32, 50), pause_ms=100).feed(numbered(52))
    assert {type(event) for event in events} == {Started, Speech}


def test_pauses_are_told_only_on_demand():
    cutter = segmenter((10, 30), (40, 50), (56, 60))
    assert Paused not in {type(event) for event in cutter.feed(numbered(45))}
    cutter.tell_pauses(100)
    assert Paused(50 * W) in cutter.feed(numbered(8))


def test_a_beginning_can_be_confirmed_sooner_for_a_while():
    cutter = segmenter((20, 24), (60, 64))
    cutter.confirm_after(130)
    assert [type(event) for event in cutter.feed(numbered(24))] == [Started]
    cutter.flush()
    cutter.confirm_after()
    assert cutter.feed(numbered(60)) == []


def test_clicks_apart_do_not_add_up():
    cutter = segmenter(*[(start, start + 2) for start in range(10, 90, 8)])
    assert cutter.feed(numbered(100)) == []


def test_a_stutter_at_the_beginning_is_bridged():
    events = segmenter((20, 23), (25, 60)).feed(numbered(100))
    assert [(start, end) for start, _, end, _, _ in whole(events)] == [(11 * W, 60 * W)]


def test_once_begun_speech_goes_on_above_the_lower_threshold():
    class Fading(ScriptedVad):
        def probability(self, window: bytes | bytearray | memoryview) -> float:
            loud = super().probability(window) > 0.5
            return 0.9 if loud else 0.4

    events = Segmenter(Fading([(0, 320)])).feed(numbered(100))
    assert [type(event) for event in events] == [Started, Speech]
    assert Segmenter(Fading([])).feed(numbered(100)) == []


def test_a_soft_first_word_is_not_cut_off():
    """A spoken "Hello," hovers about the threshold: after a few dips below it the beginning was forgotten."""
    soft = ScriptedVad([(20 * 32, 21 * 32)], loud=0.5, quiet=0.4)
    soft_then_silent = [soft.probability(b"") if at < 27 else 0.02 for at in range(100)]

    class Hello(ScriptedVad):
        def probability(self, window: bytes | bytearray | memoryview) -> float:
            return soft_then_silent.pop(0)

    events = Segmenter(Hello([])).feed(numbered(100))
    assert [(start, end) for start, _, end, _, _ in whole(events)] == [(11 * W, 27 * W)]


def test_a_short_pause_does_not_end_an_utterance_and_a_long_one_does():
    one = whole(segmenter((10, 40), (58, 80)).feed(numbered(120)))
    two = whole(segmenter((10, 40), (59, 80)).feed(numbered(120)))
    assert [(start, end) for start, _, end, _, _ in one] == [(1 * W, 80 * W)]
    assert [(start, end) for start, _, end, _, _ in two] == [(1 * W, 40 * W), (59 * W, 80 * W)]


def test_pre_roll_never_repeats_audio_that_was_handed_out():
    first, second = whole(segmenter((10, 40), (62, 80)).feed(numbered(120)))
    assert first[3] == 59 * W
    assert second[0] == 59 * W


def test_a_too_long_utterance_is_split_without_losing_a_sample():
    pcm = numbered(100)
    events = segmenter((0, 100), longest_ms=960).feed(pcm)
    assert [event for event in events if isinstance(event, Ended)] == [
        Ended(at * W, Cause.SPLIT) for at in (30, 60, 90)
    ]
    utterances = whole([*events, Ended(0)])
    assert b"".join(audio for _, audio, *_ in utterances) == pcm


def test_shortly_before_the_split_a_shorter_pause_will_do():
    events = segmenter((0, 760), (768, 1200)).feed(numbered(900))
    # 24 s in, 200 ms of silence (6 windows) end the utterance, rather than a word being cut in two at 30 s.
    assert whole(events) == [(0, numbered(766), 760 * W, 766 * W, Cause.SILENCE)]


def test_a_flush_ends_what_is_open_with_its_last_sample():
    pcm = numbered(40.5)
    cutter = segmenter((20, 100))
    events = [*cutter.feed(pcm), *cutter.flush()]
    assert whole(events) == [(11 * W, pcm[11 * W * 2 :], int(40.5 * W), int(40.5 * W), Cause.FLUSH)]
    assert not cutter.speaking
    assert cutter.position == int(40.5 * W)


def test_after_a_flush_the_positions_go_on():
    cutter = segmenter((60, 80))
    cutter.feed(numbered(40.5))
    assert cutter.flush() == []
    (utterance,) = whole([*cutter.feed(numbered(60)), *cutter.flush()])
    assert utterance[0] == int(60.5 * W) - 9 * W
    assert cutter.position == int(100.5 * W)


def test_a_flush_after_silence_keeps_the_end_of_speech():
    cutter = segmenter((20, 50))
    events = [*cutter.feed(numbered(60)), *cutter.flush()]
    assert whole(events)[0][2:] == (50 * W, 60 * W, Cause.FLUSH)


def test_half_a_sample_is_refused():
    with pytest.raises(BadInputError) as refused:
        segmenter().feed(b"\0\0\0")
    assert refused.value.code == "unreadable"


spans = st.lists(st.tuples(st.integers(0, 130), st.integers(1, 40)), max_size=5)
cuts = st.lists(st.integers(0, 4_000), max_size=60)


@given(spans=spans, cuts=cuts)
@settings(max_examples=150, deadline=None)
def test_events_do_not_depend_on_how_the_stream_is_cut(spans, cuts):
    pcm = numbered(150)
    marks = [(start, start + length) for start, length in spans]
    at_once, bit_by_bit = segmenter(*marks, longest_ms=1500), segmenter(*marks, longest_ms=1500)
    expected = [*at_once.feed(pcm), *at_once.flush()]
    events: list[SegmentEvent] = []
    start = 0
    for samples in cuts:
        events += bit_by_bit.feed(pcm[start : start + samples * 2])
        start += samples * 2
    events += [*bit_by_bit.feed(pcm[start:]), *bit_by_bit.flush()]
    assert whole(events) == whole(expected)


@given(spans=spans)
@settings(max_examples=150, deadline=None)
def test_utterances_are_true_to_the_stream_and_never_overlap(spans):
    pcm = numbered(150)
    cutter = segmenter(*[(start, start + length) for start, length in spans], longest_ms=1500)
    last = 0
    for start, audio, end, at, _ in whole([*cutter.feed(pcm), *cutter.flush()]):
        assert last <= start <= end <= at
        assert audio == pcm[start * 2 : at * 2]
        last = at


def test_a_spoken_answer_is_one_utterance_and_its_edges_are_right():
    pcm = clip("introduction")
    cutter = Segmenter(SileroVad())
    events = [event for frame in frames(pcm) for event in cutter.feed(frame)]
    ((start, _, end, _, cause),) = whole([*events, *cutter.flush()])
    # The clip has 0.3 s of silence before the voice and 0.8 s after it.
    assert start <= 0.3 * 16_000
    assert abs(end - (len(pcm) // 2 - 0.8 * 16_000)) < 0.25 * 16_000
    assert cause is Cause.SILENCE


def test_on_a_grid_silence_before_moves_nothing():
    """Windows of 512 samples and frames of 640 meet in four ways: an utterance may not depend on which."""
    heard = [edges_after(number) for number in (5, 6, 7, 8, 60)]
    assert heard == [heard[0]] * 5
    (start, end), *more = heard[0]
    assert not more
    assert start < end


def edges_after(silent_frames: int) -> list[tuple[int, int]]:
    """Of each utterance: where its audio begins and ends, from the answer's first sample."""
    before = 640 * silent_frames
    cutter = Segmenter(SileroVad(), SegmenterSettings(grid_ms=40))
    pcm = bytes(before * 2) + clip("payments")[:64_000] + bytes(48_000)
    return [(start - before, at - before) for start, _, _, at, _ in whole(cutter.feed(pcm))]


def test_on_a_grid_no_sample_is_lost():
    pcm = numbered(120)
    vad = ScriptedVad([(32 * 20, 32 * 50)])
    ((start, audio, _, at, _),) = whole(Segmenter(vad, SegmenterSettings(grid_ms=40)).feed(pcm))
    assert audio == pcm[start * 2 : at * 2]


def test_the_first_word_after_a_long_silence_is_heard_as_soon_as_after_a_short_one():
    quiet, answer = bytes(1_280), clip("payments")[:64_000]

    def begins_after(silent_frames: int) -> int:
        events = Segmenter(SileroVad()).feed(quiet * silent_frames + answer)
        return events[0].start_sample - 640 * silent_frames

    assert abs(begins_after(16 * 25) - begins_after(16)) <= W
