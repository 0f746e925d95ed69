"""What an interviewer knows at the moment it decides. Frozen: what comes next is a function of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from interviews.domain.plan import PlannedQuestion, question_of

LAST_MESSAGES = 12  # of the conversation, word for word; what was said before is known by its points


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of the introduction (`number` 0) or of question `number`; the words of both are data.

    `key` is that of the planned question, with what it asked about where it followed up.
    """

    number: int
    key: str
    prompt: str
    answer: str
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """`role` is interviewer or candidate."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One interview up to the answer that was just given, which is in the last exchange.

    `seconds_left` of the whole interview, None where nobody counts. `resume` and `vacancy` are digests in words.
    `seed` tells interviews apart: it varies wordings, nothing else.
    """

    language: str
    plan: tuple[PlannedQuestion, ...]
    exchanges: tuple[Exchange, ...] = ()
    seconds_left: int | None = None
    resume: str = field(default="", repr=False)
    vacancy: str = field(default="", repr=False)
    position: str = ""
    seed: int = 0

    @property
    def number(self) -> int:
        """Of the question just answered; 0 after the introduction."""
        return self.exchanges[-1].number if self.exchanges else 0

    @property
    def asked(self) -> tuple[str, ...]:
        """Keys of the questions that were put, in order, without follow-ups."""
        return tuple(one.key for one in self.exchanges if one.number and not one.follow_up)

    @property
    def follow_ups(self) -> int:
        return sum(one.follow_up for one in self.exchanges)

    @property
    def current(self) -> PlannedQuestion | None:
        """The question just answered; None after the introduction, or where the plan knows it no more."""
        return self.question(self.exchanges[-1].key) if self.number else None

    def question(self, key: str) -> PlannedQuestion | None:
        wanted = question_of(key)
        return next((one for one in self.every_question() if one.key == wanted), None)

    def every_question(self) -> Iterator[PlannedQuestion]:
        for planned in self.plan:
            yield planned
            yield from planned.alternatives

    def of_question(self, number: int) -> tuple[Exchange, ...]:
        return tuple(one for one in self.exchanges if one.number == number)

    def messages(self) -> tuple[Message, ...]:
        """The last of the conversation, the oldest first."""
        said = [
            Message(role, text)
            for one in self.exchanges
            for role, text in (("interviewer", one.prompt), ("candidate", one.answer))
            if text
        ]
        return tuple(said[-LAST_MESSAGES:])
