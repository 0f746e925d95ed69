"""The word lists of the parser, read once from `data/*.yaml`."""

import functools
import re
from pathlib import Path
from typing import Any

from providers.yaml_files import read_yaml

DATA = Path(__file__).parent / "data"
CJK = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")  # Han and Hangul


@functools.cache
def load(name: str) -> dict[str, Any]:
    value: dict[str, Any] = read_yaml(DATA / f"{name}.yaml")
    return value


@functools.cache
def pattern(name: str, part: str) -> re.Pattern[str]:
    """Matches any of a list's words: Latin and Cyrillic ones at their beginning and end, others anywhere.

    A word that ends in `*` matches as a beginning: Russian words change their endings.
    """
    return re.compile("|".join(map(_alternative, sorted(load(name)[part], key=len, reverse=True))), re.IGNORECASE)


def _alternative(word: str) -> str:
    escaped = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+")
    if re.match(r"[\u3000-\u9fff\uac00-\ud7ff]", word):
        return escaped
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return rf"(?<!\w){escaped}{end}"


@functools.cache
def anchored(name: str, part: str, *, end: bool = False) -> re.Pattern[str]:
    """As `pattern`, at the beginning of a text only, or with `end` at its end only."""
    words = pattern(name, part).pattern
    return re.compile(rf"\s*(?:{words})\s*$" if end else rf"^\s*(?:{words})\s*", re.IGNORECASE)
