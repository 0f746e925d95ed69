"""How long candidates wait for replies: the parts of one reply, and how they spread over many."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from interviews.models import Interview, ModelExchange, TurnTiming

# The newest so many replies are summed up: more would say the same, slower.
MOST = 10_000

MARKS = (
    "endpoint_ms",
    "recognised_ms",
    "first_token_ms",
    "first_audio_ms",
    "question_audio_ms",
    "playback_ms",
)
USAGE = ("tokens_in", "tokens_out", "cost")


@dataclass(frozen=True, slots=True)
class Parts:
    """Milliseconds of each part of the way from the last loud sample to the question; they add up to the whole.

    None: that stage was not marked, and its time is in the next part. A stage that was done before the one that it
    follows (recognised while the endpoint was awaited) took 0.
    """

    endpoint: int | None = None
    recognition: int | None = None
    model: int | None = None
    voice: int | None = None
    playback: int | None = None

    @property
    def total(self) -> int | None:
        known = [ms for ms in astuple(self) if ms is not None]
        return sum(known) if known else None

    def items(self) -> list[tuple[str, int | None]]:
        return [(part.name, getattr(self, part.name)) for part in fields(self)]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 95th percentile, in milliseconds; None where nothing was measured."""

    p50: int | None
    p95: int | None

    @classmethod
    def of(cls, values: Iterable[int | None]) -> "Spread":
        """By nearest rank: each figure is one that was measured."""
        known = sorted(value for value in values if value is not None)
        if not known:
            return cls(None, None)
        return cls(*(known[math.ceil(share * len(known)) - 1] for share in (0.5, 0.95)))


@dataclass(frozen=True, slots=True)
class Engines:
    """What replies have in common; empty where an interview had no such engine. `model` wrote the question."""

    language: str = ""
    speech: str = ""
    model: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Replies of the same engines and language; all of them where `engines` is None. `cost` is in US dollars."""

    engines: Engines | None
    replies: int
    parts: dict[str, Spread]
    total: Spread
    first_audio: Spread
    cost: Decimal | None


def parts(timing: TurnTiming) -> Parts:
    reached, found = 0, []
    marks = (
        timing.endpoint_ms,
        timing.recognised_ms,
        timing.first_token_ms,
        timing.question_audio_ms,
        timing.playback_ms,
    )
    for mark in marks:
        found.append(None if mark is None else max(0, mark - reached))
        reached = max(reached, mark or 0)
    return Parts(*found)


def save(timings: Sequence[TurnTiming]) -> None:
    """Store them, in place of what was stored of the same turns. Does nothing where the interview was deleted."""
    try:
        with transaction.atomic():
            TurnTiming.objects.bulk_create(
                timings,
                update_conflicts=True,
                unique_fields=["interview", "turn_number"],
                update_fields=[*MARKS, *USAGE],
            )
    except IntegrityError:
        if Interview.objects.filter(pk__in={timing.interview_id for timing in timings}).exists():
            raise


def by_turn(interview: Interview) -> dict[int, TurnTiming]:
    """One query."""
    return {timing.turn_number: timing for timing in interview.timings.all()}


def summaries(since: datetime) -> list[Summary]:
    """Of the replies since then: first all, then by language and engines. Typed answers are no waits. One query."""
    groups: dict[Engines, list[TurnTiming]] = {}
    timings = list(_since(since)[:MOST])
    for timing in timings:
        groups.setdefault(_engines(timing), []).append(timing)
    each = [_summary(engines, groups[engines]) for engines in sorted(groups, key=astuple)]
    return [_summary(None, timings), *each] if timings else []


def _since(since: datetime) -> QuerySet[TurnTiming]:
    exchanges = ModelExchange.objects.filter(
        interview_id=OuterRef("interview_id"), turn_number=OuterRef("turn_number"), outcome=ModelExchange.Outcome.USED
    )
    spoken = TurnTiming.objects.filter(created_at__gte=since, endpoint_ms__isnull=False)
    return spoken.annotate(
        language=F("interview__language"),
        speech=F("interview__speech_engine"),
        model=Coalesce(Subquery(exchanges.values("model")[:1]), Value("")),
        voice=F("interview__voice_engine"),
    ).order_by("-created_at")


def _engines(timing: TurnTiming) -> Engines:
    return Engines(*(getattr(timing, field.name) for field in fields(Engines)))


def _summary(engines: Engines | None, timings: list[TurnTiming]) -> Summary:
    found = [parts(timing) for timing in timings]
    costs = [timing.cost for timing in timings if timing.cost is not None]
    return Summary(
        engines,
        len(timings),
        {part.name: Spread.of(getattr(one, part.name) for one in found) for part in fields(Parts)},
        Spread.of(one.total for one in found),
        Spread.of(timing.first_audio_ms for timing in timings),
        sum(costs, Decimal(0)) if costs else None,
    )
