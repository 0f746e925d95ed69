"""Jobs."""

from dataclasses import dataclass

from resumes.domain import schema
from resumes.domain.parser import entries, heads, hints, texts
from resumes.domain.parser.lines import Text

MOST_HIGHLIGHTS = 100


def read(lines: list[Text]) -> list[schema.Work]:
    """Jobs in the resume's order. `highlights` are its bullets, `summary` its running text."""
    found = entries.divide(lines)
    told = [_told_by_labels(entry) for entry in found]
    assigned = iter(heads.assign([entry.fields for entry, labels in zip(found, told, strict=True) if not labels]))
    jobs = [labels or _Job(next(assigned), entry.body) for entry, labels in zip(found, told, strict=True)]
    read = [_job(entry, job) for entry, job in zip(found, jobs, strict=True)]
    return [job for job in read if job.name or job.position][:100]


@dataclass(frozen=True)
class _Job:
    head: heads.Head
    body: list[Text]


def _told_by_labels(entry: entries.Entry) -> _Job | None:
    """The head of a job whose fields are announced: `Company: Acme`. A line above them without a label is its title."""
    labels, body = _labelled([*entry.head, *entry.body])
    if not labels:
        return None
    title = next((line.text for line in entry.head if not hints.labelled(line.text)[0]), "")
    name, position = labels.get("company", ""), labels.get("position", "")
    if title and not (name and position):
        body = [line for line in body if line.text != title]
        name, position = (name, position or title) if name else (title, position)
    return _Job(heads.Head(name, position), body)


def _job(entry: entries.Entry, told: _Job) -> schema.Work:
    start, end = (entry.period.start, entry.period.end) if entry.period else ("", "")
    bullets = [line for line in told.body if hints.labelled_as(line.text, "duties") != ("duties", "")]
    highlights, summary = _told(bullets)
    return schema.Work(
        name=told.head.company[:300],
        position=told.head.position[:300],
        location=told.head.place[:300],
        start_date=start,
        end_date=end,
        summary=summary,
        highlights=highlights,
    )


def _labelled(lines: list[Text]) -> tuple[dict[str, str], list[Text]]:
    """Fields announced by labels, and the lines that are none."""
    found: dict[str, str] = {}
    rest: list[Text] = []
    for line in lines:
        field, value = hints.labelled_as(line.text, "company", "position", "period")
        if field and value:
            found.setdefault(field, value)
        else:
            rest.append(line)
    return (found, rest) if found else ({}, lines)


def _told(lines: list[Text]) -> tuple[list[str], str]:
    told = [text[:10_000] for text in texts.paragraphs(lines) if text]
    if any(line.bullet for line in lines) or len(told) > 1:
        return told[:MOST_HIGHLIGHTS], ""
    return [], " ".join(told)
