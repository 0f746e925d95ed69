"""Journals: what is written is read, whatever a kill left of it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.recording import journal
from interviews.domain.recording.journal import HEADER, Kind, Name
from tests.interviews.recording.journals import cut, opened, said, shown, spoken


def test_records_come_back_in_their_order_with_their_payloads() -> None:
    file, records = opened(said(40, audio_ms=7), spoken(50, 20, rate=22_050), cut(60), shown(70, b"jpeg"))
    assert [(record.kind, record.wall_ms, record.audio_ms, record.rate, record.size) for record in records] == [
        (Kind.CANDIDATE, 40, 7, 0, 1280),
        (Kind.INTERVIEWER, 50, 0, 22_050, 882),
        (Kind.CUT, 60, 0, 0, 0),
        (Kind.FRAME, 70, 0, 0, 4),
    ]
    assert journal.payload(file, records[3]) == b"jpeg"


def test_sound_that_was_cut_off_is_kept_as_far_as_it_goes() -> None:
    whole = said(40) + said(80)
    _file, records = opened(whole[:-101])
    assert [record.samples for record in records] == [640, 589]


def test_a_picture_that_was_cut_off_is_not() -> None:
    _file, records = opened((said(40) + shown(41))[:-1])
    assert [record.kind for record in records] == [Kind.CANDIDATE]


@pytest.mark.parametrize("rest", [HEADER.pack(9, 4, 0, 0, 0) + b"what", HEADER.pack(1, 2**31, 0, 0, 0) + bytes(9)])
def test_nonsense_ends_a_journal(rest: bytes) -> None:
    _file, records = opened(said(40), rest, said(80))
    assert len(records) == 1


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for record in journal.records(io.BytesIO(data)):
        assert 0 <= record.offset <= record.offset + record.size <= len(data)


@given(st.integers(0, 1500))
def test_any_beginning_of_a_journal_is_a_journal(end: int) -> None:
    whole = said(40) + cut(50) + shown(60, b"jpeg") + said(80, 4)
    records = list(journal.records(io.BytesIO(whole[:end])))
    assert [record.kind for record in records] == [Kind.CANDIDATE, Kind.CUT, Kind.FRAME, Kind.CANDIDATE][: len(records)]


@given(st.builds(Name, *[st.integers(0, 10**9)] * 4))
def test_names_are_read_as_they_are_written(name: Name) -> None:
    assert Name.parse(str(name)) == name


@pytest.mark.parametrize("text", ["", "1-2-3", "1-2-3-4-5", "1-2-3-x", "1--2-3-4", "writing", "١-2-3-4"])
def test_other_names_are_none(text: str) -> None:
    assert Name.parse(text) is None
