"""How long somebody has worked."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

MOST_YEARS = 70


def today(now: datetime | None = None) -> date:
    """The date in UTC: what is kept of a resume must not hang on the time zone of whoever had it made."""
    return (now or timezone.now()).astimezone(UTC).date()


def total_years(profile: dict[str, Any], on: date | None = None) -> float | None:
    """Years in all jobs, overlapping ones counted once, to one decimal place; None where no job has a date.

    A start counts from its month's first day and an end to its month's last. A bare year is taken as its middle, so
    that 2016 to 2018 are two years; a job within one bare year is that year.
    """
    spans = merged(spans_of(profile.get("work", []), on or today()))
    months = sum(end - start for start, end in spans)
    return round(min(months / 12, MOST_YEARS), 1) if months else None


def spans_of(work: Iterable[dict[str, Any]], today: date) -> Iterator[tuple[int, int]]:
    """(first month, month after the last) of each dated job, in months since year 0."""
    now = today.year * 12 + today.month
    for job in work:
        if start := job.get("startDate"):
            end = job.get("endDate")
            first, after = _month(start, 7), _month(end, 6) + 1 if end else now
            if end and after <= first:
                first, after = _month(start, 1), _month(end, 12) + 1
            if first < min(after, now):
                yield first, min(after, now)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlaps, in order."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _month(partial: str, missing: int) -> int:
    year, _, rest = partial.partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest else missing) - 1
