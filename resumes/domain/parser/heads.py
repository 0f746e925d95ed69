"""Tells company, position and place apart in the head of a job."""

import re

from resumes.domain.parser import hints

DIVIDERS = (re.compile(r"\s+[•·|]\s+"), re.compile(r"\s+[—–-]\s+|\s*—\s*"), re.compile(r"\s+(?:at|@|в компании)\s+"))
COMMA = re.compile(r"\s*[,，、]\s*(?![^(（]*[)）])")
COMPANY_WORD = re.compile(r"^(?:компания|компании|公司[:：]?|company:)\s*", re.IGNORECASE)
QUOTES = "\"'“”«»„「」 .,，、"


def assign(cells: list[str]) -> tuple[str, str, str]:
    """(company, position, place) out of the parts of a head."""
    parts = split(cells)
    place = next((part for part in parts if hints.is_place(part)), "") or _unknown_place(parts)
    rest = [part for part in parts if part != place]
    position = next((part for part in rest if hints.is_title(part) and not _is_firm(part)), "")
    others = [part for part in rest if part != position]
    name = next((part for part in others if hints.is_company(part)), others[0] if others else "")
    if not position and len(others) >= 2:
        position = next((part for part in others if part != name), "")
    firm, _comma, tail = name.rpartition(",")
    if firm and not place and hints.is_place(tail.strip()):
        name, place = firm, tail.strip()
    return _clean(name), position.strip(QUOTES), place


def _unknown_place(parts: list[str]) -> str:
    """`Heidelberg, Germany` behind a job and a firm: a place by its country alone."""
    return next((part for part in parts[2:] if "," in part and hints.is_place(part.rpartition(",")[2].strip())), "")


def _is_firm(text: str) -> bool:
    """`Digital Solutions Inc.` and `某软件公司` are firms, whatever else is in them."""
    return bool(
        re.search(r"\b(?:inc|llc|ltd|corp|gmbh|ооо|ао)\b\.?$|公司|有限|주식회사|\(주\)", text, re.IGNORECASE)
    ) and not re.search(r"(?:工程师|开发|经理|实习生?|개발자|엔지니어)\W*$", text)


def split(cells: list[str]) -> list[str]:
    """Parts of a head that has no cells, by bullets, dashes, `at`, commas, or one space between Chinese words."""
    parts = [part for cell in cells for part in DIVIDERS[0].split(cell)]
    for divider in DIVIDERS[1:]:
        if len([part for part in parts if not hints.is_place(part)]) < 2:
            parts = [piece for part in parts for piece in divider.split(part)]
    if len([part for part in parts if not hints.is_place(part)]) < 2:
        parts = [piece for part in parts for piece in _by_comma(part)]
    if len(parts) == 1:
        parts = re.split(r"(?<=[\u4e00-\u9fff）)])\s+", parts[0])
    return [part.strip(" \t,，") for part in parts if part.strip(" \t,，")]


def _by_comma(text: str) -> list[str]:
    """`Engineer, Google, Mountain View, CA` is a job, a firm and the place behind them."""
    pieces = COMMA.split(text)
    for first in range(1, len(pieces)):
        tail = ", ".join(pieces[first:])
        if hints.is_place(tail):
            return [*pieces[:first], tail]
    return pieces


def _clean(name: str) -> str:
    return COMPANY_WORD.sub("", name).strip(QUOTES)
