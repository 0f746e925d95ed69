"""The lines of a document without its decoration: page numbers, running headers, Markdown, emoji, bullets."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from statistics import median

from providers.documents.base import Document, Line
from resumes.domain.parser.beside import with_dates_beside

MOST_LETTERS = 40_000  # of a resume: a dozen full pages; what a book says after them is searched, not understood
LONGEST = 1_500  # a paragraph on one line, as word processors export plain text
BULLET = re.compile(
    r"^\s*(?:[•●○◦▪■□◆◇►▸‣⁃∙·⚫✓✔➢➤→*]+\s*|[-–—+]\s+|\(?\d{1,2}[.)、]\s+|[①-⑳]\s*"
    r"|[一二三四五六七八九十]{1,2}[、．]\s*|[（(][一二三四五六七八九十]{1,2}[）)]\s*|(?:IX|IV|V?I{1,3}|V|X)[.)]\s+|o\s(?=[A-ZА-ЯЁ])|[|>»]\s+)"
)
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+")
ANCHOR = re.compile(r"^\s*<a\s[^<>]{0,500}>[^<>]{0,200}</a>\s*$", re.IGNORECASE)  # a button of a web page
TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
FRONT_MATTER = 20  # lines at most between the two rules at the top of a Markdown file
MARKUP = re.compile(r"\*\*|__|`|^\s*#{1,6}\s+")
LINK = re.compile(r"\[([^\]]{0,200})\]\(([^\s)]{1,300})\)")
PAGE_NUMBER = re.compile(
    r"^(?:page\s*|стр\.?\s*|第\s*)?\d{1,3}(?:\s*(?:/|of|из)\s*\d{1,3})?\s*(?:页|쪽)?$", re.IGNORECASE
)
SPACED = re.compile(r"^(?:\w\s){3,}\w$")
CELLS = re.compile(
    r"\t+|\s+\|\s+|\s*｜\s*|\s{3,}|(?<=[\u4e00-\u9fff\uac00-\ud7a3])\s{2,}|\s{2,}(?=[\u4e00-\u9fff\uac00-\ud7a3])"
)


@dataclass(frozen=True)
class Text:
    """A line ready to be understood. `raw` is what the document says, `text` the words without a bullet.

    `column` counts the places where reading jumps to another column. `big` means larger than this document's usual.
    `mark` is what stood before the words (`•`, `1.`, `—`). `first` is set where a section begins.
    """

    text: str
    bullet: bool = False
    mark: str = ""
    first: bool = False
    gap: bool = False
    bold: bool = False
    heading: bool = False
    big: bool = False
    size: float = 0.0
    indent: float = 0.0
    page: int = 1
    column: int = 0
    level: int = 0

    @property
    def cells(self) -> list[str]:
        """The line's parts, divided by tabs, wide gaps or bars."""
        return [cell.strip() for cell in CELLS.split(self.text) if cell.strip()]


def prepare(document: Document) -> list[Text]:
    """The lines that carry words, in reading order."""
    usual = _usual_size(document.lines)
    repeated = _repeated(document)
    prepared: list[Text] = []
    column, above = 0, None
    for line in itertools.chain.from_iterable(map(short, with_dates_beside(_without_front_matter(first(document))))):
        if line.text.strip() in repeated or PAGE_NUMBER.match(line.text.strip()) or ANCHOR.match(line.text):
            continue
        column += _jumps(above, line)
        above = line
        text = _text(line, usual, column)
        if re.search(r"\w", text.text):
            prepared.append(text)
    return _without_usual_bold(prepared)


def first(document: Document) -> list[Line]:
    """The lines up to `MOST_LETTERS`; of the line that goes beyond, its beginning."""
    found: list[Line] = []
    left = MOST_LETTERS
    for line in document.lines:
        if left <= 0:
            break
        found.append(replace(line, text=line.text[:left]) if len(line.text) > left else line)
        left -= len(line.text)
    return found


def _without_front_matter(lines: list[Line]) -> list[Line]:
    """What a web page's generator is told at the top of a Markdown file is none of the person's words."""
    if not lines or lines[0].text.strip() != "---":
        return lines
    end = next((at for at, line in enumerate(lines[1:FRONT_MATTER], 1) if line.text.strip() == "---"), 0)
    return lines[end + 1 :] if end and all(":" in line.text for line in lines[1:end]) else lines


def _without_usual_bold(lines: list[Text]) -> list[Text]:
    """Bold letters tell nothing where most lines are set in them."""
    if sum(line.bold for line in lines) * 2 <= len(lines):
        return lines
    return [replace(line, bold=False) for line in lines]


def short(line: Line) -> Iterator[Line]:
    """The line, cut at spaces where it is longer than any person's: what follows is not linear in a line's length."""
    text = line.text
    while len(text) > LONGEST:
        cut = text.rfind(" ", LONGEST // 2, LONGEST) + 1 or LONGEST
        yield replace(line, text=text[:cut])
        text, line = text[cut:], replace(line, gap=False)
    yield replace(line, text=text)


def _text(line: Line, usual: float, column: int) -> Text:
    marks = re.match(r"\s*(#{1,6})\s", line.text)
    starred = bool(re.match(r"^\W*\*\*[^*]+\*\*\W*$", line.text))
    plain = LINK.sub(r"\1 (\2)", TAG.sub(" ", MARKUP.sub("", EMOJI.sub(" ", line.text)))).strip()
    if SPACED.match(plain):  # "S K I L L S"
        plain = plain.replace(" ", "")
    bullet = BULLET.match(plain) if not marks else None
    return Text(
        text=(plain[bullet.end() :] if bullet else plain).strip(),
        bullet=bool(bullet),
        mark=bullet.group().strip() if bullet else "",
        gap=line.gap,
        bold=line.bold or starred,
        heading=line.heading or bool(marks),
        big=line.size > 1.15 * usual > 0,
        size=line.size,
        indent=line.box[0] if line.box else float(len(line.text) - len(line.text.lstrip())),
        page=line.page,
        column=column,
        level=len(marks.group(1)) if marks else 0,
    )


def _usual_size(lines: Iterable[Line]) -> float:
    """The size in which most letters are set."""
    sizes = [line.size for line in lines for _ in range(0, len(line.text), 20)]
    return median(sizes) if sizes else 0.0


def _repeated(document: Document) -> set[str]:
    """Short lines that stand on at least three pages, or on both of two: running headers and footers."""
    if document.pages < 2:
        return set()
    pages = {(line.text.strip(), line.page) for line in document.lines if len(line.text) < 80}
    counts = Counter(text for text, _ in pages)
    edge = {document.lines[0].text.strip()} if document.lines else set()
    return {text for text, count in counts.items() if count >= 3 or (count == 2 and text in edge)}


def _jumps(above: Line | None, line: Line) -> bool:
    """Whether reading goes up again on the same page: the next column begins."""
    if above is None or above.box is None or line.box is None or above.page != line.page:
        return False
    return line.box[1] > above.box[3] + 5
