"""Waits for people: the figures of `domain.timings` in seconds, with the names of their parts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from config.admin import NOTHING
from interviews.domain import timings
from interviews.domain.timings import Engines, Spread, Summary
from interviews.models import Interview, TurnTiming

#: Every part with what it is called, in the order in which they follow each other.
NAMES: dict[str, Promise] = {
    "endpoint": gettext_lazy("Waiting for the end"),
    "recognition": gettext_lazy("Recognition"),
    "model": gettext_lazy("Next question"),
    "voice": gettext_lazy("Voice"),
    "playback": gettext_lazy("Network and playback"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a stacked bar: its name, and where it lies from left to right, in milliseconds."""

    name: str
    start: int
    ms: int


@dataclass(frozen=True, slots=True)
class Wait:
    """One reply's wait. `parts` are (key, name, seconds) of those that were measured; they add up to `total`."""

    parts: list[tuple[str, Promise, str]]
    bars: list[Bar]
    total_ms: int | None
    total: str
    first_audio: str
    tokens_in: int | None
    tokens_out: int | None
    cost: str


@dataclass(frozen=True, slots=True)
class Row:
    """Replies of a kind. `cells` are (median, 95th percentile) in seconds: of each part, of all, of first audio."""

    language: str
    engines: str
    replies: int
    cells: list[tuple[str, str]]
    bars: list[Bar]
    cost: str


def wait(timing: TurnTiming) -> Wait:
    found = timings.parts(timing)
    return Wait(
        [(key, NAMES[key], seconds(ms)) for key, ms in found.items() if ms is not None],
        bars(found.items()),
        found.total,
        seconds(found.total),
        seconds(timing.first_audio_ms),
        timing.tokens_in,
        timing.tokens_out,
        dollars(timing.cost),
    )


def row(summary: Summary) -> Row:
    spreads = [*(summary.parts[key] for key in NAMES), summary.total, summary.first_audio]
    engines = summary.engines
    return Row(
        str(dict(settings.LANGUAGES).get(engines.language, engines.language)) if engines else "",
        _engines(engines) if engines else "",
        summary.replies,
        [_cell(spread) for spread in spreads],
        bars([(key, summary.parts[key].p50) for key in NAMES]),
        dollars(summary.cost),
    )


def bars(figures: list[tuple[str, int | None]]) -> list[Bar]:
    """The parts side by side; those that took no time have no bar."""
    found, start = [], 0
    for name, ms in figures:
        if ms:
            found.append(Bar(name, start, ms))
            start += ms
    return found


def longest(rows: list[Row]) -> int:
    """Milliseconds that the widest of the rows' bars stand for."""
    return max((one.start + one.ms for row in rows for one in row.bars), default=1)


def seconds(ms: int | None) -> str:
    return NOTHING if ms is None else number_format(ms / 1000, 2)


def dollars(cost: Decimal | None) -> str:
    return "" if cost is None else f"${number_format(cost, 4)}"


def _cell(spread: Spread) -> tuple[str, str]:
    return seconds(spread.p50), seconds(spread.p95)


def _engines(engines: Engines) -> str:
    return " · ".join(name for name in (engines.speech, engines.model, engines.voice) if name) or NOTHING


def beside(rows: list[dict[str, Any]], interview: Interview) -> list[dict[str, Any]]:
    """The transcript's turns, each with its `wait` where one was measured. One query."""
    measured = timings.by_turn(interview)
    return [{**row, "wait": wait(measured[row["number"]]) if row["number"] in measured else None} for row in rows]
