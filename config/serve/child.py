"""Run as a script, it becomes a command that dies with the server: `child.py SERVER_PID COMMAND…`.

A script of its own and no `preexec_fn`, because Python code between fork and exec can deadlock in a process with
threads. It imports nothing of the project: it should be gone in milliseconds.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
NICENESS = 10


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that started it ends. Linux only; elsewhere a no-op."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def main(server: int, command: list[str]) -> None:
    die_with_parent()
    if os.getppid() != server:  # it died before the call above
        sys.exit(1)
    os.nice(NICENESS)
    os.execvp(command[0], command)  # noqa: S606  # no shell is wanted


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
