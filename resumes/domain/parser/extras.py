"""Languages, certificates, awards."""

import re
from collections.abc import Iterator
from dataclasses import replace

from resumes.domain import schema
from resumes.domain.parser import dates, texts
from resumes.domain.parser.lines import Text
from resumes.domain.parser.words import load

OUTSIDE = re.compile(r"[,，、;；•·|\t]\s*(?![^(（]*[)）])")
FLUENCY = re.compile(r"^\s*(?:[(（]\s*(.*?)\s*[)）]?|[:：—–-]\s*(.*))$")


def languages(lines: list[Text]) -> list[schema.Language]:
    """`English (Native), Spanish — B2`: each with what is said about it."""
    found: dict[str, schema.Language] = {}
    for line in lines:
        for piece in _pieces(line.text):
            if name := _language(piece):
                rest = piece[piece.casefold().index(name.casefold()) + len(name) :].strip()
                found.setdefault(name.casefold(), schema.Language(language=name, fluency=_fluency(rest)[:300]))
    return list(found.values())[:50]


def _fluency(rest: str) -> str:
    match = FLUENCY.match(rest)
    return next((group for group in match.groups() if group), "") if match else rest.strip(" .")


def _language(text: str) -> str:
    lowered = text.casefold()
    names = (name for name in load("languages")["names"] if re.search(rf"(?<!\w){re.escape(name)}", lowered))
    if name := next(names, ""):
        at = lowered.index(name)
        return text[at : at + len(name)]
    return ""


def _pieces(text: str) -> Iterator[str]:
    for piece in OUTSIDE.split(text):
        if piece.strip():
            yield piece.strip()


def certificates(lines: list[Text]) -> list[schema.Certificate]:
    """One a line; a line of short names divided by commas is several."""
    found = []
    for text in texts.paragraphs(_each(lines)):
        period = dates.find(text)
        rest = dates.cut(text, period).replace("\t", " ") if period else text
        name, _, issuer = rest.partition(" - ")
        if name.strip(" ,.()"):
            date = period.start if period else ""
            found.append(schema.Certificate(name=name.strip(" ,.")[:300], date=date, issuer=issuer.strip()[:300]))
    return found[:100]


def awards(lines: list[Text]) -> list[schema.Award]:
    found = []
    for text in texts.paragraphs(_each(lines, commas=False)):
        period = dates.find(text)
        apart = period and text[: period.span[0]].rstrip()[-1:] in ("(", "（", ",", "|", "-", "–", "—", "\t")
        title = (dates.cut(text, period) if period and apart else text).replace("\t", " ").strip(" ,.")
        if title:
            found.append(schema.Award(title=title[:300], date=period.start if period else ""))
    return found[:100]


def _each(lines: list[Text], *, commas: bool = True) -> Iterator[Text]:
    """Each line as a bullet of its own, unless it goes on with a wrapped one."""
    bulleted = any(line.bullet for line in lines)
    for line in lines:
        pieces = [piece for piece in OUTSIDE.split(line.text) if piece.strip()] if commas else [line.text]
        listed = (
            commas and len(lines) == 1 and all(piece.strip()[:1].isupper() or piece[:1] > "\u3000" for piece in pieces)
        )
        whole = len(pieces) < 2 or (max(map(len, pieces)) > 30 and not listed) or bool(dates.find(line.text))
        for piece in [line.text] if whole else pieces:
            yield replace(line, text=piece.strip(" ,"), bullet=line.bullet or not bulleted)
