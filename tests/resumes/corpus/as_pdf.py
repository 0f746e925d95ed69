"""Draws a resume as a PDF, in one column or two, plainly or with the glyphs that spoil a text layer."""

import functools
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from tests.resumes.corpus import typefaces
from tests.resumes.corpus.blocks import Block
from tests.resumes.corpus.sheet import Section, Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
SIDE = ("skills", "languages", "certificates", "interests")
LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
KANGXI = str.maketrans("工大人行日月用文高金力士生方山水子小", "⼯⼤⼈⾏⽇⽉⽤⽂⾼⾦⼒⼠⽣⽅⼭⽔⼦⼩")
FIGURES = str.maketrans({str(digit): chr(typefaces.OLD_STYLE_ZERO + digit) for digit in range(10)})


def draw(sheet: Sheet, layout: str, number: int = 0) -> bytes:
    """`layout` is single, left, right, ugly or long; `number` picks the typeface and the measures."""
    return compiled(arranged(sheet, layout, number))


def arranged(sheet: Sheet, layout: str, number: int) -> dict[str, Any]:
    """What `sheet.typ` draws."""
    across, columns, widths = _arranged(sheet, layout)
    data: dict[str, Any] = {
        "across": [asdict(block) for block in across],
        "columns": [[asdict(section) for section in column] for column in columns],
        "widths": widths,
        "fonts": typefaces.stack(sheet.language, number),
        "size": 9.5 if widths else (11 if layout == "long" else 10),
        "margin": 72 if layout == "long" else 40 + 6 * (number % 4),
        "language": sheet.language,
        "bullet": sheet.bullet,
        "dates": 105 if not widths else 70,
        "ruled": number % 3 != 1,
        "numbered": layout == "long",
        "keywords": "",
        "bar": list(bar()),
    }
    if layout == "ugly":
        data = {
            key: _spoilt(value, sheet.language) if key in ("across", "columns") else value
            for key, value in data.items()
        }
    return data


@functools.cache
def bar() -> bytes:
    """A picture for decoration: a PNG that runs from dark to light."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((64, 16)).save(target, "PNG")
    return target.getvalue()


def compiled(data: dict[str, Any]) -> bytes:
    pdf = typst.compile(
        TEMPLATE, font_paths=typefaces.fonts(), sys_inputs={"sheet": json.dumps(data)}, timestamp=0
    )  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


def _arranged(sheet: Sheet, layout: str) -> tuple[list[Block], list[list[Section]], list[float]]:
    """What runs across the page, the columns, and their shares of its width."""
    if layout not in ("left", "right"):
        return [*sheet.top, *sheet.contact], [list(sheet.sections)], []
    main = [section for section in sheet.sections if section.name not in SIDE]
    side = [section for section in sheet.sections if section.name in SIDE]
    side = [Section("contact", _contact_heading(sheet), sheet.contact), *side]
    if layout == "left":
        return list(sheet.top), [side, main], [1.25, 2]
    return list(sheet.top), [main, side], [1.9, 1.1]


def _contact_heading(sheet: Sheet) -> str:
    return {"en": "Contact", "zh": "联系方式", "ru": "Контакты", "ko": "연락처"}[sheet.language]


def _spoilt(value: Any, language: str) -> Any:
    """Texts with ligatures and private-use figures, or Kangxi radicals; addresses stay as they are."""
    if isinstance(value, dict):
        return {key: inner if key == "kind" else _spoilt(inner, language) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_spoilt(inner, language) for inner in value]
    return value if "@" in str(value) else _spoilt_text(str(value), language)


def _spoilt_text(text: str, language: str) -> str:
    if language == "zh":
        return text.translate(KANGXI)
    for letters, joined in LIGATURES.items():
        text = text.replace(letters, joined)
    return text.translate(FIGURES) if language in ("en", "ru") else text
