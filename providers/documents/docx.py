"""Reads DOCX: paragraphs, tables, text boxes and headers, in the document's order."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from providers.documents.base import Document, DocumentError, Limits, Line, Reason
from providers.documents.cleaning import clean
from providers.documents.kinds import DOCX_PART, OLE, open_zip

BLOCKS = ("p", "tbl", "sdt")


def read_docx(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError for anything that is not a readable Word document within the limits."""
    if data.startswith(OLE):
        raise DocumentError(Reason.PASSWORD_PROTECTED)
    check_archive(data, limits)
    lines: list[Line] = []
    length = 0
    for line in _lines(_open(data)):
        length += len(line.text)
        if length > limits.characters:
            raise DocumentError(Reason.TOO_LONG)
        lines.append(line)
    return Document(lines=lines)


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


def _lines(document: Any) -> Iterator[Line]:
    seen: set[str] = set()
    for section in document.sections:
        headers = [section.first_page_header] if section.different_first_page_header_footer else []
        for header in [*headers, section.header]:
            for line in [] if header.is_linked_to_previous else _blocks(header._element, document.styles):
                if line.text not in seen:  # the same header on every page is said once
                    seen.add(line.text)
                    yield line
    yield from _blocks(document.element.body, document.styles)


def _blocks(parent: Any, styles: Any) -> Iterator[Line]:
    """The lines of everything under `parent` that holds paragraphs. An empty paragraph is the next line's gap."""
    gap = False
    for element in parent:
        kind = _tag(element)
        if kind == "p":
            lines = list(_paragraph(element, styles, gap))
        elif kind == "tbl":
            lines = list(_table(element, styles))
        elif kind in ("sdt", "sdtContent", "smartTag", "customXml", "ins"):
            lines = list(_blocks(element, styles))
        else:
            continue
        yield from lines
        gap = not lines


def _paragraph(element: Any, styles: Any, gap: bool) -> Iterator[Line]:
    """A paragraph's lines, then those of the text boxes anchored in it."""
    style = _style(element, styles)
    heading, bold = style.startswith(("heading", "title")), _is_bold(element)
    text = clean(_text(element))
    if text.strip() and (style.startswith("list") or next(element.iter("{*}numPr"), None) is not None):
        text = "• " + text  # Word draws the bullet itself; it is not among the words
    for number, part in enumerate(text.split("\n")):
        if part.strip():
            yield Line(text=part.strip(" \t"), heading=heading, bold=bold, gap=(gap or heading) and not number)
    for box in _text_boxes(element):
        yield from _blocks(box, styles)


def _table(element: Any, styles: Any) -> Iterator[Line]:
    """A row of one-line cells is one line with tabs; cells that hold several lines are read one after the other."""
    for row in (child for child in element if _tag(child) == "tr"):
        cells = [list(_blocks(cell, styles)) for cell in row if _tag(cell) == "tc"]
        if all(len(lines) <= 1 for lines in cells):
            filled = [lines[0] for lines in cells if lines]
            if filled:
                yield Line(text="\t".join(line.text for line in filled), bold=all(line.bold for line in filled))
        else:
            for lines in cells:
                yield from lines


def _text(element: Any) -> str:
    """The paragraph's own words: runs, links, insertions; not what was deleted and not its text boxes."""
    words: list[str] = []
    for child in element:
        kind = _tag(child)
        if kind == "t":
            words.append(child.text or "")
        elif kind in ("tab", "ptab"):
            words.append("\t")
        elif kind in ("br", "cr"):
            words.append("\n")
        elif kind == "noBreakHyphen":
            words.append("-")
        elif kind in ("r", "hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple"):
            words.append(_text(child))
    return "".join(words)


def _text_boxes(element: Any) -> list[Any]:
    """Word stores a box twice, for new and old readers; the second copy is under `Fallback`."""
    return [
        box
        for box in element.iter("{*}txbxContent")
        if not any(_tag(parent) == "Fallback" for parent in box.iterancestors())
    ]


def _style(element: Any, styles: Any) -> str:
    """The name of the paragraph's style in lower case, such as `heading 1`; empty for the default."""
    mark = next(element.iter("{*}pStyle"), None)
    style_id = mark.get(mark.tag.replace("pStyle", "val")) if mark is not None else None
    names = (style.name_val for style in styles.element.style_lst if style.styleId == style_id)
    return str(next(names, "") or "").lower()


def _is_bold(element: Any) -> bool:
    """Whether all of the paragraph's words are marked bold, one run at a time."""
    runs = [run for run in element.iter("{*}r") if any(_tag(child) == "t" and child.text for child in run)]
    return bool(runs) and all(next(run.iter("{*}b"), None) is not None for run in runs)


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
