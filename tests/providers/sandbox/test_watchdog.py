"""Processes watched from outside."""

import subprocess
import sys

from providers.sandbox import watchdog

HOLDING = "held = bytearray(50_000_000)\nprint('held', flush=True)\nimport time; time.sleep(60)"


def started(source: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_what_ends_by_itself() -> None:
    with started("print('out')\nimport sys; sys.stderr.write('err')") as process:
        assert watchdog.communicate(process, 60, 1_000_000) == (b"out\n", b"err", False)


def test_what_takes_too_long() -> None:
    with started("import time; time.sleep(60)") as process:
        assert watchdog.communicate(process, 0.1, None) == (b"", b"", False)
    assert process.returncode == -9


def test_what_holds_too_much() -> None:
    with started(HOLDING) as process:
        assert watchdog.communicate(process, 60, 40_000)[2]
    assert process.returncode == -9


def test_children_count() -> None:
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {HOLDING!r}])"
    with started(parent) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert watchdog.held_kb(process.pid) > 50_000
        subprocess.run(["pkill", "-P", str(process.pid)], check=True)
        process.communicate()
    assert watchdog.held_kb(process.pid) == 0
