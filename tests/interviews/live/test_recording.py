"""A session's recorder and the writer beside it."""

import shutil
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviews.domain.recording import journal, spool
from interviews.domain.recording.journal import Kind, Name, Record
from interviews.engine import Now
from interviews.live.clock import InterviewClock
from interviews.live.recording import MOST_WAITING_BYTES, Given, NextTurn, Recorder, Writer

FRAME = bytes(1280)


class Time:
    """Seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_ms(self, ms: int) -> None:
        self.now = round(self.now + ms / 1000, 6)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path)
    yield made
    made.close()


@pytest.fixture
def recorder(writer: Writer, time: Time) -> Recorder:
    made = Recorder(7, 2, InterviewClock(Now(0, 0), time))
    writer.add(made)
    made.turn(1)
    return made


def closed(base: Path) -> dict[Name, list[Record]]:
    """What waits to be stored."""
    found = {}
    for path in spool.waiting(base):
        name = Name.parse(path.stem)
        assert name is not None
        with path.open("rb") as file:
            found[name] = list(journal.records(file))
    return found


def test_each_turn_has_a_journal(recorder: Recorder, writer: Writer, time: Time, tmp_path: Path) -> None:
    recorder.candidate(FRAME)
    time.pass_ms(40)
    recorder.candidate(FRAME)
    recorder.turn(2)
    recorder.turn(2)
    time.pass_ms(40)
    recorder.candidate(FRAME)
    recorder.close()
    writer.flush()
    journals = closed(tmp_path)
    assert list(journals) == [Name(7, 2, 1, 1), Name(7, 2, 2, 2)]
    assert [[one.wall_ms for one in records] for records in journals.values()] == [[0, 40], [80]]


def test_a_turn_without_anything_has_none(recorder: Recorder, writer: Writer, tmp_path: Path) -> None:
    recorder.turn(2)
    recorder.turn(3)
    recorder.candidate(FRAME)
    recorder.close()
    writer.flush()
    assert list(closed(tmp_path)) == [Name(7, 2, 1, 3)]


def test_a_long_turn_has_several(recorder: Recorder, writer: Writer, time: Time, tmp_path: Path) -> None:
    for _minute in range(11):
        recorder.candidate(FRAME)
        time.pass_ms(60_000)
    recorder.close()
    writer.flush()
    assert [len(records) for records in closed(tmp_path).values()] == [5, 5, 1]


def test_what_is_sent_at_once_is_heard_one_after_the_other(
    recorder: Recorder, writer: Writer, time: Time, tmp_path: Path
) -> None:
    time.pass_ms(500)
    recorder.interviewer("u1", bytes(32_000), 16_000)
    recorder.interviewer("u1", bytes(32_000), 16_000)
    time.pass_ms(5_000)
    recorder.interviewer("u1", bytes(3_200), 16_000)
    recorder.interviewer("u2", bytes(3_200), 16_000)
    recorder.close()
    writer.flush()
    records = closed(tmp_path)[Name(7, 2, 1, 1)]
    assert [(one.kind, one.wall_ms) for one in records] == [(Kind.INTERVIEWER, at) for at in (500, 1500, 5500, 5500)]


def test_after_an_interruption_the_voice_begins_anew(
    recorder: Recorder, writer: Writer, time: Time, tmp_path: Path
) -> None:
    recorder.interviewer("u1", bytes(64_000), 16_000)
    time.pass_ms(700)
    recorder.interrupted()
    time.pass_ms(300)
    recorder.interviewer("u1", bytes(3_200), 16_000)
    recorder.close()
    writer.flush()
    records = closed(tmp_path)[Name(7, 2, 1, 1)]
    assert [(one.kind.name, one.wall_ms) for one in records] == [
        ("INTERVIEWER", 0),
        ("CUT", 700),
        ("INTERVIEWER", 1000),
    ]


def test_no_more_than_some_pictures_a_second(recorder: Recorder, writer: Writer, time: Time, tmp_path: Path) -> None:
    for _frame in range(25):
        recorder.camera(b"jpeg")
        time.pass_ms(40)
    recorder.close()
    writer.flush()
    assert [one.wall_ms for one in closed(tmp_path)[Name(7, 2, 1, 1)]] == [0, 400, 800]


def test_a_disk_that_does_not_keep_up_costs_frames_not_memory(
    recorder: Recorder, writer: Writer, tmp_path: Path
) -> None:
    with writer.paused():
        for _frame in range(2_000):
            recorder.candidate(FRAME)
        waiting = [item.payload for item in recorder.items if isinstance(item, Given)]
        assert len(b"".join(waiting)) <= MOST_WAITING_BYTES + len(FRAME)
        assert recorder.dropped == 2_000 - MOST_WAITING_BYTES // len(FRAME) - 1
    recorder.close()
    writer.flush()
    assert len(closed(tmp_path)[Name(7, 2, 1, 1)]) == 2_000 - recorder.dropped


def test_nothing_waits_in_memory_in_an_hour_of_fast_audio(
    recorder: Recorder, writer: Writer, time: Time, tmp_path: Path
) -> None:
    waiting = []
    for second in range(3_600):
        for _frame in range(25):
            recorder.candidate(FRAME)
            time.pass_ms(40)
        if second % 10 == 9:
            waiting.append(len(recorder.items))
            writer.flush()
            assert not recorder.items
        if second % 120 == 119:
            recorder.turn(second)
            for path in spool.waiting(tmp_path):
                path.unlink()
    assert max(waiting) <= 251  # ten seconds, and the turn
    assert recorder.dropped == 0


def test_a_closed_recorder_takes_nothing(recorder: Recorder, writer: Writer, tmp_path: Path) -> None:
    recorder.candidate(FRAME)
    recorder.close()
    recorder.candidate(FRAME)
    recorder.camera(b"jpeg")
    writer.flush()
    assert [len(records) for records in closed(tmp_path).values()] == [1]


def test_what_is_withdrawn_is_forgotten(recorder: Recorder, writer: Writer, tmp_path: Path) -> None:
    recorder.candidate(FRAME)
    writer.flush()
    recorder.candidate(FRAME)
    writer.withdraw(recorder)
    writer.flush()
    assert spool.is_empty(tmp_path)


def test_at_shutdown_every_journal_is_whole(recorder: Recorder, writer: Writer, tmp_path: Path) -> None:
    recorder.candidate(FRAME)
    writer.close()
    assert [len(records) for records in closed(tmp_path).values()] == [1]


def test_the_writer_flushes_by_itself(recorder: Recorder, writer: Writer, tmp_path: Path) -> None:
    recorder.candidate(FRAME)
    recorder.close()
    assert writer.idle.wait(10)
    assert [len(records) for records in closed(tmp_path).values()] == [1]


class Overtaken(threading.Event):
    """A session begins at the very moment at which the writer has found that there is none."""

    def __init__(self, writer: Writer, other: Recorder) -> None:
        super().__init__()
        self.writer = writer
        self.others = [other]

    def set(self) -> None:
        while self.others:
            self.writer.add(self.others.pop())
        super().set()


class Watched(deque[Given | NextTurn]):
    """Counts how often the writer looks for something to write."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = threading.Semaphore(0)

    def __len__(self) -> int:
        self.looks.release()
        return super().__len__()


def test_a_session_that_begins_as_the_writer_goes_idle_is_written_down(
    recorder: Recorder, writer: Writer, time: Time
) -> None:
    other = Recorder(8, 1, InterviewClock(Now(0, 0), time))
    other.items = watched = Watched()
    writer.idle = Overtaken(writer, other)
    recorder.close()
    assert [watched.looks.acquire(timeout=10) for _look in range(3)] == [True] * 3
    assert not writer.idle.is_set()


def test_on_a_full_disk_nothing_is_written(
    recorder: Recorder,
    writer: Writer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(spool, "LEAST_FREE_BYTES", 2**62)
    recorder.candidate(FRAME)
    recorder.close()
    writer.flush()
    assert (spool.is_empty(tmp_path), recorder.dropped) == (True, 1)
    assert "nearly full" in caplog.text


def test_a_disk_that_fails_ends_one_recording_only(
    recorder: Recorder, writer: Writer, time: Time, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.candidate(FRAME)
    writer.flush()
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
    other = Recorder(8, 1, InterviewClock(Now(0, 0), time))
    writer.add(other)
    other.candidate(FRAME)
    recorder.turn(2)
    recorder.candidate(FRAME)
    writer.flush()
    assert (recorder.closed, other.closed) == (True, False)
    assert "interview 7: the recording is broken off" in caplog.text
    other.close()
    writer.flush()
    assert list(closed(tmp_path)) == [Name(8, 1, 1, 0)]


def test_without_a_spool_the_recording_ends(tmp_path: Path, time: Time) -> None:
    (tmp_path / "file").touch()
    writer, recorder = Writer(tmp_path / "file" / "spool"), Recorder(7, 2, InterviewClock(Now(0, 0), time))
    writer.add(recorder)
    recorder.candidate(FRAME)
    assert writer.idle.wait(10)
    assert recorder.closed


def test_sessions_are_written_apart(recorder: Recorder, writer: Writer, time: Time, tmp_path: Path) -> None:
    other = Recorder(8, 1, InterviewClock(Now(0, 0), time))
    writer.add(other)
    recorder.candidate(FRAME)
    other.candidate(FRAME)
    recorder.close()
    writer.flush()
    assert list(closed(tmp_path)) == [Name(7, 2, 1, 1)]
