"""Reads DOCX: headers, paragraphs, tables, text boxes and footnotes, in the document's order; what is hidden, apart."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from providers.documents.base import Document, DocumentError, Hidden, Limits, Line, Reason
from providers.documents.cleaning import clean
from providers.documents.kinds import DOCX_PART, OLE, open_zip
from providers.documents.wording import Styles, attribute, tag

#: What only holds others: content controls, insertions.
HOLDERS = ("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo")
INLINE = (*HOLDERS, "hyperlink", "fldSimple", "dir", "bdo")
MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
WORDS = ("t", *MARKS)


def read_docx(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError for anything that is not a readable Word document within the limits."""
    if data.startswith(OLE):
        raise DocumentError(Reason.PASSWORD_PROTECTED)
    check_archive(data, limits)
    reader = _Reader(_open(data))
    lines: list[Line] = []
    length = 0
    for line in reader.lines():
        length += len(line.text)
        if length + reader.hidden_letters > limits.characters:
            raise DocumentError(Reason.TOO_LONG)
        lines.append(line)
    return Document(lines=lines, hidden=reader.hidden)


def check_archive(data: bytes, limits: Limits) -> None:
    """Refuse bombs by the sizes that the directory declares, before anything is inflated.

    `zipfile` never gives out more than an entry's declared size, so that a lie ends as a checksum error.
    """
    archive = open_zip(data, limits)
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(Reason.PASSWORD_PROTECTED)
    markup = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    total, of_markup = (sum(entry.file_size for entry in group) for group in (entries, markup))
    if total > limits.unpacked or of_markup > limits.unpacked_xml:
        raise DocumentError(Reason.TOO_LARGE_INSIDE)
    if DOCX_PART not in archive.namelist():
        raise DocumentError(Reason.CORRUPT)
    for entry in markup:
        _refuse_declarations(archive, entry)


def _refuse_declarations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A document type declaration has no place in a DOCX; entities that blow up begin with one."""
    try:
        with archive.open(entry) as stream:
            defusedxml.sax.parse(stream, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentError(Reason.TOO_LARGE_INSIDE) from error
    except (SAXException, zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(Reason.CORRUPT) from error


def _open(data: bytes) -> Any:
    import docx  # here, because it costs 80 ms that PDF and text need not pay
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # it ships none

    try:
        return docx.Document(io.BytesIO(data))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        # python-docx answers broken relationships and parts with whatever its look-ups raise.
        raise DocumentError(Reason.CORRUPT) from error


class _Reader:
    """Goes through a document once. `hidden` grows on the way."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = Styles(document.styles.element, document.element.body)
        self._notes = notes_of(document)
        self.hidden: list[Hidden] = []
        self.hidden_letters = 0

    def lines(self) -> Iterator[Line]:
        """Headers, the body, footers."""
        yield from self._edges("header")
        yield from self._blocks(self._document.element.body)
        yield from self._edges("footer")

    def _edges(self, kind: str) -> Iterator[Line]:
        """The headers or footers of all sections; the same one on every page is said once."""
        seen: set[str] = set()
        for section in self._document.sections:
            first = [getattr(section, f"first_page_{kind}")] if section.different_first_page_header_footer else []
            for edge in [*first, getattr(section, kind)]:
                for line in [] if edge.is_linked_to_previous else self._blocks(edge._element):
                    if line.text not in seen:
                        seen.add(line.text)
                        yield line

    def _blocks(self, parent: Any) -> Iterator[Line]:
        """The lines of everything under `parent` that holds paragraphs. An empty paragraph is the next line's gap."""
        gap = False
        for element in parent:
            kind = tag(element)
            if kind == "p":
                lines = list(self._paragraph(element, gap))
            elif kind == "tbl":
                lines = list(self._table(element))
            elif kind in HOLDERS:
                lines = list(self._blocks(element))
            else:
                continue
            yield from lines
            gap = not lines

    def _paragraph(self, element: Any, gap: bool) -> Iterator[Line]:
        """A paragraph's lines, then those of the text boxes anchored in it and of its footnotes."""
        style = self._styles.name(element)
        heading, bold = style.startswith(("heading", "title")), is_bold(element)
        text = clean(self._seen(element))
        if text.strip() and (style.startswith("list") or next(element.iter("{*}numPr"), None) is not None):
            text = "• " + text  # Word draws the bullet itself; it is not among the words
        for number, part in enumerate(text.split("\n")):
            if part.strip():
                yield Line(text=part.strip(" \t"), heading=heading, bold=bold, gap=(gap or heading) and not number)
        for box in text_boxes(element):
            yield from self._blocks(box)
        for reference in element.iter("{*}footnoteReference", "{*}endnoteReference"):
            note = self._notes.pop((tag(reference), attribute(reference, "id")), None)
            yield from self._blocks(note) if note is not None else ()

    def _table(self, element: Any) -> Iterator[Line]:
        """A row of one-line cells is one line with tabs; cells that hold several lines are read one after the other."""
        for row in rows_of(element):
            cells = [list(self._blocks(cell)) for cell in cells_of(row)]
            if all(len(lines) <= 1 for lines in cells):
                filled = [lines[0] for lines in cells if lines]
                if filled:
                    yield Line(text="\t".join(line.text for line in filled), bold=all(line.bold for line in filled))
            else:
                for lines in cells:
                    yield from lines

    def _seen(self, paragraph: Any) -> str:
        """The words of a paragraph that a person sees; the others are put among the hidden ones."""
        pieces = [(text, self._styles.why_hidden(run, paragraph)) for run, text in runs_of(paragraph)]
        for why, group in groupby(pieces, key=itemgetter(1)):
            text = clean("".join(text for text, _ in group)).strip() if why else ""
            if text:
                self.hidden.append(Hidden(text, 1, why))
                self.hidden_letters += len(text)
        return "".join(text for text, why in pieces if not why)


def runs_of(element: Any) -> Iterator[tuple[Any, str]]:
    """The paragraph's own runs and their words: links, insertions; not what was deleted and not its text boxes."""
    for child in element:
        kind = tag(child)
        if kind == "r":
            yield child, "".join(MARKS.get(tag(part), part.text or "") for part in child if tag(part) in WORDS)
        elif kind in INLINE:
            yield from runs_of(child)


def rows_of(table: Any) -> Iterator[Any]:
    for child in table:
        if tag(child) == "tr":
            yield child
        elif tag(child) in HOLDERS:
            yield from rows_of(child)


def cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if tag(child) == "tc":
            yield child
        elif tag(child) in HOLDERS:
            yield from cells_of(child)


def text_boxes(paragraph: Any) -> list[Any]:
    """Word stores a box twice, for new and old readers; the second copy is under `Fallback`. Boxes in boxes wait."""
    return [box for box in paragraph.iter("{*}txbxContent") if _is_anchored_in(box, paragraph)]


def _is_anchored_in(box: Any, paragraph: Any) -> bool:
    for parent in box.iterancestors():
        if tag(parent) == "Fallback":
            return False
        if tag(parent) == "p":
            return parent is paragraph
    return False


def notes_of(document: Any) -> dict[tuple[str, str], Any]:
    """The footnotes and endnotes by what refers to them and their number."""
    from docx.oxml import parse_xml  # its parser resolves no entities, and none is left by now

    found: dict[tuple[str, str], Any] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if kind in ("footnote", "endnote") and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                found[f"{kind}Reference", attribute(note, "id")] = note
    return found


def is_bold(element: Any) -> bool:
    """Whether all of the paragraph's words are marked bold, one run at a time."""
    runs = [run for run in element.iter("{*}r") if any(tag(child) == "t" and child.text for child in run)]
    return bool(runs) and all(next(run.iter("{*}b"), None) is not None for run in runs)
