"""The proctoring worker as a child process of the server: frames on standard input, answers on standard output.

Started as `python -m proctoring.worker PARENT_PID` by `proctoring.domain.child`. Loads no Django.
"""

import logging
import os
import sys
from typing import BinaryIO

from proctoring.domain import wire
from proctoring.domain.looking import HELLO, Answer, FrameWorker, encode_answer
from providers.children.beginning import NICENESS, die_with, own_stdout


def main(parent: int) -> None:
    die_with(parent)
    os.nice(NICENESS)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    answers = own_stdout()
    from providers.vision.mediapipe import MediaPipeFaceCounter

    serve(FrameWorker(MediaPipeFaceCounter()), sys.stdin.buffer, answers)


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
