"""What the interviewer knows of a submission when it asks about it. Frozen: what it asks is a function of it."""

from dataclasses import dataclass, field

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups.edges import Edge
from interviews.domain.interviewer.brief import Exchange
from interviews.domain.interviewer.offline import Step


@dataclass(frozen=True, slots=True)
class Failure:
    """A hidden test that did not pass: all that may be told of it. `status` is as in `judging.Tested`."""

    edge: Edge
    status: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`passed` of `total` tests, the hidden ones included. `accepts`: tests that were written accept what is right."""

    passed: int
    total: int
    compiled: bool = True
    accepts: bool = True
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """`language` is the interview's, `code_language` the program's. `verdict` is None while it is being judged, and
    where nothing could judge it. `exchanges` are the questions about this code so far with their answers.
    """

    interview_id: int
    language: str
    task_id: str
    kind: Kind = Kind.PROGRAM
    code_language: str = ""
    source: str = field(default="", repr=False)
    starter: str = field(default="", repr=False)
    title: str = ""
    statement: str = field(default="", repr=False)
    position: str = ""
    verdict: Verdict | None = None
    exchanges: tuple[Exchange, ...] = ()
    seconds_left: int | None = None
    turn_number: int = 0
    adaptive: bool = True

    @property
    def empty(self) -> bool:
        """Nothing was handed in."""
        return not self.source.strip()

    @property
    def step(self) -> Step:
        """As `Situation` has it: what comes next is not known before the code was read."""
        return Step()
