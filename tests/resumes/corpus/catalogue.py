"""The resumes of the two sets: 14 ways to write a resume down, in each of four languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.resumes.corpus import as_docx, as_pdf, as_scan, as_text, manner, people, sheet, truth, typefaces

ENCODINGS = {
    False: {"en": "cp1252", "zh": "gb18030", "ru": "cp1251", "ko": "cp949"},
    True: {"en": "utf-16", "zh": "gbk", "ru": "koi8-r", "ko": "utf-16"},
}
# Format, layout, number of jobs, and what the layout needs of the manner.
SEEN: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("pdf", "single", 3, {}),
    ("pdf", "left", 3, {"contact": "lines"}),
    ("pdf", "right", 2, {"contact": "lines"}),
    ("docx", "plain", 3, {}),
    ("docx", "table", 2, {"contact": "lines", "head": "table"}),
    ("docx", "boxes", 3, {}),
    ("txt", "utf-8", 4, {}),
    ("txt", "legacy", 2, {}),
    ("pdf", "ugly", 3, {"contact": "icons"}),
    ("pdf", "long", 6, {"head": "dated", "left_out": frozenset()}),
    ("scan", "single", 2, {"upper_name": False}),
    ("photo", "single", 1, {"upper_name": False}),
    ("pdf", "single", 1, {}),
    ("pdf", "single", 2, {"bilingual": True, "left_out": frozenset()}),
)
UNSEEN: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("pdf", "right", 3, {"contact": "labels"}),
    ("pdf", "single", 4, {"contact": "spread"}),
    ("pdf", "left", 2, {"contact": "lines", "head": "dated"}),
    ("docx", "table", 3, {"contact": "labels"}),
    ("docx", "plain", 4, {"head": "dated"}),
    ("docx", "boxes", 2, {"head": "table"}),
    ("txt", "legacy", 3, {}),
    ("txt", "utf-8", 3, {"head": "dated"}),
    ("pdf", "ugly", 2, {"contact": "icons"}),
    ("pdf", "long", 7, {"left_out": frozenset()}),
    ("scan", "right", 2, {"contact": "lines", "upper_name": False}),
    ("photo", "single", 2, {"upper_name": False}),
    ("docx", "plain", 1, {}),
    ("pdf", "single", 3, {"bilingual": True, "head": "table"}),
)
SHORT = 12
PICTURES = ("scan", "photo")


@dataclass(frozen=True)
class Resume:
    """One resume of a set. `name` is `ko-04-docx-table`, or with `unseen-` before it.

    Another `draw` makes another set of the same words: other people, jobs and ways to write them down.
    """

    language: str
    number: int
    unseen: bool = False
    draw: int = 0

    @property
    def form(self) -> tuple[str, str, int, dict[str, Any]]:
        return (UNSEEN if self.unseen else SEEN)[self.number]

    @property
    def format(self) -> str:
        return self.form[0]

    @property
    def layout(self) -> str:
        return self.form[1]

    @property
    def name(self) -> str:
        kind = self.layout if self.format == "txt" else f"{self.format}-{self.layout}"
        return f"{'unseen-' * self.unseen}{self.language}-{self.number:02d}-{kind}"

    @cached_property
    def person(self) -> people.Person:
        return people.make(self.language, self.number, unseen=self.unseen, draw=self.draw, jobs=self.form[2])

    @cached_property
    def manner(self) -> manner.Manner:
        short = self.number == SHORT
        return manner.choose(
            self.language, self.number, unseen=self.unseen, draw=self.draw, short=short, **self.form[3]
        )

    @cached_property
    def sheet(self) -> sheet.Sheet:
        return sheet.write(self.person, self.manner)

    @property
    def truth(self) -> dict[str, Any]:
        """JSON Resume v1: what the resume says."""
        return truth.of(self.person, self.manner)

    @property
    def missing(self) -> str:
        """Why this machine cannot make it; empty if it can."""
        return typefaces.missing(self.language) if self.format in ("pdf", *PICTURES) else ""

    def data(self) -> bytes:
        """The file. The same bytes on the same machine each time."""
        if self.format == "txt":
            encoding = ENCODINGS[self.unseen][self.language] if self.layout == "legacy" else self.layout
            return as_text.encoded(self.sheet, encoding)
        if self.format == "docx":
            return as_docx.draw(self.sheet, self.layout)
        pdf = as_pdf.draw(self.sheet, self.layout, self.number + self.unseen)
        if self.format == "scan":
            return as_scan.scan(pdf, self.number)
        return as_scan.photo(pdf, self.number + self.unseen) if self.format == "photo" else pdf


def resumes(*, unseen: bool = False, language: str = "", draw: int = 0) -> Iterator[Resume]:
    """A whole set, or its resumes in one language."""
    for each in people.LANGUAGES:
        if language in ("", each):
            yield from (Resume(each, number, unseen, draw) for number in range(len(SEEN)))
