"""Jobs."""

from resumes.domain import schema
from resumes.domain.parser import entries, heads, hints, texts
from resumes.domain.parser.lines import Text

MOST_HIGHLIGHTS = 100


def read(lines: list[Text]) -> list[schema.Work]:
    """Jobs in the resume's order. `highlights` are its bullets, `summary` its running text."""
    jobs = (_job(entry) for entry in entries.divide(lines))
    return [job for job in jobs if job.name or job.position][:100]


def _job(entry: entries.Entry) -> schema.Work:
    labels, body = _labelled([*entry.head, *entry.body])
    if labels:
        title = next((line.text for line in entry.head if not hints.labelled(line.text)[0]), "")
        name, position = labels.get("company", ""), labels.get("position", "")
        name, place = name or (title if title != position else ""), ""
        body = [line for line in body if line.text != title]
    else:
        name, position, place = heads.assign(entry.fields)
        body = entry.body
    start, end = (entry.period.start, entry.period.end) if entry.period else ("", "")
    bullets = [line for line in body if hints.labelled_as(line.text, "duties") != ("duties", "")]
    highlights, summary = _told(bullets)
    return schema.Work(
        name=name[:300], position=position[:300], location=place[:300], start_date=start, end_date=end,
        summary=summary, highlights=highlights,
    )  # fmt: skip


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
