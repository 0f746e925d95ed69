"""What a program is given, and what comes of it."""

import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from providers.sandbox.base import CLOSED, Case, Limits, Outcome, Program, Status
from providers.sandbox.bubblewrap import Bubblewrap
from tests.providers.sandbox.conftest import Box


def test_input_output_and_exit_code(box: Box) -> None:
    outcome = box("import sys\nprint('got', input())\nprint('oh', file=sys.stderr)\nsys.exit(3)", "hello\n")
    assert (outcome.status, outcome.exit_code) == (Status.RUNTIME_ERROR, 3)
    assert (outcome.stdout, outcome.stderr) == ("got hello\n", "oh\n")


def test_ending_well(box: Box) -> None:
    outcome = box("print(6 * 7)")
    assert (outcome.status, outcome.exit_code, outcome.stdout, outcome.stderr) == (Status.OK, 0, "42\n", "")
    assert 0 < outcome.time_ms < 1000
    assert 1000 < outcome.memory_kb < 64 * 1024


def test_a_signal_is_a_negative_exit_code(box: Box) -> None:
    outcome = box("import os\nos.kill(os.getpid(), 11)")
    assert (outcome.status, outcome.exit_code) == (Status.RUNTIME_ERROR, -11)


def test_text_in_every_script(box: Box) -> None:
    assert box("print(input()[::-1])", "привет 안녕 你好 🙂\n").stdout == "🙂 好你 녕안 тевирп\n"


def test_bytes_that_are_no_text(box: Box) -> None:
    assert box("import sys; sys.stdout.buffer.write(b'a\\xffb')").stdout == "a\ufffdb"


def test_a_large_input(box: Box) -> None:
    assert box("import sys; print(len(sys.stdin.read()))", "é" * 4_000_000).stdout == "4000000\n"


def test_an_input_that_nobody_reads(box: Box) -> None:
    outcome = box("print('done')", "x" * 4_000_000)
    assert (outcome.status, outcome.stdout) == (Status.OK, "done\n")


def test_the_end_of_the_input(box: Box) -> None:
    outcome = box("input()")
    assert outcome.status is Status.RUNTIME_ERROR
    assert "EOFError" in outcome.stderr


def test_arguments_and_files(box: Box) -> None:
    program = Program(
        "python", "import sys, subject\nprint(subject.name, sys.argv[1:])", {"subject.py": "name = 'one'"}
    )
    two = Case(files={"subject.py": "name = 'two'"}, args=["a b", "c"])
    ran = box.sandbox.run(program, [Case(), two], Limits())
    assert [outcome.stdout for outcome in ran.outcomes] == ["one []\n", "two ['a b', 'c']\n"]
    assert ran.compiled is None


def test_threads_recursion_and_processes(box: Box) -> None:
    source = """
import sys, threading
from functools import lru_cache
from multiprocessing import Pool
sys.setrecursionlimit(100_000)

@lru_cache(None)
def deep(n):
    return n and deep(n - 1) + 1

def square(n):
    return n * n

if __name__ == "__main__":
    found = []
    threads = [threading.Thread(target=found.append, args=(n,)) for n in range(30)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    with Pool(2) as pool:
        print(sum(found), deep(20_000), pool.map(square, range(4)))
"""
    outcome = box(source)
    assert (outcome.status, outcome.stdout) == (Status.OK, "435 20000 [0, 1, 4, 9]\n"), outcome.stderr


def test_no_case_knows_of_the_one_before(box: Box) -> None:
    """Neither by files, however they are hidden, nor by a process that stays."""
    source = """
import os, pathlib, sys, time
left = sorted(str(path) for path in pathlib.Path("/tmp").rglob("*") if path.name != "main.py")
running = [pid for pid in os.listdir("/proc") if pid.isdecimal() and int(pid) not in (1, os.getpid())]
print(left, running)
pathlib.Path("/tmp/left").write_text("x")
pathlib.Path("main.py").write_text("print('I was here')")
os.makedirs("a/b"); os.mkfifo("a/pipe"); os.symlink("/", "a/link"); os.chmod("a/b", 0); os.chmod("a", 0)
for _ in range(60):
    os.mkdir("d" * 200); os.chdir("d" * 200)
if os.fork() == 0:
    while True: time.sleep(1)
"""
    first, second = box.outcomes("python", source, Case(), Case())
    assert first.status is second.status is Status.OK, second.stderr
    assert first.stdout == second.stdout == "['/tmp/work'] []\n"


def test_closing_every_stream_ends_nothing(box: Box) -> None:
    outcome = box("import os, time\nfor end in (0, 1, 2): os.close(end)\ntime.sleep(0.2)\nos._exit(7)")
    assert (outcome.status, outcome.exit_code) == (Status.RUNTIME_ERROR, 7)


def test_a_language_that_nobody_has(box: Box) -> None:
    ran = box.sandbox.run(Program("cobol", ""), [Case(), Case()], Limits())
    assert ran.compiled is None
    assert [outcome.status for outcome in ran.outcomes] == [Status.UNAVAILABLE] * 2
    assert ran.outcomes[0].stderr.startswith("There is no 'cobol' to be run here, but python, ")


@pytest.mark.parametrize("source", ["\0", "print('\ud800')", "\r\n\tpass"])
def test_sources_that_are_hardly_text(box: Box, source: str) -> None:
    assert box(source).status in (Status.RUNTIME_ERROR, Status.OK)


def test_no_cases(box: Box) -> None:
    ran = box.sandbox.run(Program("python", "print(1)"), [], Limits())
    assert (ran.compiled, ran.outcomes) == (None, ())


def test_outcomes_are_values() -> None:
    assert Outcome(Status.OK) == Outcome(Status.OK, None, "", "", 0, 0)
    assert Limits(cpu_s=2).patience_s == 18
    assert Limits(wall_s=3).patience_s == 3


def test_several_at_once_and_nothing_stays(box: Box) -> None:
    """Neither a process nor an open file of the server's."""
    box("pass")  # what is opened once stays open
    before = set(Path("/proc/self/fd").iterdir())
    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(box, [f"import time; time.sleep(0.3); print({number})" for number in range(12)]))
    assert [outcome.stdout for outcome in outcomes] == [f"{number}\n" for number in range(12)]
    assert set(Path("/proc/self/fd").iterdir()) <= before
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert not [pid for pid in children if "bwrap" in Path(f"/proc/{pid}/comm").read_text()]


def test_a_sandbox_dies_with_its_server(box: Box) -> None:
    source = f"""
from providers.sandbox import bubblewrap
from providers.sandbox.base import Case, Limits, Program
case = Case(args=["orphan-{os.getpid()}"])
bubblewrap.detect().run(Program("python", "import time; time.sleep(600)"), [case], Limits())
"""
    with subprocess.Popen([sys.executable, "-c", source]) as server:
        assert soon(lambda: running(f"orphan-{os.getpid()}"))
        server.kill()
    assert soon(lambda: not running(f"orphan-{os.getpid()}"))


def running(argument: str) -> bool:
    return subprocess.run(["pgrep", "-f", f"main.py {argument}"], stdout=subprocess.DEVNULL).returncode == 0


def soon(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return met


class Watched(Bubblewrap):
    """Tells which process has the sandbox."""

    opened: "queue.Queue[int]"

    def _opened(self, command: Sequence[str], stdin: int, filter_: int) -> "subprocess.Popen[bytes]":
        process = super()._opened(command, stdin, filter_)
        self.opened.put(process.pid)
        return process


def below(pid: int) -> list[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*children, *(deeper for child in children for deeper in below(child))]


def alive(pid: int) -> bool:
    """And no zombie, which has no command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def test_a_server_that_stops_waits_for_no_program(box: Box) -> None:
    """Python ends when its threads do."""
    assert isinstance(box.sandbox, Bubblewrap)
    here = Watched(box.sandbox._bwrap, proc=box.sandbox.proc)
    here.opened = queue.Queue()
    program, limits = Program("python", "import time\ntime.sleep(50)"), Limits(wall_s=60)
    with ThreadPoolExecutor(1) as threads:
        ran = threads.submit(here.run, program, [Case()] * 3, limits)
        pid = here.opened.get(timeout=20)
        while len(inside := below(pid)) < 2 and not ran.done():  # the runner and the program
            time.sleep(0.01)
        here.close()
        assert [one.status for one in ran.result(10).outcomes] == [Status.UNAVAILABLE] * 3
    until = time.monotonic() + 10
    while any(map(alive, inside)) and time.monotonic() < until:
        time.sleep(0.01)
    assert [one for one in inside if alive(one)] == []
    assert here.run(program, [Case()], limits).outcomes == (Outcome(Status.UNAVAILABLE, stderr=CLOSED),)
