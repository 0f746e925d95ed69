"""Recognises what a piece of text is by the words in it."""

import functools
import re

from resumes.domain.parser.places import is_place, place_in
from resumes.domain.parser.words import load, pattern

LABEL = re.compile(r"^\s*([^:：]{1,30}?)\s*[:：]\s*(.*)$")
SENTENCE = re.compile(r"[.。;；!?！？]$|니다\.?$")
ABBREVIATION = re.compile(
    r"(?:\b(?:inc|ltd|co|corp|llc|plc|bros|sr|jr|dr|st|u\.s|s\.a|l\.p|гг?|др|ул|стр|м|о)|\b[A-ZА-Я])\.$", re.IGNORECASE
)


def is_sentence(text: str) -> bool:
    """Whether it ends as sentences do, and not with `Inc.` or `2021 г.`."""
    return bool(SENTENCE.search(text)) and not ABBREVIATION.search(text)


def is_title(text: str) -> bool:
    """Whether it names a job, in any of the four languages."""
    return bool(pattern("hints", "title").search(text))


def is_company(text: str) -> bool:
    return bool(pattern("hints", "company").search(text))


def is_institution(text: str) -> bool:
    return bool(pattern("hints", "institution").search(text))


def degree(text: str) -> re.Match[str] | None:
    return pattern("hints", "degree").search(text)


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


__all__ = [
    "degree",
    "is_company",
    "is_institution",
    "is_place",
    "is_sentence",
    "is_title",
    "labelled",
    "labelled_as",
    "place_in",
]
