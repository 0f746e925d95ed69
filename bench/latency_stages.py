"""What the server and the candidates of `bench.latency` agree on: the stages' times, what is said, their places."""

import contextlib
import os
from pathlib import Path

RECOGNITION_MS, FIRST_TOKEN_MS, FIRST_AUDIO_MS = 300, 500, 50
FRAME_MS = 40

# What recognition makes of every answer: one word for each 400 ms of the recording, and a whole sentence.
ANSWER = "I profiled the query and added indexes."


def take_core(number: int) -> None:
    """This process stays on that core, and has it before other work on the machine where that is allowed (as root).

    Its threads share it as ever. Linux weighs sessions against each other first: it should be the only one of its own.
    """
    os.sched_setaffinity(0, {number})
    with contextlib.suppress(PermissionError, FileNotFoundError):
        os.setpriority(os.PRIO_PROCESS, 0, -20)
        Path("/proc/self/autogroup").write_text("-20")
