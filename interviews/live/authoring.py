"""A reply that a language model writes: checked before it is heard, with the offline interviewer behind it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import asdict, dataclass, field

from interviews.coding.follow_ups.situation import CodeSituation
from interviews.domain import exchanges
from interviews.domain.interviewer.drafts import Choice, Draft, Unusable
from interviews.domain.interviewer.offline import OVER
from interviews.domain.interviewer.situation import Situation
from interviews.domain.interviewer.speaking import asks, joined, speakable
from interviews.live import metrics
from interviews.models import ModelExchange
from providers.base import ProviderError
from providers.llm.base import LanguageModel, Patience, Request, Resting, Usage

log = logging.getLogger(__name__)

LIMIT_S = 1.9  # to the first words, and from one piece to the next: then the offline interviewer speaks
PATIENCE = Patience(first_s=1.5, gap_s=1.5, whole_s=15.0)
AHEAD = "written ahead of the end of the answer"
Outcome = ModelExchange.Outcome


@dataclass(slots=True)
class Record:
    """One request as it goes. Until it ends otherwise it counts as dropped."""

    request: Request = field(repr=False)
    begun: float
    outcome: str = Outcome.DROPPED
    detail: str = ""
    answer: str = field(default="", repr=False)
    first_token_ms: int | None = None
    usage: Usage | None = None
    asked: bool = True

    def token(self, at: float) -> None:
        if self.first_token_ms is None:
            self.first_token_ms = round((at - self.begun) * 1000)


class Author:
    """Writes one reply; `late_s` of the time for its first words are over."""

    def __init__(
        self, model: LanguageModel, situation: Situation | CodeSituation, *, speculative: bool, late_s: float = 0.0
    ) -> None:
        self._model = model
        self._situation = situation
        self._time = asyncio.get_running_loop().time
        self._late_s = late_s
        request = situation.request()
        self._check = situation.check(request.data.partition("\n")[0])
        self._choice: Choice | None = None
        self._said = ""
        self.record = Record(request, self._time(), detail=AHEAD if speculative else "")

    async def parts(self) -> AsyncGenerator[Choice | str, None]:
        """One Choice, then words that make one text. Whatever the model does, the offline interviewer ends it well."""
        try:
            async with aclosing(self._written()) as written:
                while (part := await self._next(written)) is not None:
                    yield part
            self.record.outcome = Outcome.USED
        except (Unusable, ProviderError) as error:
            self._failed(error)
            for part in self._rest():
                yield part

    def exchange(self) -> ModelExchange:
        """The record as it is kept; not saved."""
        record, usage = self.record, self.record.usage
        tokens = (usage.tokens_in, usage.tokens_out) if usage else (None, None)
        return ModelExchange(
            interview_id=self._situation.interview_id,
            turn_number=self._situation.turn_number,
            purpose=self._situation.purpose,
            model=self._model.name[:100],
            request={"prompt_version": self._situation.version, **asdict(record.request)},
            # Databases take neither NUL nor half a character.
            answer=record.answer.replace("\0", "\ufffd").encode(errors="replace").decode(),
            outcome=record.outcome,
            detail=record.detail[:200],
            first_token_ms=record.first_token_ms,
            duration_ms=round((self._time() - record.begun) * 1000),
            tokens_in=tokens[0],
            tokens_out=tokens[1],
            cost=exchanges.cost(*tokens),
        )

    async def _next(self, written: AsyncGenerator[Choice | str, None]) -> Choice | str | None:
        try:
            async with asyncio.timeout(LIMIT_S - (self._late_s if self._choice is None else 0)):
                return await anext(written, None)
        except TimeoutError as error:
            raise ProviderError("The words did not come in time.", retryable=True) from error

    async def _written(self) -> AsyncGenerator[Choice | str, None]:
        """What the model writes, up to each pause once it is checked. Raises Unusable, ProviderError."""
        draft = self._situation.draft()
        async with aclosing(self._model.stream(self.record.request, PATIENCE)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    self.record.usage = piece
                    continue
                self.record.token(self._time())
                self.record.answer += piece
                draft.add(piece)
                for part in self._taken(draft, speakable(draft.words, len(self._said))):
                    yield part
        draft.finish()
        for part in self._taken(draft, len(draft.words), whole=True):
            yield part

    def _taken(self, draft: Draft, end: int, *, whole: bool = False) -> Iterator[Choice | str]:
        """Of the draft up to `end` what is new and may be said. Raises Unusable."""
        choice = draft.choice
        if choice is None or (end == len(self._said) and not whole):
            return
        words = draft.words[:end]
        if choice.kind != OVER and (problem := (self._check.whole if whole else self._check.problem)(words)):
            raise Unusable(problem)
        if self._choice is None:
            self._choice = choice
            yield choice
        new, self._said = words[len(self._said) :], words
        if new and choice.kind != OVER:
            yield new

    def _failed(self, error: Exception) -> None:
        """The reason is logged; what was asked or answered is not."""
        self.record.asked = not isinstance(error, Resting)
        self.record.outcome = Outcome.REFUSED if isinstance(error, Unusable) else Outcome.FAILED
        self.record.detail = str(error)
        metrics.fell_back(metrics.Stage.MODEL)
        if self.record.asked:
            metrics.failed(metrics.Stage.MODEL)
            log.warning(
                "interview %s: %s is not used (%s), the offline interviewer goes on",
                self._situation.interview_id,
                self._model.name,
                error,
            )

    def _rest(self) -> Iterator[Choice | str]:
        """What is left to say: all of it, or a whole question where the model's words broke off."""
        step, choice = self._situation.step, self._choice
        if choice is None:
            yield Choice(step.kind, step.key)
            if step.text:
                yield step.text
        elif choice.kind != OVER and not asks(self._said):
            yield joined(self._said, self._situation.instead(choice), self._situation.language)
