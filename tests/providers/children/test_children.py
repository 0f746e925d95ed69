"""Jobs in a child: their answers, their limits, and what stays of it."""

import io
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.children import base
from providers.children.base import MEBIBYTE, Allowance, Cause, ChildError, Refusal
from providers.children.runner import Child, environment

JOBS = "tests.providers.children.jobs"


@pytest.fixture
def child() -> Iterator[Child]:
    with Child() as one:
        yield one


def cause_of(child: Child, job: str, allowance: Allowance | None = None) -> Cause:
    with pytest.raises(ChildError) as failed:
        child.run(f"{JOBS}:{job}", b"the words of a person", allowance)
    assert "words" not in str(failed.value)
    return failed.value.cause


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.01)


def test_a_job_gets_its_data_and_options(child: Child) -> None:
    assert child.run(f"{JOBS}:echo", b"ab", times=3) == b"ababab"
    assert child.run(f"{JOBS}:echo", b"") == b""


def test_a_large_file_passes_in_both_directions(child: Child) -> None:
    data = bytes(range(256)) * 80_000
    assert child.run(f"{JOBS}:echo", io.BytesIO(data)) == data


def test_a_file_is_sent_from_where_it_stands(child: Child) -> None:
    file = io.BytesIO(b"head, rest")
    file.seek(6)
    assert child.run(f"{JOBS}:echo", file) == b"rest"


def test_one_process_does_job_after_job_until_it_has_done_enough() -> None:
    with Child(jobs=2) as child:
        pids = [child.run(f"{JOBS}:pid", b"") for _ in range(5)]
    assert pids[0] == pids[1]
    assert pids[2] == pids[3]
    assert len(set(pids)) == 3


def test_a_refusal_comes_back_as_one_and_costs_no_process(child: Child) -> None:
    before = child.run(f"{JOBS}:pid", b"")
    with pytest.raises(Refusal, match="not_mine"):
        child.run(f"{JOBS}:refuse", b"")
    assert child.run(f"{JOBS}:pid", b"") == before


@pytest.mark.parametrize(
    ("job", "allowance", "cause"),
    [
        ("sleep", Allowance(seconds=0.5), Cause.TOO_SLOW),
        ("grow", Allowance(memory=64 * MEBIBYTE), Cause.TOO_HEAVY),
        ("crash", None, Cause.TOO_HEAVY),
        ("stumble", None, Cause.BROKEN),
        ("there_is_none", None, Cause.BROKEN),
    ],
)
def test_a_job_that_fails_is_told_apart_and_the_next_one_is_done(
    child: Child, job: str, allowance: Allowance | None, cause: Cause
) -> None:
    first = child.run(f"{JOBS}:pid", b"")
    assert cause_of(child, job, allowance) == cause
    assert not alive(int(first))
    assert child.run(f"{JOBS}:echo", b"next") == b"next"


def test_a_process_that_was_killed_between_jobs_is_replaced(child: Child) -> None:
    pid = int(child.run(f"{JOBS}:pid", b""))
    subprocess.run(["kill", "-9", str(pid)], check=True)
    wait_until(lambda: not alive(pid))
    assert child.run(f"{JOBS}:echo", b"next") == b"next"


def test_a_process_whose_thread_has_just_ended_is_replaced(child: Child) -> None:
    """The kernel kills it at a moment of its own; the next job must not be in it by then."""
    for number in range(20):
        starter = threading.Thread(target=child.run, args=(f"{JOBS}:pid", b""))
        starter.start()
        starter.join()
        assert child.run(f"{JOBS}:echo", str(number).encode()) == str(number).encode()
        child.close()


@pytest.mark.skipif(sys.platform != "linux", reason="parent-death signals are Linux's")
def test_a_job_whose_process_died_with_another_thread_is_done_again(child: Child, tmp_path: Path) -> None:
    end = threading.Event()
    starter = threading.Thread(target=lambda: (child.run(f"{JOBS}:pid", b""), end.wait()))
    starter.start()
    wait_until(lambda: child.pid is not None)
    with ThreadPoolExecutor(1) as pool:
        file = io.BytesIO(b"head, rest")
        file.seek(6)
        job = pool.submit(child.run, f"{JOBS}:wait", file, folder=str(tmp_path))
        wait_until(lambda: len(list(tmp_path.iterdir())) == 1)
        end.set()
        starter.join()
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        (tmp_path / "go").touch()
        assert job.result() == b"rest"


def test_what_a_library_prints_is_no_answer(child: Child) -> None:
    assert child.run(f"{JOBS}:chatter", b"") == b"quiet"


def test_a_child_knows_no_secret(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the server")
    known = child.run(f"{JOBS}:variables", b"").decode().split()
    assert not {"SECRET_KEY", "DATABASE_URL", "OPENAI_API_KEY"} & set(known)
    assert {"PATH", "PYTHONPATH"} <= set(known)


def test_a_closed_child_is_gone() -> None:
    with Child() as child:
        pid = int(child.run(f"{JOBS}:pid", b""))
    assert not alive(pid)
    assert child.pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="parent-death signals are Linux's")
def test_a_busy_child_dies_with_its_killed_parent() -> None:
    script = (
        "from providers.children.runner import Child; child = Child();"
        f"print(int(child.run('{JOBS}:pid', b'')), flush=True); child.run('{JOBS}:sleep', b'')"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment())
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not alive(pid))


@given(st.dictionaries(st.text(), st.text() | st.integers()), st.binary())
def test_a_message_comes_out_as_it_went_in(fields: dict[str, str | int], data: bytes) -> None:
    pipe = io.BytesIO()
    base.write(pipe, fields, base.pieces_of(io.BytesIO(data), len(data)), len(data))
    written = pipe.getvalue()
    assert base.read(io.BytesIO(written)) == (fields, data)
    assert base.read(io.BytesIO(written[:-1])) is None
    assert base.read(io.BytesIO()) is None


def test_a_file_that_becomes_shorter_is_noticed() -> None:
    with pytest.raises(EOFError):
        list(base.pieces_of(io.BytesIO(b"ab"), 3))
