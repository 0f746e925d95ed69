"""Recognises what a piece of text is by the words in it."""

import functools
import re

from resumes.domain.parser.words import load, pattern

LABEL = re.compile(r"^\s*([^:：]{1,30}?)\s*[:：]\s*(.*)$")
STATE = re.compile(r"^[A-Z][\w .'-]+,\s*[A-Z]{2}(?:\s+\d{5})?$")
SENTENCE = re.compile(r"[.。;；!?！？]$|니다\.?$")


def is_title(text: str) -> bool:
    """Whether it names a job, in any of the four languages."""
    return bool(pattern("hints", "title").search(text))


def is_company(text: str) -> bool:
    return bool(pattern("hints", "company").search(text))


def is_institution(text: str) -> bool:
    return bool(pattern("hints", "institution").search(text))


def degree(text: str) -> re.Match[str] | None:
    return pattern("hints", "degree").search(text)


def is_place(text: str) -> bool:
    """Whether it is a place and nothing else: `Mountain View, CA`, `Москва, Россия`, `서울`."""
    if STATE.match(text):
        return True
    parts = [part.strip(" .") for part in re.split(r"[,，/]", text) if part.strip(" .")]
    known = [bool(pattern("hints", "place").fullmatch(part)) or bool(re.fullmatch(r"[A-Z]{2}", part)) for part in parts]
    return bool(parts) and len(text) <= 60 and known[0] and sum(known) * 2 >= len(parts)


def place_in(text: str) -> str:
    """The first known place that `text` mentions."""
    match = pattern("hints", "place").search(text)
    return match.group() if match else ""


def labelled(text: str) -> tuple[str, str]:
    """`("period", "2019 – 2021")` for `기간: 2019 – 2021`; two empty strings for a line without a known label."""
    match = LABEL.match(text)
    if not match:
        return "", ""
    fields = _labels().get(match.group(1).strip(" -•*").casefold(), ())
    return (fields[0], match.group(2).strip()) if fields else ("", "")


def labelled_as(text: str, *wanted: str) -> tuple[str, str]:
    """As `labelled`, for a label that may announce one of several fields and is wanted as one of `wanted`."""
    match = LABEL.match(text)
    fields = _labels().get(match.group(1).strip(" -•*").casefold(), ()) if match else ()
    field = next((field for field in wanted if field in fields), "")
    return (field, match.group(2).strip()) if field and match else ("", "")


@functools.cache
def _labels() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field, words in load("labels").items():
        for word in words:
            found[word.casefold()] = (*found.get(word.casefold(), ()), field)
    return found
