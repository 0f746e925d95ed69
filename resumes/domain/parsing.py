"""From a file to a profile, in a child that is killed at its limit of time or memory."""

import json
from dataclasses import dataclass
from typing import Any

from providers.documents import runner
from providers.documents.base import Document, Kind, Limits
from resumes.domain.sources import Source

JOB = "resumes.domain.parser.job:parse"
LOCATE = "resumes.domain.parser.job:locate"
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


def locate(document: Document, profile: dict[str, Any]) -> dict[str, Source]:
    """`sources.locate` of a profile that somebody else made, within the same limits. Raises DocumentError."""
    data = json.dumps({"document": document.as_json(), "profile": profile}).encode()
    return runner.ask(LOCATE, data, Kind.TXT, LIMITS)
