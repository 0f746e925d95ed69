"""Vacancies as CSV (RFC 4180), there and back: a row a vacancy, its requirements as lines of one cell."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.children.base import MEBIBYTE
from providers.documents.base import DocumentError
from providers.documents.textual import decode
from vacancies.domain import exchange_rows, writing
from vacancies.models import Vacancy

COLUMNS = ("title", "company_name", "position_type", "language", "status", "description", "requirements")
MOST_BYTES = 2 * MEBIBYTE
MOST_ROWS = 500
MOST_ERRORS = 50
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the encoding of its country
# What a spreadsheet would calculate. A leading apostrophe makes it text; one more keeps a text's own apostrophe apart.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file, counted from 1."""

    line: int
    text: str


class FileFaulty(Exception):
    """Nothing of the file is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults[:MOST_ERRORS])


def written(vacancies: Iterable[Vacancy]) -> str:
    """The file's text, with its mark of UTF-8."""
    rows = ([getattr(one, name) for name in COLUMNS[:-1]] + [_requirements(one)] for one in vacancies)
    return table([COLUMNS, *rows])


def table(rows: Iterable[Sequence[Any]]) -> str:
    """Any rows as a CSV file that is safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(str(cell)) for cell in row] for row in rows)
    return BOM + out.getvalue()


def guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """Takes back what `guarded` put there."""
    return cell[1:] if GUARDED.match(cell) else cell


def read(data: bytes) -> list[dict[str, Any]]:
    """Fields of `writing.create`, a dictionary a row. Raises FileFaulty with everything that is wrong, by line."""
    lines = list(islice(_lines(text_of(data)), MOST_ROWS + 2))
    if not lines:
        raise FileFaulty([Fault(1, _("The file is empty."))])
    header = _header(*lines[0])
    if not lines[1:]:
        raise FileFaulty([Fault(lines[0][0], _("The file holds no vacancy, only the names of columns."))])
    if len(lines) - 1 > MOST_ROWS:
        text = _("The file has more than %(most)s vacancies. Divide it.") % {"most": MOST_ROWS}
        raise FileFaulty([Fault(lines[MOST_ROWS + 1][0], text)])
    return _checked(header, lines[1:])


def text_of(data: bytes) -> str:
    """UTF-8, with its mark or without, else the encoding that the bytes look like. Raises FileFaulty."""
    if len(data) > MOST_BYTES:
        raise FileFaulty([Fault(1, _("The file is larger than 2 MB. Divide it."))])
    try:
        text = decode(data).removeprefix(BOM)
    except DocumentError:
        text = "\0"
    if "\ufffd" in text or "\0" in text:
        raise FileFaulty([Fault(1, _("The file's encoding is not recognised. Save it as CSV in UTF-8."))])
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(the line where a row begins, its cells); empty rows are passed over. Raises FileFaulty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            fault = _("This line is not valid CSV: a quotation mark is not closed, or a cell is too long.")
            raise FileFaulty([Fault(begins, fault)]) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begins, [bare(cell) for cell in cells]
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Spreadsheets of many countries divide cells by semicolons."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _header(line: int, cells: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or len(set(names)) < len(names) or "title" not in names:
        text = _("The first line names the columns, each once: %(columns)s. Only title is needed.")
        raise FileFaulty([Fault(line, text % {"columns": ", ".join(COLUMNS)})])
    return names


def _checked(header: list[str], lines: list[tuple[int, list[str]]]) -> list[dict[str, Any]]:
    found, faults = [], []
    for line, cells in lines:
        if len(cells) != len(header):
            text = _("There are %(found)s cells where the first line has %(wanted)s.")
            faults.append(Fault(line, text % {"found": len(cells), "wanted": len(header)}))
            continue
        fields, wrong = exchange_rows.fields(dict(zip(header, cells, strict=True)))
        faults += [Fault(line, text) for text in wrong]
        found.append(fields)
    if faults:
        raise FileFaulty(faults)
    return found


@transaction.atomic
def create(rows: Iterable[dict[str, Any]], by: User) -> list[Vacancy]:
    """All of them or, where one fails, none."""
    return [writing.create(by, dict(fields)) for fields in rows]


def _requirements(vacancy: Vacancy) -> str:
    return "\n".join(exchange_rows.line(row) for row in vacancy.requirements)
