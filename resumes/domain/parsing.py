"""From a file to a profile, in a child that is killed at its limit of time or memory."""

from dataclasses import dataclass
from typing import Any

from providers.documents import runner
from providers.documents.base import Kind, Limits

JOB = "resumes.domain.parser.job:parse"
LIMITS = Limits()


@dataclass(frozen=True)
class Found:
    """`profile` is JSON Resume v1.

    Page numbers: `blank_pages` carry no text, `doubtful_pages` are pictures of which a good part could not be read.
    """

    text: str
    language: str
    profile: dict[str, Any]
    blank_pages: list[int]
    doubtful_pages: list[int]


def parse(data: bytes, kind: Kind) -> Found:
    """Blocks for at most `LIMITS.seconds`. Raises DocumentError."""
    return Found(**runner.ask(JOB, data, kind, LIMITS))
