"""Tesseract, where Debian's packages are installed: lines in Cyrillic and Korean letters.

All lines of a page go to one process as one TIFF over a pipe, and come back over another: nothing is written. Its model
of Korean puts a space between any two syllables; which are true ones is told by the white between them.
"""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from providers.children.beginning import die_with
from providers.ocr.base import SCRIPTS, LineReader, Picture, Text

PROGRAM = "tesseract"
MODELS = {"ru": "rus", "ko": "kor"}
SECONDS = 60.0  # for the lines of one page, which take 3
HEIGHT = 36  # pixels, which its models were trained with
MARGIN = 10
MOST_WIDTH = 4000
SPACE = 0.2  # of a line's height: a smaller gap stands between two syllables of a word
WIDE = 1.5  # of a line's height: what stands further apart is two things
WEAK = 0.75  # what two models disagree about, one alone may know: `㈜` at a firm's name
INK = 60  # of 255, away from the paper
#: What its models make of a bullet, before a word that begins something.
BULLETS = frozenset("=®©°¢*еeиoо«¤»•")
LOOSE = re.compile(r" (?=[,;:)])")
#: Its models of Russian and English together write the shortest Russian words in Latin letters that look the same.
LOOK_ALIKE = re.compile(r"(?<![\w.+#-])(?:[Haenopcyxkru][aeopcyxk]|[aopcyxkr])(?![\w+#-])")
CYRILLIC = str.maketrans("Haenopcyxkru", "Наепорсухкги")


class Word(NamedTuple):
    text: str
    confidence: float  # 0 to 100
    left: int
    right: int


class Tesseract(LineReader):
    """One of its models. Lines that it could not read in time are not readable."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._model = MODELS[language]

    def read(self, lines: Sequence[Picture]) -> list[Text]:
        texts = read_by(f"{self._model}+eng", lines)
        weak = [at for at, text in enumerate(texts) if text.confidence < WEAK]
        for at, text in zip(weak, read_by(self._model, [lines[at] for at in weak]), strict=True):
            texts[at] = max(texts[at], text, key=lambda one: one.confidence)
        return texts


def read_by(models: str, lines: Sequence[Picture]) -> list[Text]:
    pictures = [prepared(line) for line in lines]
    found = words_of(answer(models, pictures)) if pictures else {}
    return [
        text_of(found.get(number, []), picture, line)
        for number, (picture, line) in enumerate(zip(pictures, lines, strict=True), 1)
    ]


def installed() -> list[LineReader]:
    """A reader for each language whose model is there; none without the program."""
    if shutil.which(PROGRAM) is None:
        return []
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=SECONDS, check=False)
    return [Tesseract(language) for language, model in MODELS.items() if model in listed.stdout.split()]


def prepared(line: Picture) -> Image.Image:
    """A grey picture of the usual height, with a margin in the paper's colour."""
    grey = Image.fromarray(np.ascontiguousarray(line[:, :, ::-1])).convert("L")
    width = min(MOST_WIDTH, max(1, round(grey.width * HEIGHT / grey.height)))
    grey = grey.resize((width, HEIGHT), Image.Resampling.LANCZOS)
    page = Image.new("L", (width + 2 * MARGIN, HEIGHT + 2 * MARGIN), int(np.median(np.asarray(grey))))
    page.paste(grey, (MARGIN, MARGIN))
    return page


def answer(models: str, pictures: Sequence[Image.Image]) -> str:
    """Its table of words. Empty where it fails or takes too long."""
    target = io.BytesIO()
    pictures[0].save(target, "TIFF", save_all=True, append_images=pictures[1:])
    try:
        done = subprocess.run(  # the picture is our own rendering
            [PROGRAM, "-", "-", "-l", models, "--psm", "7", "tsv"],
            input=target.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=partial(die_with, os.getpid()),  # a killed child leaves none of its own
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")


def words_of(table: str) -> dict[int, list[Word]]:
    """The words of each line, which is a page of its own, counted from 1."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [(int(row["page_num"]), word(row)) for row in rows if row["level"] == "5" and row["text"].strip()]
    return {number: [one for _, one in group] for number, group in groupby(words, key=itemgetter(0))}


def word(row: dict[str, str]) -> Word:
    left = int(row["left"])
    return Word(row["text"].strip(), float(row["conf"]), left, left + int(row["width"]))


def text_of(words: list[Word], picture: Image.Image, line: Picture) -> Text:
    height, width = line.shape[:2]
    text = LOOSE.sub("", "".join(joined(words, picture))).strip("_ \t")
    if SCRIPTS["ru"].search(text):
        text = LOOK_ALIKE.sub(lambda match: match.group().translate(CYRILLIC), text)
    letters = sum(len(one.text) for one in words)
    sure = sum(one.confidence * len(one.text) for one in words) / max(letters, 1) / 100
    return Text(text, (0, 0, width, height), sure, readable=False)


def joined(words: list[Word], picture: Image.Image) -> Iterator[str]:
    """The words with what stands between them: nothing, a space, or a tab where the gap is wide."""
    inked = columns_with_ink(picture)
    for number, one in enumerate(words):
        if number:
            gap = widest_gap(inked, words[number - 1], one) / HEIGHT
            yield "" if gap < SPACE and both_syllables(words[number - 1], one) else "\t" if gap > WIDE else " "
        is_bullet = not number and one.text in BULLETS and len(words) > 1 and words[1].text[:1].isupper()
        yield "•" if is_bullet else one.text


def both_syllables(one: Word, other: Word) -> bool:
    return "\uac00" <= one.text[-1] <= "\ud7a3" and "\uac00" <= other.text[0] <= "\ud7a3"


def columns_with_ink(picture: Image.Image) -> npt.NDArray[np.bool_]:
    pixels = np.asarray(picture).astype(np.int16)
    inked: npt.NDArray[np.bool_] = (np.abs(pixels - np.median(pixels)) > INK).any(axis=0)
    return inked


def widest_gap(inked: npt.NDArray[np.bool_], one: Word, other: Word) -> int:
    """Pixels of the widest white between the middles of two words."""
    begin, end = (one.left + one.right) // 2, (other.left + other.right) // 2
    edges = [begin, *(begin + int(at) for at in np.flatnonzero(inked[begin:end])), end]
    return max((after - before - 1 for before, after in pairwise(edges)), default=0)
