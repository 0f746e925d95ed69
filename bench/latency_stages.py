"""What the server and the candidates of `bench.latency` agree on: the stages' times, what is said, their places."""

import contextlib
import os

RECOGNITION_MS, FIRST_TOKEN_MS, FIRST_AUDIO_MS = 300, 500, 50
FRAME_MS = 40

# What recognition makes of every answer: one word for each 400 ms of the recording, and a whole sentence.
ANSWER = "I profiled the query and added indexes."


def take_core(number: int) -> None:
    """This process stays on that core, and has it before all other work where that is allowed (as root)."""
    os.sched_setaffinity(0, {number})
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
