"""One spelling for one thing: what brings `k8s` and `쿠버네티스` together, in queries and resumes alike."""

import functools
import hashlib
import re
from pathlib import Path
from typing import Any

from providers.yaml_files import read_yaml
from resumes.domain.parser import words as parser_words
from resumes.domain.parser.mentions import mentions

ROLES = Path(__file__).parent / "data" / "roles.yaml"
SPELLINGS = (ROLES, parser_words.DATA / "skills.yaml")
UNSPACED = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")


def fold(text: str, *, listed: bool = False) -> str:
    """`text` with skills written as their keys and words of positions in English.

    With `listed`, as in a query, an ambiguous word that is all of the text is the skill.
    """
    parts: list[str] = []
    position = 0
    for mention in mentions(text, listed=listed):
        parts += [text[position : mention.start], " ", mention.key, " "]
        position = mention.end
    return _roles("".join([*parts, text[position:]]))


@functools.cache
def version() -> str:
    """Changes with the lists of spellings: vectors made with earlier ones are then made anew."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in SPELLINGS))
    return digest.hexdigest()[:8]


def _roles(text: str) -> str:
    return _pattern().sub(_role, text)


def _role(match: re.Match[str]) -> str:
    assert match.lastgroup is not None  # noqa: S101  # every alternative is a group
    return f" {_names()[int(match.lastgroup[1:])]} "


@functools.cache
def _names() -> list[str]:
    return list(_loaded())


@functools.cache
def _loaded() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(ROLES)
    return loaded


@functools.cache
def _pattern() -> re.Pattern[str]:
    spellings = [(str(one), number) for number, role in enumerate(_loaded()) for one in _loaded()[role]]
    groups: dict[int, list[str]] = {}
    for spelling, number in sorted(spellings, key=lambda pair: -len(pair[0])):
        groups.setdefault(number, []).append(_alternative(spelling))
    # Roles with the longest spelling first: `product manager` must not be cut short by `product`.
    return re.compile("|".join(f"(?P<r{number}>{'|'.join(group)})" for number, group in groups.items()), re.IGNORECASE)


def _alternative(spelling: str) -> str:
    if UNSPACED.search(spelling):
        return re.escape(spelling)
    end = r"\w*" if spelling.endswith("*") else r"(?!\w)"
    return rf"(?<!\w){re.escape(spelling.rstrip('*'))}{end}"
