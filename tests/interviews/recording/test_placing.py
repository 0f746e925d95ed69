"""When each sample was heard."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.recording import placing
from interviews.domain.recording.placing import Clip
from tests.interviews.recording.journals import cut, opened, said, spoken


def places(clips: list[Clip]) -> list[tuple[float, float]]:
    """From and to which millisecond each clip is heard."""
    return [(clip.at * 1000 / clip.rate, clip.end * 1000 / clip.rate) for clip in clips]


def test_frames_follow_each_other_from_the_first_ones_beginning() -> None:
    _file, records = opened(said(1040), said(1080), said(1120))
    assert places(placing.candidate(records)) == [(1000, 1040), (1040, 1080), (1080, 1120)]


def test_a_late_frame_was_said_before_the_next_one_came() -> None:
    _file, records = opened(said(1040), said(1290), said(1291), said(1292), said(1293))
    assert places(placing.candidate(records))[-1] == (1160, 1200)


def test_where_time_passed_without_sound_there_is_a_hole() -> None:
    _file, records = opened(said(1040), said(3040), said(3080))
    assert places(placing.candidate(records)) == [(1000, 1040), (3000, 3040), (3040, 3080)]


def test_after_a_stall_the_burst_fills_the_hole() -> None:
    burst = [said(3000 + number) for number in range(49)]
    _file, records = opened(said(1040), *burst, said(3040), said(3080))
    assert places(placing.candidate(records))[-2:] == [(3000, 3040), (3040, 3080)]


def test_what_comes_faster_than_real_time_is_kept_whole() -> None:
    _file, records = opened(*[said(60_000 + number * 5) for number in range(1000)])
    clips = placing.candidate(records)
    assert (places(clips)[0][0], places(clips)[-1][1]) == (55_000, 95_000)


def test_nothing_is_heard_before_the_interview() -> None:
    _file, records = opened(said(10, 1000), said(20, 1000))
    assert places(placing.candidate(records)) == [(0, 1000), (1000, 2000)]


def test_no_frames_no_clips() -> None:
    _file, records = opened(spoken(0, 40), cut(3))
    assert placing.candidate(records) == []


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 1_000)), max_size=40))
def test_clips_never_overlap_nor_lose_a_sample(frames: list[tuple[int, int]]) -> None:
    wall, parts = 0, []
    for passed, length in frames:
        wall += passed
        parts.append(said(wall, length))
    _file, records = opened(*parts)
    clips = placing.candidate(records)
    assert [clip.samples for clip in clips] == [length * 16 for _, length in frames]
    assert all(one.end <= other.at for one, other in pairwise(clips))
    assert all(clip.at >= 0 for clip in clips)


def test_the_voice_is_heard_from_when_it_begins() -> None:
    _file, records = opened(
        spoken(500, 100, rate=22_050), spoken(600, 100, rate=22_050), spoken(2000, 100, rate=22_050)
    )
    assert [round(start) for start, _ in places(placing.interviewer(records))] == [500, 600, 2000]


def test_what_a_cut_kept_from_being_played_is_left_out() -> None:
    _file, records = opened(spoken(0, 400), spoken(400, 400), cut(300), spoken(1000, 200))
    assert places(placing.interviewer(records)) == [(0, 300), (1000, 1200)]


def test_a_cut_leaves_what_was_heard_before() -> None:
    _file, records = opened(spoken(0, 400), cut(500))
    assert places(placing.interviewer(records)) == [(0, 400)]


def test_two_voices_of_different_rates_do_not_overlap() -> None:
    _file, records = opened(spoken(0, 400, rate=22_050), spoken(399, 100, rate=24_000))
    assert places(placing.interviewer(records)) == [(0, 400), (400, 500)]


def test_marks_lead_from_audio_time_into_the_piece() -> None:
    speaking = [said(1040 + number * 40, audio_ms=500) for number in range(5)]
    listening = [said(1240 + number * 40, audio_ms=540 + number * 40) for number in range(5)]
    _file, records = opened(*speaking, *listening)
    marks = placing.marks(records, placing.candidate(records))
    assert marks == [[500, 200]]
    assert [placing.place_of(at, marks) for at in (499, 500, 620)] == [None, 200, 320]


def test_a_hole_makes_a_new_mark() -> None:
    _file, records = opened(said(40, audio_ms=40), said(80, audio_ms=80), said(5040, audio_ms=120))
    assert placing.marks(records, placing.candidate(records)) == [[0, 0], [80, 5000]]


@pytest.mark.parametrize("marks", [[], [[10, 0]]])
def test_before_the_first_mark_there_is_no_place(marks: list[list[int]]) -> None:
    assert placing.place_of(9, marks) is None
