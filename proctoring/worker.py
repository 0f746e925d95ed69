"""The proctoring worker as a child process of the server: frames on standard input, answers on standard output.

Started as `python -m proctoring.worker PARENT_PID` by `proctoring.domain.child`. Loads no Django.
"""

import ctypes
import logging
import os
import signal
import sys
from typing import BinaryIO

from proctoring.domain import wire
from proctoring.domain.looking import HELLO, Answer, FrameWorker, encode_answer

PR_SET_PDEATHSIG = 1
NICENESS = 10


def main(parent: int) -> None:
    die_with(parent)
    os.nice(NICENESS)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    answers = own_stdout()
    from providers.vision.mediapipe import MediaPipeFaceCounter

    serve(FrameWorker(MediaPipeFaceCounter()), sys.stdin.buffer, answers)


def die_with(parent: int) -> None:
    """End by SIGKILL when the parent does, however it ends (Linux). It may have ended before we asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The server ended before its proctoring worker began.")


def own_stdout() -> BinaryIO:
    """Keep standard output for answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def serve(worker: FrameWorker, frames: BinaryIO, answers: BinaryIO) -> None:
    """Answer frames one after the other until the stream of frames ends."""
    send(answers, Answer(HELLO))
    while (body := wire.read(frames)) is not None:
        ticket, thorough, jpeg = wire.unpack_frame(body)
        send(answers, worker.look(ticket, jpeg, thorough=thorough))


def send(answers: BinaryIO, answer: Answer) -> None:
    answers.write(wire.pack(encode_answer(answer)))
    answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
