"""A runner on another machine may be broken, or none at all: whatever it answers, each case has an outcome, in time."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.sandbox.asking import Asker, RunnerFailed
from providers.sandbox.base import Case, Limits, Outcome, Program, Status
from providers.sandbox.piston import Piston, outcome, read, runtimes

NAMES = ("compile", "run", "runs", "stdout", "stderr", "code", "signal", "status", "memory", "cpu_time")
ROW = ("language", "version", "aliases", "cases")
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, 1e308, -(2**63)])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=9) | st.sampled_from(["0", "9", "SIGKILL", "TO", "bash"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from((*NAMES, *ROW)), inner, max_size=10)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=40,
)
RUNTIME = {"language": "bash", "version": "5.1.0", "aliases": ["sh"], "cases": True}
DONE = {"run": {"stdout": "hi\n", "stderr": "", "code": 0, "signal": None}}
PROGRAM = Program("bash", "echo hi")
Talk = Callable[[socket.socket], None]


def kept(one: Outcome, limits: Limits) -> bool:
    """Whether a database keeps it, and it is no larger than it may be."""
    numbers = (one.exit_code or 0, one.time_ms, one.memory_kb)
    texts = (one.stdout, one.stderr)
    return all(abs(number) < 2**31 for number in numbers) and all(
        len(text) <= max(limits.output_bytes, 200) and "\0" not in text and text.encode() for text in texts if text
    )


@given(VALUES, st.integers(1, 3))
def test_any_answer_has_an_outcome_for_each_case(answer: Any, count: int) -> None:
    limits = Limits(output_bytes=5)
    ran = read(answer, [Case()] * count, limits)
    assert len(ran.outcomes) == count or (ran.compiled is not None and ran.compiled.status is Status.COMPILE_ERROR)
    assert all(kept(one, limits) for one in ran.outcomes)


@given(VALUES)
def test_any_row_is_an_outcome(row: Any) -> None:
    assert kept(outcome(row, Limits()), Limits())


@given(VALUES)
def test_any_list_of_runtimes_is_read(answer: Any) -> None:
    for key, runtime in runtimes(answer).items():
        assert json.dumps([key, runtime.name, runtime.version]).isascii()


# --- over a real connection ---


@contextmanager
def listening(talk: Talk) -> Iterator[str]:
    """A server that reads each request and then does as `talk` does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, talk), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def _serve(listener: socket.socket, talk: Talk) -> None:
    with suppress(OSError):  # the test is over
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_talk, args=(connection, talk), daemon=True).start()


def _talk(connection: socket.socket, talk: Talk) -> None:
    with connection, suppress(OSError):
        connection.recv(65_536)
        talk(connection)


def says(body: bytes, head: str = "HTTP/1.1 200 OK") -> Talk:
    return lambda connection: connection.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def hangs(connection: socket.socket) -> None:
    connection.recv(1)  # until the other side has had enough


def trickles(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b" ")
        connection.settimeout(0.05)
        with suppress(TimeoutError):
            if not connection.recv(1):
                return


def pours(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b" " * 1_000_000)


def asked(talk: Talk, within_s: float = 10, most: int = 1_000) -> Any:
    with listening(talk) as url:
        return Asker(url).ask("POST", "/execute", {"stdin": "\ud800"}, within_s=within_s, most=most)


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (says(b"x" * 1_001), "answers with more than 1000 bytes"),
        (pours, "answers with more than 1000 bytes"),
        (says(gzip.compress(b"[]" * 1_000), "HTTP/1.1 200 OK\r\nContent-Encoding: gzip"), "packs its answers"),
        (says(b"", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/"), "answered 302"),
        (says(b"", "HTTP/1.1 302 Found\r\nLocation: http://[\xff"), r"answered 302|does not answer"),
        (says(b"", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, \x01"), "does not answer"),
        (says(b"{", "HTTP/1.1 200 \xff\r\nSet-Cookie: \xff=\xff; expires=never"), "does not answer"),
        (says(b"<html>"), "does not answer in JSON"),
        (says(b"[" * 999), "does not answer in JSON"),
        (says(b"9" * 999, "HTTP/1.1 500 Oh"), "answered 500"),
        (says(b"", "no HTTP"), r"does not answer \(RemoteProtocolError\)"),
        (lambda connection: None, r"does not answer \((RemoteProtocolError|ReadError)\)"),
    ],
)
def test_what_is_no_answer_is_told(talk: Talk, said: str) -> None:
    with pytest.raises(RunnerFailed, match=said):
        asked(talk)


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert asked(says(b'"a\xff"')) == "a\ufffd"


@pytest.mark.parametrize("talk", [hangs, trickles])
def test_nobody_waits_longer_than_they_said(talk: Talk) -> None:
    begun = time.monotonic()
    with pytest.raises(RunnerFailed, match="does not answer"):
        asked(talk, within_s=0.4)
    assert time.monotonic() - begun < 4


def test_a_connection_that_was_given_up_is_closed() -> None:
    gone = threading.Event()

    def waits(connection: socket.socket) -> None:
        hangs(connection)
        gone.set()

    with pytest.raises(RunnerFailed):
        asked(waits, within_s=0.2)
    assert gone.wait(10)


def test_a_job_whose_answer_has_no_end_was_not_run() -> None:
    talks = [pours, says(json.dumps(DONE).encode()), says(json.dumps([RUNTIME]).encode())]

    def in_turn(connection: socket.socket) -> None:
        talks.pop()(connection)

    with listening(in_turn) as url:
        runner = Piston(url)
        first, second = (runner.run(PROGRAM, [Case()], Limits()).outcomes[0] for _ in range(2))
    assert (first.status, first.stdout) == (Status.OK, "hi\n")
    assert (second.status, "answers with more than" in second.stderr) == (Status.UNAVAILABLE, True)
