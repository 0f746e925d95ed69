"""How well resumes are read, against the exact truth of the project's own set.

    python -m bench.parsing [--unseen] [--draw 1] [--only ko] [--list] [--pictures]

Prints precision, recall and F1 by field, language and format beside the limit, the time a document takes, what a PDF
of two pages and the longest hostile text cost beside theirs, and with `--list` every wrong field. `--unseen` takes the
second set, which the parser was not made with; `--draw` with any number makes another set of the same words. Scans and
photographs take seconds each and are read only with `--pictures`. The rules of the judge are in
`tests/resumes/corpus/scoring.py`.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from providers.documents import runner
from providers.documents.base import Document, DocumentError, Kind, Limits, Line
from providers.documents.kinds import kind_of
from resumes.domain.parser.assembly import parse
from tests.resumes.corpus.catalogue import PICTURES, Resume, resumes
from tests.resumes.corpus.scoring import Score, Verdict, judge, summed

LIMIT = 0.90
MOST_MILLISECONDS = 300  # for a PDF of two pages, by a child that is warm
MOST_SECONDS = 2.0  # of processor time, for the longest text that is read at all
REPEATED = 9
HOSTILE = ("2019 - ", "+7 (9", "(a) ", "a/")
Reader = Callable[[bytes, Kind], Document]


@dataclass(frozen=True)
class Reading:
    """`seconds` is the time from bytes to profile, the document's own process included; `reason` is why it failed."""

    resume: Resume
    verdict: Verdict
    seconds: float
    reason: str = ""


def main() -> None:
    arguments = options()
    wanted = [
        resume
        for resume in resumes(unseen=arguments.unseen, language=arguments.only, draw=arguments.draw)
        if arguments.pictures or resume.format not in PICTURES
    ]
    readings = [read_one(resume) for resume in wanted if not told_missing(resume)]
    print(report(readings))
    print(speed())
    if arguments.list:
        print("\n".join(wrong_fields(readings)))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--unseen", action="store_true", help="the second set")
    parser.add_argument("--draw", type=int, default=0, help="another set of the same words")
    parser.add_argument("--only", default="", choices=("", "en", "zh", "ru", "ko"), help="one language")
    parser.add_argument("--list", action="store_true", help="every wrong field")
    parser.add_argument("--pictures", action="store_true", help="scans and photographs, too")
    return parser.parse_args()


def told_missing(resume: Resume) -> bool:
    if resume.missing:
        print(f"left out: {resume.name}: {resume.missing}")
    return bool(resume.missing)


def read_one(resume: Resume, reader: Reader = runner.read) -> Reading:
    data = resume.data()
    begun = time.perf_counter()
    profile, reason = read(data, reader)
    seconds = time.perf_counter() - begun
    return Reading(resume, judge(resume.name, resume.truth, profile), seconds, reason)


def read(data: bytes, reader: Reader = runner.read) -> tuple[dict[str, Any], str]:
    """The profile as the product reads it, or nothing and why."""
    kind = kind_of(data)
    if kind is None:
        return {}, "not a format that is read"
    try:
        return parse(reader(data, kind)).profile, ""
    except DocumentError as error:
        return {}, error.reason.value


def report(readings: list[Reading]) -> str:
    lines = [f"{'':<32}{'resumes':>8}{'right':>7}{'missed':>8}{'false':>7}{'precision':>11}{'recall':>8}{'F1':>7}"]
    lines += _grouped(readings, "language", lambda reading: reading.resume.language)
    lines += _grouped(readings, "format", lambda reading: f"{reading.resume.format} {reading.resume.layout}")
    fields: dict[str, Score] = defaultdict(Score)
    for reading in readings:
        for name, score in reading.verdict.fields.items():
            fields[name].add(score)
    lines += ["by field", *(_row(name, None, score) for name, score in fields.items())]
    total = summed(reading.verdict.total for reading in readings)
    lines += [
        "",
        _row("all", len(readings), total),
        f"limit: F1 {LIMIT:.2f}: {'reached' if total.f1 >= LIMIT else 'NOT reached'}",
    ]
    times = sorted(reading.seconds * 1000 for reading in readings) or [0.0]
    lines.append(
        f"ms a document, its own process included: median {statistics.median(times):.0f}, most {times[-1]:.0f}"
    )
    lines += [f"not read: {reading.resume.name}: {reading.reason}" for reading in readings if reading.reason]
    return "\n".join(lines)


def speed() -> str:
    """What a text PDF of two pages costs the warm child, and the worst of some hostile texts, beside their limits."""
    data = next(one for one in resumes(language="en") if (one.format, one.layout) == ("pdf", "long")).data()
    times = [_timed(time.perf_counter, lambda: read(data)) for _ in range(REPEATED + 1)][1:]
    worst = max(_timed(time.process_time, partial(parse, hostile(text))) for text in HOSTILE)
    return "\n".join(
        [
            f"a PDF of two pages, warm: median {statistics.median(times) * 1000:.0f} ms; limit: {MOST_MILLISECONDS} ms",
            f"{Limits().characters:,} hostile characters: {worst:.1f} s of processor; limit: {MOST_SECONDS:.1f} s",
        ]
    )


def hostile(pattern: str) -> Document:
    most = Limits().characters
    return Document(lines=[Line("Experience"), Line((pattern * most)[:most])])


def _timed(clock: Callable[[], float], work: Callable[[], object]) -> float:
    begun = clock()
    work()
    return clock() - begun


def _grouped(readings: list[Reading], title: str, key: Callable[[Reading], str]) -> list[str]:
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[key(reading)].append(reading)
    rows = [_row(name, len(some), summed(one.verdict.total for one in some)) for name, some in groups.items()]
    return [f"by {title}", *rows]


def _row(name: str, count: int | None, score: Score) -> str:
    counted = "" if count is None else str(count)
    return (
        f"  {name:<30}{counted:>8}{score.hits:>7}{score.misses:>8}{score.false_alarms:>7}"
        f"{score.precision:>11.3f}{score.recall:>8.3f}{score.f1:>7.3f}"
    )


def wrong_fields(readings: Iterable[Reading]) -> list[str]:
    """`resume, path, expected, got`, one a line."""
    wrong = [one for reading in readings for one in reading.verdict.wrong]
    return [f"{one.resume}, {one.path}, expected {one.expected!r}, got {one.got!r}" for one in wrong]


if __name__ == "__main__":
    main()
