"""When the parts of each reply were reached: marked while it happens, stored beside the conversation."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from interviews.domain import timings
from interviews.live import metrics
from interviews.live.faults import log_fault
from interviews.live.store import Store
from interviews.models import TurnTiming

log = logging.getLogger(__name__)

CLOSE_PATIENCE_S = 1.0
N = TypeVar("N", int, Decimal)


class Mark(StrEnum):
    """What can be reached between an answer and the reply to it."""

    SPEECH_END = "speech_end"  # the last loud sample; what was marked before it belongs to an earlier pause
    ENDPOINT = "endpoint"  # the answer is taken as finished
    RECOGNISED = "recognised"  # the words that cover all of the answer are known
    FIRST_TOKEN = "first_token"  # noqa: S105  # the first piece of the question, whoever writes it
    FIRST_AUDIO = "first_audio"  # the first audio is sent, be it an acknowledgement's
    QUESTION_AUDIO = "question_audio"  # the first audio of what the candidate answers next
    PLAYBACK = "playback"  # the client began to play that


SPOKEN = frozenset({Mark.FIRST_AUDIO, Mark.QUESTION_AUDIO, Mark.PLAYBACK})


@dataclass(slots=True)
class TurnTimes:
    """One turn's marks, in the loop's seconds. `number` is 0 while the turn goes on."""

    number: int = 0
    at: dict[Mark, float] = field(default_factory=dict)
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: Decimal | None = None

    def ms(self, mark: Mark) -> int | None:
        """From the last loud sample, or from when the answer was finished where it was not spoken."""
        since = self.at.get(Mark.SPEECH_END)
        if since is None and mark in {Mark.ENDPOINT, Mark.RECOGNISED}:
            return None
        begun = self.at.get(Mark.ENDPOINT) if since is None else since
        if begun is None or mark not in self.at:
            return None
        return max(0, round((self.at[mark] - begun) * 1000))


class TurnMarks:
    """The marks of one session. Cheap, never waits, never raises; `time` gives seconds as the event loop does.

    What is marked while the candidate speaks is kept apart until the session says by `turn` that the answer is saved:
    a speculation that was dropped leaves nothing, because the next SPEECH_END comes after it. Of what is marked later
    the first time counts. `finished(times, again)` is told of a turn when its question is played, else when the next
    one is saved or the session closes; with `again` when its usage became known after that.
    """

    def __init__(self, time: Callable[[], float], finished: Callable[[TurnTimes, bool], None]) -> None:
        self._time = time
        self._finished = finished
        self._answer = TurnTimes()
        self._reply: TurnTimes | None = None
        self._told = False

    def mark(self, name: Mark, at: float | None = None) -> None:
        """`name` was reached now, or `at`; before that nothing else has to be marked."""
        moment = self._time() if at is None else at
        if name is Mark.SPEECH_END:
            self._spoke(moment)
        elif name in SPOKEN or (name is Mark.FIRST_TOKEN and self._awaits_token):
            self._replied(name, moment)
        else:
            self._answer.at[name] = moment
            if name is Mark.ENDPOINT:
                self._answer.at.pop(Mark.FIRST_AUDIO, None)  # of words between, where it is the answer's second one

    def usage(self, tokens_in: int | None, tokens_out: int | None, cost: Decimal | None = None) -> None:
        """A model was asked: adds to what the reply cost. None: not known."""
        times = self._answer if self._reply is None or self._answer.at else self._reply
        times.tokens_in = _sum(times.tokens_in, tokens_in)
        times.tokens_out = _sum(times.tokens_out, tokens_out)
        times.cost = _sum(times.cost, cost)
        if times is self._reply and self._told:
            self._finished(times, True)

    def turn(self, number: int) -> None:
        """The answer is saved as this turn: what follows is the reply to it."""
        self.close()
        self._reply, self._answer, self._told = self._answer, TurnTimes(), False
        self._reply.number = number
        self._reply.at.setdefault(Mark.ENDPOINT, self._time())

    def close(self) -> None:
        """Nothing more will be marked for the turn that was saved last."""
        if self._reply is not None and not self._told:
            self._tell(self._reply)
        self._reply = None

    def _spoke(self, moment: float) -> None:
        reply = self._reply
        if reply is not None and Mark.SPEECH_END not in reply.at and moment <= reply.at[Mark.ENDPOINT]:
            reply.at[Mark.SPEECH_END] = moment
            return
        kept = {name: at for name, at in self._answer.at.items() if at >= moment}
        self._answer.at = {**kept, Mark.SPEECH_END: moment}

    @property
    def _awaits_token(self) -> bool:
        """Whether a piece that comes now belongs to the answer that was saved, not to one that is being given."""
        return self._reply is not None and Mark.FIRST_TOKEN not in self._reply.at and not self._answer.at

    def _replied(self, name: Mark, moment: float) -> None:
        # An acknowledgement does not wait until the answer is saved.
        early = name is Mark.FIRST_AUDIO and Mark.ENDPOINT in self._answer.at
        reply = self._answer if early else self._reply
        if reply is None or (name is Mark.PLAYBACK and Mark.QUESTION_AUDIO not in reply.at):
            return  # of the greeting, or of an acknowledgement
        if name is Mark.QUESTION_AUDIO:
            reply.at.setdefault(Mark.FIRST_AUDIO, moment)
        reply.at.setdefault(name, moment)
        if name is Mark.PLAYBACK and not self._told:
            self._tell(reply)

    def _tell(self, times: TurnTimes) -> None:
        self._told = True
        self._finished(times, False)


class Timings:
    """A session's finished turns until they are stored: with the next step or checkpoint, so none waits twice."""

    def __init__(self, store: Store, interview_id: int, language: str) -> None:
        self._store = store
        self._interview_id = interview_id
        self._language = language
        self._waiting: dict[int, TurnTiming] = {}

    def add(self, times: TurnTimes, again: bool) -> None:
        """As `TurnMarks` tells of them."""
        timing = self._waiting[times.number] = as_timing(self._interview_id, times)
        if not again:
            metrics.reply(timings.parts(timing), timing.first_audio_ms, self._language)

    @property
    def waiting(self) -> tuple[TurnTiming, ...]:
        """For somebody who stores them, and then says so."""
        return tuple(self._waiting.values())

    def stored(self, rows: tuple[TurnTiming, ...]) -> None:
        """They need not wait any more; what was added of the same turns meanwhile does."""
        for timing in rows:
            if self._waiting.get(timing.turn_number) is timing:
                del self._waiting[timing.turn_number]

    async def close(self) -> None:
        """Store what still waits. A fault is logged: the interview does without these rows."""
        waiting = self.waiting
        if not waiting:
            return
        try:
            async with asyncio.timeout(CLOSE_PATIENCE_S):
                await self._store.run(timings.save, waiting)
        except Exception as error:  # noqa: BLE001  # nothing of a session may be left behind for this
            log_fault(log, self._interview_id, error)
        self.stored(waiting)


def as_timing(interview_id: int, times: TurnTimes) -> TurnTiming:
    """As it is stored."""
    reached = {f"{mark}_ms": times.ms(mark) for mark in Mark if mark is not Mark.SPEECH_END}
    return TurnTiming(
        interview_id=interview_id,
        turn_number=times.number,
        tokens_in=times.tokens_in,
        tokens_out=times.tokens_out,
        cost=times.cost,
        **reached,
    )


def _sum(one: N | None, other: N | None) -> N | None:
    return other if one is None else one if other is None else one + other
