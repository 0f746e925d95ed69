"""An interview to watch, a worker by hand and the way of its frames."""

from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.domain import consents
from accounts.models import User
from interviews.models import Interview
from proctoring.domain.carrier import Carrier, OnAnswer, OnLost
from proctoring.domain.latest import Frame
from proctoring.domain.looking import HELLO, Answer
from providers.vision.base import Box, Face, FrameReport

FACES = Path("tests/fixtures/faces")


def picture(name: str) -> bytes:
    return (FACES / f"{name}.jpg").read_bytes()


def report(faces: int = 1, *, blank: bool = False) -> FrameReport:
    found = tuple(Face(Box(0.1 * number, 0.2, 0.05, 0.1), 0.9) for number in range(faces))
    return FrameReport(found, 640, 480, 120.0, blank, thorough=True)


class HandCarrier(Carrier):
    """The test is the worker: `sent` holds what came, `answer` and `lose` say what became of it."""

    name = "by hand"
    spare = 1

    def __init__(self, limit: int = 2, *, up: bool = True) -> None:
        super().__init__()
        self.limit = limit
        self.sent: list[tuple[int, Frame, bool]] = []
        self.accepts = True
        self.stuck_calls = 0
        self.on_answer: OnAnswer
        self.on_lost: OnLost
        if up:
            self.mark_up()

    async def run(self, on_answer: OnAnswer, on_lost: OnLost) -> None:
        self.connect(on_answer, on_lost)
        await self.up.wait()

    def connect(self, on_answer: OnAnswer, on_lost: OnLost) -> None:
        self.on_answer, self.on_lost = on_answer, on_lost

    def send(self, ticket: int, frame: Frame, *, thorough: bool) -> bool:
        if self.accepts:
            self.sent.append((ticket, frame, thorough))
        return self.accepts

    def stuck(self) -> None:
        self.stuck_calls += 1

    def hello(self) -> None:
        self.mark_up()
        self.on_answer(Answer(HELLO))

    def answer(self, seen: FrameReport | str) -> None:
        """Answer the newest frame with a report, or with the code of an error."""
        ticket = self.sent[-1][0]
        self.on_answer(Answer(ticket, error=seen) if isinstance(seen, str) else Answer(ticket, seen))


def make_interview(owner: User, language: str = "en") -> Interview:
    return Interview.objects.create(
        owner=owner, position_name="Backend developer", position_type="backend", language=language
    )


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner)


@pytest.fixture
def agree_to_recording() -> Callable[[User], None]:
    def agree(user: User) -> None:
        consents.record(user, "recording", granted=True)

    return agree
