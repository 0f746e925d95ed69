"""Draws a resume as a Word document: styles and lists, a table as layout, or a header and a text box."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from tests.resumes.corpus.blocks import Block
from tests.resumes.corpus.sheet import Section, Sheet

SIDE = ("skills", "languages", "certificates", "interests")
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
# As Word writes a text box: the drawing, and the same words again for programs that know no drawings.
BOX = (
    f'<w:r {NAMESPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
    '<wp:extent cx="1800000" cy="3600000"/>'
    '<wp:docPr id="{id}" name="Text Box {id}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>'
    "<w:txbxContent><w:p/></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape style="width:140pt;height:280pt"><v:textbox>'
    "<w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def draw(sheet: Sheet, layout: str) -> bytes:
    """`layout` is plain, table or boxes."""
    document = docx.Document()
    {"plain": _plain, "table": _table, "boxes": _boxes}[layout](document, sheet)
    return saved(document)


def saved(document: Any) -> bytes:
    """The file, the same each time: Word documents carry the clock in every part of the archive."""
    target, fixed = io.BytesIO(), io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 12, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _plain(document: Any, sheet: Sheet) -> None:
    _blocks(document, [*sheet.top, *sheet.contact])
    for section in sheet.sections:
        document.add_heading(section.heading, 1)
        _blocks(document, section.blocks)


def _table(document: Any, sheet: Sheet) -> None:
    """The person in the first row, then a side column and a main one."""
    grid = document.add_table(2, 2)
    head = grid.cell(0, 0).merge(grid.cell(0, 1))
    _blocks(head, sheet.top)
    side, main = grid.cell(1, 0), grid.cell(1, 1)
    side.width, main.width = Cm(5), Cm(12)
    _blocks(side, sheet.contact)
    for section in sheet.sections:
        _section(side if section.name in SIDE else main, section)


def _boxes(document: Any, sheet: Sheet) -> None:
    """Name and contact in the page's header, the side sections in a text box, the rest in the text."""
    header = document.sections[0].header
    for block in [*sheet.top, *sheet.contact]:
        header.add_paragraph(block.text)
    side = [section for section in sheet.sections if section.name in SIDE]
    _box(document, side)
    for section in sheet.sections:
        if section.name not in SIDE:
            paragraph = document.add_paragraph()
            run = paragraph.add_run(section.heading)
            run.bold, run.font.size = True, Pt(14)
            _blocks(document, section.blocks)


def _box(document: Any, sections: list[Section]) -> None:
    run = parse_xml(BOX.replace("{id}", "7"))
    document.add_paragraph()._p.append(run)  # python-docx has no text boxes of its own
    inside = docx.Document()
    for section in sections:
        _section(inside, section)
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for content in run.iter(f"{tag}txbxContent"):
        content.clear()
        for paragraph in inside.element.body.findall(f"{tag}p"):
            content.append(parse_xml(docx.oxml.xmlchemy.serialize_for_reading(paragraph)))


def _section(place: Any, section: Section) -> None:
    paragraph = place.add_paragraph()
    run = paragraph.add_run(section.heading)
    run.bold, run.font.size = True, Pt(13)
    _blocks(place, section.blocks)


def _blocks(place: Any, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.kind == "table":
            _rows(place, block.rows)
        elif block.kind == "dated":
            grid = _grid(place, 1, 2)
            grid.cell(0, 0).text = block.text
            _blocks(grid.cell(0, 1), block.inner)
        else:
            _paragraph(place, block)


def _paragraph(place: Any, block: Block) -> None:
    paragraph = place.add_paragraph(style="List Bullet" if block.kind == "bullet" else None)
    run = paragraph.add_run(block.text)
    run.bold = block.kind in ("name", "strong", "strong_split")
    if block.kind == "name":
        run.font.size = Pt(22)
    if block.right:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"\t{block.right}")


def _rows(place: Any, rows: Iterable[tuple[str, ...]]) -> None:
    rows = list(rows)
    grid = _grid(place, len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(number, column).text = text


def _grid(place: Any, rows: int, columns: int) -> Any:
    """A table in a document or, there with its width unsaid, in a cell."""
    grid = place.add_table(rows, columns)
    if hasattr(grid, "style") and not hasattr(place, "width"):
        grid.style = "Table Grid"
    return grid
