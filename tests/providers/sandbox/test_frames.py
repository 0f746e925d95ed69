"""What comes out of a sandbox is read with distrust."""

from hypothesis import given
from hypothesis import strategies as st

from providers.sandbox import frames
from providers.sandbox.base import Limits, Status

GOOD = b"ready\nended 0 12 900 3 2 0\nout" + b"er" + b"memory -9 5 70000 0 0 0\n"


def test_two_frames() -> None:
    first, second = frames.parse(GOOD)
    assert first == frames.Frame("ended", 0, 12, 900, b"out", b"er")
    assert second == frames.Frame("memory", -9, 5, 70000, b"", b"")


def test_files() -> None:
    (only,) = frames.parse(b"ready\nended 0 1 1 0 0 2\n4 3 1\nmainabc" + b"3 0 0\na/b")
    assert only.files == {"main": (b"abc", True), "a/b": (b"", False)}


@given(st.integers(0, len(GOOD) - 1))
def test_an_answer_that_breaks_off_keeps_what_was_whole(length: int) -> None:
    assert list(frames.parse(GOOD[:length])) == list(frames.parse(GOOD))[: len(list(frames.parse(GOOD[:length])))]


@given(st.binary(max_size=200))
def test_anything_else_is_no_frame_and_no_error(answer: bytes) -> None:
    assert all(isinstance(frame, frames.Frame) for frame in frames.parse(b"ready\n" + answer))


def status(verdict: str, exit_code: int, *, time_ms: int = 10, err: bytes = b"") -> Status:
    return frames.outcome(frames.Frame(verdict, exit_code, time_ms, 1, b"", err), Limits(cpu_s=1.5)).status


def test_statuses() -> None:
    assert status("ended", 0) is Status.OK
    assert status("ended", 1) is Status.RUNTIME_ERROR
    assert status("ended", -9) is Status.RUNTIME_ERROR
    assert status("ended", -9, time_ms=2100) is Status.TIME_LIMIT  # the kernel's hard limit
    assert status("ended", -24) is Status.TIME_LIMIT
    assert status("ended", -25) is Status.OUTPUT_LIMIT
    assert status("ended", 1, err=b"Traceback\nMemoryError\n") is Status.MEMORY_LIMIT
    assert status("ended", 0, err=b"MemoryError") is Status.OK
    assert status("time", -9) is Status.TIME_LIMIT
    assert status("output", 0) is Status.OUTPUT_LIMIT


def test_a_compiler_that_was_stopped_says_so() -> None:
    stopped = frames.compiled(frames.Frame("time", -9, 20_000, 1, b"b", b"a"), Limits())
    assert (stopped.status, stopped.stderr) == (Status.COMPILE_ERROR, "abThe compiler was stopped: time limit.\n")


def test_what_a_database_cannot_keep_is_replaced() -> None:
    found = frames.outcome(frames.Frame("ended", 0, 1, 1, b"a\0b\xed\xa0\x80", b"\0"), Limits())
    assert (found.stdout, found.stderr) == ("a\ufffdb\ufffd\ufffd\ufffd", "\ufffd")
    assert frames.compiled(frames.Frame("ended", 1, 1, 1, b"\0", b"c"), Limits()).stderr == "c\ufffd"
