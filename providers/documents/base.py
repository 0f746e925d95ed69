"""What a document is once it has been read, why one could not be, and the limits of reading."""

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from providers.children.base import MEBIBYTE


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"
    IMAGE = "image"  # a photo or scan of one page: JPEG or PNG


class Reason(StrEnum):
    """Why a document was not read. A person is told in words; see `resumes.domain.reasons`."""

    CORRUPT = "corrupt"
    EMPTY = "empty"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105  # a reason, no secret
    NO_TEXT_LAYER = "no_text_layer"
    OCR_LANGUAGE = "ocr_language"
    FORM = "form"  # XFA: the page that other programs are given only says to wait
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


class PicturesOfText(Exception):
    """There are pages that only OCR can read, and `Limits.ocr` is off."""

    code = "pictures_of_text"


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
    picture_pixels: int = 50_000_000
    ocr: bool = False  # whether pictures of text are read in this go; `for_ocr` says so
    ocr_seconds: float = 120.0
    ocr_begin: float = 50.0  # seconds after which no further page is begun
    ocr_memory: int = 1536 * MEBIBYTE
    ocr_pages: int = 6
    ocr_models: str = ""  # a folder with an operator's models, see `providers.ocr.rapid`

    def for_ocr(self) -> "Limits":
        """For a document with pictures of text: OCR takes 5 to 10 s a page on one core, and 500 MiB."""
        return replace(self, ocr=True, seconds=self.ocr_seconds, memory=self.ocr_memory)


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


class Why(StrEnum):
    """How text was kept from a person's eyes."""

    WHITE = "white"  # in, or close to, the colour behind it
    TINY = "tiny"
    OFF_PAGE = "off_page"
    INVISIBLE = "invisible"  # drawn with no ink at all
    COVERED = "covered"
    HIDDEN = "hidden"  # DOCX `vanish`


@dataclass(frozen=True)
class Hidden:
    """Text that is in the file and that nobody sees who looks at the page."""

    text: str
    page: int
    why: Why
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Document:
    """A document's lines, and what a person cannot see of it.

    Page numbers count from 1. `blank_pages` carry no text, nor a picture of any. `read_by_ocr` are pictures of text;
    of the `doubtful_pages` among them a good part was left out, because OCR does not know the script. `unread_pages`
    are pictures of text beyond what one document may cost. `page_sizes` are width and height in points as the page is
    looked at; none for DOCX and TXT.
    """

    lines: list[Line] = field(default_factory=list)
    pages: int = 1
    blank_pages: list[int] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    read_by_ocr: list[int] = field(default_factory=list)
    doubtful_pages: list[int] = field(default_factory=list)
    unread_pages: list[int] = field(default_factory=list)
    page_sizes: list[tuple[float, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines; white space that sets a line apart becomes an empty line."""
        return "\n".join(("\n" if line.gap else "") + line.text for line in self.lines).strip("\n")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Document":
        """From what `as_json` made, also after JSON has turned tuples into lists."""
        return cls(
            **{
                **value,
                "lines": [Line(**{**line, "box": _box(line["box"])}) for line in value["lines"]],
                "hidden": [
                    Hidden(**{**item, "why": Why(item["why"]), "box": _box(item["box"])}) for item in value["hidden"]
                ],
                "page_sizes": [(width, height) for width, height in value["page_sizes"]],
            }
        )


def _box(edges: Any) -> tuple[float, float, float, float] | None:
    return tuple(edges) if edges else None
