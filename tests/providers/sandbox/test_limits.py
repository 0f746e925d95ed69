"""Each limit, reached in its several ways, has its own status."""

import time

import pytest

from providers.sandbox.base import Case, Limits, Program, Status
from tests.providers.sandbox.conftest import LIMITS, Box

PATIENT = Limits(cpu_s=1, wall_s=1, memory_mb=128)


def test_processor_time(box: Box) -> None:
    outcome = box("print('begun', flush=True)\nwhile True: pass")
    assert (outcome.status, outcome.exit_code, outcome.stdout) == (Status.TIME_LIMIT, None, "begun\n")
    assert 1000 <= outcome.time_ms < 1500


def test_processor_time_of_several_processes_counts_together(box: Box) -> None:
    outcome = box("import os\nos.fork(); os.fork()\nwhile True: pass")
    assert outcome.status is Status.TIME_LIMIT
    assert 1000 <= outcome.time_ms < 2000


def test_no_signal_handler_buys_time(box: Box) -> None:
    source = """
import signal
for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass
while True: pass
"""
    assert box(source).status is Status.TIME_LIMIT


@pytest.mark.parametrize("source", ["import time; time.sleep(600)", "import os; os.kill(os.getpid(), 19)"])
def test_a_program_that_waits_for_ever(box: Box, source: str) -> None:
    outcome = box(source, limits=PATIENT)
    assert (outcome.status, outcome.exit_code) == (Status.TIME_LIMIT, None)


def test_who_waits_once_is_not_waited_for_in_every_case(box: Box) -> None:
    begun = time.monotonic()
    outcomes = box.outcomes("python", "import time; time.sleep(600)", *[Case()] * 3, limits=Limits(cpu_s=0.2, wall_s=5))
    assert [outcome.status for outcome in outcomes] == [Status.TIME_LIMIT] * 3
    assert 5 + 2 * 1.2 <= time.monotonic() - begun < 3 * 5


@pytest.mark.parametrize(
    "source",
    [
        "held = []\nwhile True: held.append(bytearray(1_000_000))",
        "bytearray(10**12)",
        "import os\nfor _ in range(3): os.fork()\nheld = bytearray(40_000_000)\nimport time; time.sleep(5)",
    ],
    ids=["little by little", "at once", "in eight processes"],
)
def test_memory(box: Box, source: str) -> None:
    assert box(source).status is Status.MEMORY_LIMIT


def test_memory_that_processes_share_counts_once(box: Box) -> None:
    source = "import os, time\nheld = bytearray(60_000_000)\nfor _ in range(3): os.fork()\ntime.sleep(0.3)"
    assert box(source).status is Status.OK


def test_memory_that_belongs_to_no_process_is_refused(box: Box) -> None:
    assert "Function not implemented" in box("import mmap; mmap.mmap(-1, 4096)").stderr
    assert "Function not implemented" in box("import os; os.memfd_create('x')").stderr


def test_sockets_hold_the_kernels_memory(box: Box) -> None:
    source = """
import os, socket, time
for _ in range(8): os.fork()
held = [socket.socketpair() for _ in range(100)]
time.sleep(5)
"""
    assert box(source, limits=Limits(cpu_s=5, memory_mb=1024, processes=300)).status is Status.MEMORY_LIMIT


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output(box: Box, stream: str) -> None:
    outcome = box(f"import sys\nwhile True: sys.{stream}.write('x' * 1000)")
    assert (outcome.status, outcome.exit_code) == (Status.OUTPUT_LIMIT, None)
    assert getattr(outcome, stream) == "x" * LIMITS.output_bytes


def test_output_of_exactly_the_limit(box: Box) -> None:
    assert box(f"print('x' * {LIMITS.output_bytes - 1})").status is Status.OK
    assert box(f"print('x' * {LIMITS.output_bytes})").status is Status.OUTPUT_LIMIT


def test_room_for_files(box: Box) -> None:
    source = "with open('big', 'wb') as file:\n    while True: file.write(bytes(1_000_000))"
    first, second = box.outcomes("python", source, Case(), Case())
    assert first.status is second.status is Status.RUNTIME_ERROR
    assert "No space left on device" in second.stderr


def test_what_a_program_is_given_takes_none_of_its_room(box: Box) -> None:
    program = Program("python", "open('mine', 'wb').write(bytes(900_000)); print('done')", {"big.txt": "x" * 3_000_000})
    ran = box.sandbox.run(program, [Case(), Case(files={"more.txt": "é" * 1_000_000})], Limits(files_mb=1))
    assert [outcome.stdout for outcome in ran.outcomes] == ["done\n"] * 2


def test_nothing_can_be_written_elsewhere(box: Box) -> None:
    source = """
import os
for folder in ("/", "/usr", "/usr/lib", "/dev", "/etc", "/proc", "/proc/sys/kernel"):
    try: open(folder + "/made", "w").close()
    except OSError: continue
    print(folder)
"""
    assert box(source).stdout == ""


def test_files_without_number(box: Box) -> None:
    outcome = box("number = 0\nwhile True:\n    open(str(number), 'w').close(); number += 1")
    assert outcome.status is Status.OUTPUT_LIMIT


def test_processes(box: Box) -> None:
    source = """
import os, time
made = 0
try:
    while made < 500:
        if os.fork() == 0: time.sleep(30)
        made += 1
except BlockingIOError:
    print(made)
"""
    outcome = box(source, limits=Limits(cpu_s=3, memory_mb=512, processes=20))
    assert outcome.status is Status.OK
    assert int(outcome.stdout) <= 20


def test_a_fork_bomb_leaves_the_next_case_alone(box: Box) -> None:
    bomb = (
        "import os, sys\nif input() == 'bomb':\n    while True:\n        try: os.fork()\n        except OSError: pass"
    )
    outcomes = box.outcomes("python", bomb, Case("bomb"), Case("no"))
    assert [outcome.status for outcome in outcomes] == [Status.TIME_LIMIT, Status.OK]
