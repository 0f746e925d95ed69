"""A third set: twelve resumes as people of several trades write them, written without a look at the word lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "third"


@dataclass(frozen=True)
class Written:
    """One resume as plain text, with its exact truth."""

    name: str
    text: str
    truth: dict[str, Any]


def written() -> Iterator[Written]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, one in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)):
            yield Written(f"third-{path.stem}-{number}", one["text"], one["truth"])
