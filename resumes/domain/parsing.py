"""From a file to a profile, in a child that is killed at its limit of time or memory."""

import json
from dataclasses import dataclass
from typing import Any

from providers.documents import runner
from providers.documents.base import Document, Kind, Limits
from resumes.domain.sources import Source

JOB = "resumes.domain.parser.job:parse"
SETTLE = "resumes.domain.parser.job:settle"
LIMITS = Limits()
OFFLINE, OCR = "offline", "ocr"


@dataclass(frozen=True)
class Found:
    """What a file says, without what it says to machines alone.

    `profile` is JSON Resume v1, `sources` are its values' by JSON pointer. `findings` are those of
    `resumes.domain.poisoning`, as JSON. `read_by` is `offline`, `ocr` or a model's name.
    """

    document: Document
    language: str
    profile: dict[str, Any]
    sources: dict[str, Source]
    findings: list[dict[str, Any]]
    read_by: str

    @property
    def text(self) -> str:
        return self.document.text


def parse(data: bytes, kind: Kind) -> Found:
    """Blocks for at most `LIMITS.seconds`, for pictures of text `LIMITS.ocr_seconds`. Raises DocumentError."""
    answer = runner.ask(JOB, data, kind, LIMITS)
    document = Document.from_json(answer.pop("document"))
    return Found(document=document, read_by=OCR if document.read_by_ocr else OFFLINE, **answer)


@dataclass(frozen=True)
class Settled:
    """A model's profile without what the document does not say, filled in by the offline parser.

    `said` tells whether anything of the model's is left.
    """

    said: bool
    profile: dict[str, Any]
    sources: dict[str, Source]


def settle(found: Found, profile: dict[str, Any]) -> Settled:
    """Within the limits of parsing: how long a profile takes depends on who made it. Raises DocumentError."""
    given = {"document": found.document.as_json(), "profile": profile, "offline": found.profile}
    return Settled(**runner.ask(SETTLE, json.dumps(given).encode(), Kind.TXT, LIMITS))
