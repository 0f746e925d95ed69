"""What a document is once it has been read, why one could not be, and the limits of reading."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from providers.children.base import MEBIBYTE


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"


class Reason(StrEnum):
    """Why a document was not read. A person is told in words; see `resumes.domain.reasons`."""

    CORRUPT = "corrupt"
    EMPTY = "empty"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105  # a reason, no secret
    NO_TEXT_LAYER = "no_text_layer"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"
    TOO_LARGE_INSIDE = "too_large_inside"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"


class DocumentError(Exception):
    """A document that cannot be read. Reading it again will not help."""

    retryable = False

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """Beyond any of these a document is refused."""

    seconds: float = 15.0
    memory: int = 256 * MEBIBYTE  # above the idle reader
    pages: int = 100
    characters: int = 200_000
    zip_entries: int = 2_000
    zip_directory: int = MEBIBYTE
    unpacked: int = 64 * MEBIBYTE
    unpacked_xml: int = 16 * MEBIBYTE


@dataclass(frozen=True)
class Line:
    """One line in reading order.

    `page` counts from 1. `size` is the font size in points (0 where the format does not say). `gap` tells that white
    space stands above the line. `box` is (left, bottom, right, top) in points from the page's lower left corner.
    A tab in `text` is a wide gap in the line or the border of a table cell.
    """

    text: str
    page: int = 1
    size: float = 0.0
    bold: bool = False
    heading: bool = False
    gap: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Document:
    """A document's lines. `blank_pages` are the numbers of those that carry no text, such as scans."""

    lines: list[Line] = field(default_factory=list)
    pages: int = 1
    blank_pages: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines; white space that sets a line apart becomes an empty line."""
        return "\n".join(("\n" if line.gap else "") + line.text for line in self.lines).strip("\n")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Document":
        lines = [Line(**{**line, "box": tuple(line["box"]) if line["box"] else None}) for line in value["lines"]]
        return cls(lines=lines, pages=value["pages"], blank_pages=value["blank_pages"])
