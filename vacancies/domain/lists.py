"""The word lists about vacancies, read once from `data/*.yaml`, as patterns."""

import functools
import re
from pathlib import Path
from typing import Any

from providers.yaml_files import read_yaml

DATA = Path(__file__).parent / "data"
UNSPACED = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")


@functools.cache
def load(name: str) -> dict[str, Any]:
    value: dict[str, Any] = read_yaml(DATA / f"{name}.yaml")
    return value


@functools.cache
def pattern(name: str, part: str) -> re.Pattern[str]:
    """Any of a list's words: Latin and Cyrillic ones whole (or their beginning, with `*`), the others anywhere."""
    return re.compile("|".join(alternatives(load(name)[part])), re.IGNORECASE)


@functools.cache
def label(name: str, part: str) -> re.Pattern[str]:
    """Any of a list's words before a colon at a line's beginning; group 1 is the rest."""
    words = "|".join(alternatives(load(name)[part]))
    return re.compile(rf"^\W*(?:{words})\s*[:：]\s*(\S.*)$", re.IGNORECASE)


def alternatives(words: list[str]) -> list[str]:
    return [alternative(word) for word in sorted(map(str, words), key=len, reverse=True)]


def alternative(word: str) -> str:
    escaped = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace("ё", "[её]")
    if UNSPACED.search(word):
        return escaped
    return rf"(?<!\w){escaped}" + (r"\w*" if word.endswith("*") else r"(?!\w)")
