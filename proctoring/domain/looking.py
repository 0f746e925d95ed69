"""What the proctoring worker does with a frame, whichever way frames and answers travel. Needs no Django."""

import logging
from dataclasses import dataclass

import msgspec

from providers.base import BadInputError
from providers.vision.base import FaceCounter, FrameReport

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """`ticket` 0 says that the worker is up. Exactly one of `report` and `error` (a machine word) is set else."""

    ticket: int
    report: FrameReport | None = None
    error: str = ""


HELLO = 0

encode_answer = msgspec.msgpack.Encoder().encode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


class FrameWorker:
    def __init__(self, counter: FaceCounter) -> None:
        self.counter = counter

    def look(self, ticket: int, jpeg: bytes, *, thorough: bool) -> Answer:
        """Never raises: one bad frame must not end the worker that everybody's frames go to."""
        try:
            return Answer(ticket, self.counter.look(jpeg, thorough=thorough))
        except BadInputError as error:
            return Answer(ticket, error=error.code)
        except Exception:  # MediaPipe raises bare RuntimeErrors from its graph
            logger.exception("A frame could not be looked at")
            return Answer(ticket, error="failed")
