"""The words of a resume for full-text search: the same for SQLite and PostgreSQL, in four languages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from providers.embeddings.hashed import HAN, HANGUL, WORD
from resumes.models import Resume, ResumeWords

PAIRED = re.compile(f"[{HAN}{HANGUL}]")
LONGEST = 64
MOST_WORDS = 20_000
MOST_ASKED = 10
POSITION = "@"  # before the words of positions, so that one index serves both filters


def words(text: str) -> Iterator[str]:
    """Words in lower case; Chinese and Korean as pairs of characters, which find a word within a word."""
    for match in WORD.finditer(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")):
        word = match.group()
        if PAIRED.match(word) and len(word) > 1:
            yield from (word[start : start + 2] for start in range(len(word) - 1))
        else:
            yield word[:LONGEST]


def asked(text: str, prefix: str = "") -> list[str]:
    """What a search for `text` looks up: the first ten words."""
    return [prefix + word for word in list(dict.fromkeys(words(text)))[:MOST_ASKED]]


def store(resume: Resume) -> None:
    """Make the resume's words what its name, positions and text say."""
    write([ResumeWords(resume=resume, words=of(resume))])


def write(rows: list[ResumeWords]) -> None:
    ResumeWords.objects.bulk_create(rows, update_conflicts=True, unique_fields=["resume"], update_fields=["words"])


def of(resume: Resume) -> str:
    held = dict.fromkeys(words(f"{resume.name}\n{resume.expected_position}\n{resume.text}"))
    titles = dict.fromkeys(POSITION + word for title in positions(resume) for word in words(title))
    return " ".join([*titles, *held][:MOST_WORDS])


def positions(resume: Resume) -> list[str]:
    """What somebody wants to be, calls themselves, and has been."""
    profile: dict[str, Any] = resume.profile
    held = [profile.get("basics", {}).get("label", ""), *(job.get("position", "") for job in profile.get("work", []))]
    return _unique([resume.expected_position, *held])


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))
