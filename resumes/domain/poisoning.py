"""Finds what a resume says to machines alone, and takes it out before anything is read from the resume.

Two kinds: text that nobody sees who looks at the page, and text in sight that speaks to a model. The words and
phrases are in `data/poisoning.yaml`. Text about models, as engineers write it, is neither.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from providers.documents.base import Document, Hidden, Line
from resumes.domain import addressing, disguises
from resumes.domain.passages import Passages, Span, line_starts, merged, outside

HIDDEN_TEXT = "hidden_text"
ADDRESSES_A_MODEL = "addresses_a_model"
EXCERPT = 300
MOST_ROUNDS = 4
OCR_AGREES = 0.5  # of the words of a scan's own text layer, recognised by two different engines
WORD = re.compile(r"[^\W_]+")
CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True)
class Finding:
    """`code` is `hidden_text` or `addresses_a_model`, `excerpt` at most 300 characters of what was found.

    `spans` are what `clean` cuts out: offsets into the document's text, in NFC. `why` says how
    hidden text was hidden (`providers.documents.base.Why`, or `smuggled` in characters without a glyph).
    """

    code: str
    page: int
    excerpt: str
    spans: list[Span]
    why: str = ""


def inspect(document: Document) -> list[Finding]:
    """In the order of the pages."""
    document = _composed(document)
    text = document.text
    passages = Passages(document)
    findings = [*_unseen(document), *_smuggled(text, passages), *_addressing(text, passages)]
    return sorted(findings, key=lambda finding: finding.page)


def clean(document: Document) -> Document:
    """The document without what `inspect` finds in it: all that may be parsed, indexed and matched."""
    document = _composed(document)
    for _round in range(MOST_ROUNDS):
        spans = [span for finding in inspect(document) for span in finding.spans]
        document = replace(document, lines=_cut(document, spans), hidden=[])
        if not spans:
            return document
    # What comes together again each time it is cut is made to do so.
    passages = Passages(document)
    spans = [passages.lines(span) for finding in inspect(document) for span in finding.spans]
    return replace(document, lines=_cut(document, spans))


def _composed(document: Document) -> Document:
    """With Korean syllables and accented letters in one character each."""
    if unicodedata.is_normalized("NFC", document.text):
        return document
    lines = [replace(line, text=unicodedata.normalize("NFC", line.text)) for line in document.lines]
    return replace(document, lines=lines)


def _cut(document: Document, spans: Iterable[Span]) -> list[Line]:
    """The lines without what stands in `spans`; a line of which nothing is left goes whole."""
    cuts = merged(spans)
    left: list[Line] = []
    gap = False
    for line, start in zip(document.lines, line_starts(document), strict=True):
        text = outside(line, start, cuts)
        gap = gap or line.gap
        if text == line.text or any(map(str.isalnum, text)):
            left.append(replace(line, text=text, gap=gap and bool(left)) if cuts else line)
            gap = False
    return left


def _unseen(document: Document) -> Iterator[Finding]:
    """What is hidden and says something that the page does not; one finding a page and a way to hide."""
    seen = _pieces(document.text)
    groups: dict[tuple[int, str], list[Hidden]] = {}
    for hidden in document.hidden:
        groups.setdefault((hidden.page, hidden.why), []).append(hidden)
    for (page, why), parts in groups.items():
        text = " ".join(part.text for part in parts)
        said = _pieces(text)
        least = len(said) * OCR_AGREES if page in document.read_by_ocr else 0
        if len(said - seen) > least:
            yield Finding(HIDDEN_TEXT, page, _excerpt(text), [], why)


def _pieces(text: str) -> set[str]:
    """The words of a text in their common form, Chinese and Korean ones as pairs of characters."""
    found = set()
    for word in WORD.findall(disguises.plain_text(text)):
        if CJK.search(word):
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        elif len(word) > 2 and not word.isdigit():
            found.add(word)
    return found


def _smuggled(text: str, passages: Passages) -> Iterator[Finding]:
    runs = list(disguises.smuggled(text))
    if runs:
        spelled = "".join(words for _span, words in runs)
        yield Finding(
            HIDDEN_TEXT, passages.page(runs[0][0][0]), _excerpt(spelled), [span for span, _words in runs], "smuggled"
        )


def _addressing(text: str, passages: Passages) -> Iterator[Finding]:
    spans: list[Span] = []
    for span in merged(addressing.places(text)):
        if not spans or span[1] > spans[-1][1]:
            spans.append(passages.statement(span))
    spans += [passages.lines(span) for span, words in disguises.encoded(text) if any(addressing.places(words))]
    for span in merged(spans):
        yield Finding(ADDRESSES_A_MODEL, passages.page(span[0]), _excerpt(text[slice(*span)]), [span])


def _excerpt(text: str) -> str:
    return " ".join(text.split())[:EXCERPT]
