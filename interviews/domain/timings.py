"""How long candidates wait for replies: the parts of a turn's timing."""

from dataclasses import astuple, dataclass, fields

from django.db import IntegrityError

from interviews.models import Interview, TurnTiming

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


def save(timing: TurnTiming) -> None:
    """Store it, in place of what was stored of the same turn. Does nothing where the interview was deleted."""
    try:
        TurnTiming.objects.bulk_create(
            [timing],
            update_conflicts=True,
            unique_fields=["interview", "turn_number"],
            update_fields=[*MARKS, *USAGE],
        )
    except IntegrityError:
        if Interview.objects.filter(pk=timing.interview_id).exists():
            raise
