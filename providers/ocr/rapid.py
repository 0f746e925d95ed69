"""RapidOCR: PP-OCRv6's small models, which its wheel carries, on one thread and without a network.

The bundled recogniser knows Latin letters and Chinese. Lines in Cyrillic and Korean are read by Tesseract where it is
installed, or by a recogniser that an operator puts into `MODEL_CACHE_DIR/ocr`: `ru.onnx`, `ko.onnx`, in PaddleOCR's
form with the characters in its metadata, or beside it in `ru.txt`, one a line. Of several, the one that makes most
sense of a few lines reads the page's lines that the bundled model does not, and all of them where those are many.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from providers.ocr.base import SCRIPTS, LineReader, Ocr, Picture, Reading, Text

BUNDLED = frozenset({"en", "zh-hans"})
LEAST_CONFIDENCE = 0.6
SURE = 0.9  # of what the bundled model reads well; below, the other readers are asked too
FOREIGN = 0.25  # of a page's width of lines: beyond, what looks readable is likely to be another script's look-alikes
#: A letter's width against the height of its line's box, of the narrowest fonts; a box that is wider than its letters
#: by far was not read. Measured on rendered resumes: spaced headings 0.3, other lines 0.5 and more, Cyrillic to 0.1.
NARROW, WIDE = 0.3, 0.6
LEAST_FILLED = 0.2
TALL = 1.5  # times as high as wide: a line that runs upwards or downwards
SAMPLES = 5
LONGEST = 20  # lines that tell how a photo leans
THREADS = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
#: One line at a time and none padded to another's width: twice as fast on one thread as the batches of six.
ONE_LINE = {"Rec.rec_batch_num": 1, "Rec.rec_img_shape": [3, 48, 32]}
QUIET = {"Global.log_level": "critical", "Global.text_score": 0.0}


class RapidOcr(Ocr):
    """`folder` holds an operator's recognisers, which come before `others`; it need not exist."""

    def __init__(self, folder: Path | None = None, others: Sequence[LineReader] = ()) -> None:
        self._main = RapidOCR(params={**THREADS, **ONE_LINE, **QUIET})
        own = [OnnxLines(path) for path in models_in(folder)]
        named = {reader.language for reader in own}
        self._others = [*own, *(reader for reader in others if reader.language not in named)]
        self.languages = BUNDLED | {reader.language for reader in self._others}

    def read(self, image: Picture) -> Reading:
        boxes, lines, quarters = self._upright(image)
        slope = slope_of(boxes)
        found = zip(self._texts(lines), boxes, strict=True)
        texts = [replace(text, box=level(box, slope)) for text, box in found]
        return Reading([text for text in texts if text.text or not text.readable], quarters, slope)

    def _upright(self, image: Picture) -> tuple[list[Any], list[Picture], int]:
        """Boxes and pictures of the lines, of the picture turned so that they run from left to right."""
        boxes = self._boxes(image)
        quarters = 0
        if boxes and np.median([height / max(width, 1.0) for width, height in map(extent, boxes)]) > TALL:
            quarters = 1
            boxes = self._boxes(np.rot90(image, -1).copy())
        lines = self._cut(turn(image, quarters), boxes)
        if lines and self._is_upside_down(lines):
            quarters += 2
            boxes = self._boxes(turn(image, quarters))
            lines = self._cut(turn(image, quarters), boxes)
        return boxes, lines, quarters

    def _boxes(self, image: Picture) -> list[Any]:
        """Four corners of each line, in pixels."""
        found: Any = self._main(image[:, :, ::-1], use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else list(found.boxes)

    def _cut(self, image: Picture, boxes: list[Any]) -> list[Picture]:
        if not boxes:
            return []
        cut: list[Picture] = self._main.crop_text_regions(np.ascontiguousarray(image[:, :, ::-1]), np.array(boxes))
        return cut

    def _is_upside_down(self, lines: list[Picture]) -> bool:
        """Whether a few lines of middling length read better the other way. (The classifier in the wheel guesses.)"""
        samples = sorted(lines, key=lambda line: line.shape[1])[len(lines) // 2 :][:SAMPLES]
        upright = self._sense(samples)
        return upright < SURE and self._sense([turn(line, 2) for line in samples]) > upright + 0.1

    def _sense(self, lines: list[Picture]) -> float:
        """The mean confidence of what is read, by the first reader that is sure of it, else by the surest.

        What is not readable counts as none.
        """
        own = sense([recognised(self._main, line) for line in lines])
        return own if own >= SURE or not self._others else max(own, surest(self._others, lines)[0])

    def _texts(self, lines: list[Picture]) -> list[Text]:
        texts = [recognised(self._main, line) for line in lines]
        unread = [at for at, text in enumerate(texts) if not text.readable]
        foreign = sum(width_of(lines[at]) for at in unread) > FOREIGN * sum(map(width_of, lines))
        asked = [at for at, text in enumerate(texts) if foreign or not text.readable or text.confidence < SURE]
        reader = self._reader_of([lines[at] for at in unread or asked]) if asked else None
        if reader is not None:
            for at, other in zip(asked, sound(reader, [lines[at] for at in asked]), strict=True):
                texts[at] = better(texts[at], other, foreign=foreign and reader.knows(other.text))
        return texts

    def _reader_of(self, lines: list[Picture]) -> LineReader | None:
        """Who makes most sense of a few of the lines."""
        if len(self._others) < 2:
            return self._others[0] if self._others else None
        return surest(self._others, sorted(lines, key=width_of)[-SAMPLES:])[1]


class OnnxLines(LineReader):
    """An operator's model, named by its language."""

    def __init__(self, model: Path) -> None:
        super().__init__(model.stem)
        self._engine = recogniser(model)

    def read(self, lines: Sequence[Picture]) -> list[Text]:
        return [recognised(self._engine, line) for line in lines]


def sound(reader: LineReader, lines: Sequence[Picture]) -> list[Text]:
    """What a reader makes of lines; readable are those that it is sure of, whose letters are its own and fill them."""
    return [replace(text, readable=is_sound(text, reader.knows(text.text))) for text in reader.read(lines)]


def surest(readers: Sequence[LineReader], lines: Sequence[Picture]) -> tuple[float, LineReader]:
    """The first reader that is sure of lines, else the one that makes most sense of them, and how much it makes.

    No two that know a script are sure of the same lines.
    """
    most, best = 0.0, readers[0]
    for reader in readers:
        made = sense(sound(reader, lines))
        if made > most:
            most, best = made, reader
        if made >= SURE and reader.language in SCRIPTS:
            break
    return most, best


def is_sound(text: Text, known: bool) -> bool:
    _, _, width, height = text.box
    return known and text.confidence >= LEAST_CONFIDENCE and filled(text.text, width, height) >= LEAST_FILLED


def better(own: Text, other: Text, *, foreign: bool) -> Text:
    """`foreign`: the page is in the other reader's letters, and the line has some. (The other is sure of anything.)"""
    if foreign and other.readable:
        return other
    return max(own, other, key=lambda text: (text.readable, text.confidence))


def sense(texts: list[Text]) -> float:
    return float(np.mean([text.confidence * text.readable for text in texts])) if texts else 0.0


def width_of(line: Picture) -> int:
    return int(line.shape[1])


def models_in(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.onnx")) if folder is not None and folder.is_dir() else []


def recogniser(model: Path) -> Any:
    """A RapidOCR that only recognises, with an operator's model."""
    keys = model.with_suffix(".txt")
    own = {"Rec.model_path": str(model), "Global.use_det": False, "Global.use_cls": False}
    named = {"Rec.rec_keys_path": str(keys)} if keys.is_file() else {}
    return RapidOCR(params={**THREADS, **ONE_LINE, **QUIET, **own, **named})


def recognised(engine: Any, line: Picture) -> Text:
    """What one model reads in the picture of a line; the box is the picture's own."""
    found = engine.recognize_txt([line])
    text, confidence = found.txts[0].strip(), float(found.scores[0])
    height, width = line.shape[:2]
    readable = confidence >= LEAST_CONFIDENCE and filled(text, width, height) >= LEAST_FILLED
    return Text(text, (0, 0, width, height), confidence, readable)


def filled(text: str, width: float, height: float) -> float:
    """The least share of a line's width that its letters take up. Short lines, such as bullets, count as full."""
    if width < 2 * height:
        return 1.0
    letters = sum(NARROW if narrow(letter) else WIDE for letter in text if not letter.isspace())
    return letters * height / width


def narrow(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) not in "WF"


def extent(corners: Any) -> tuple[float, float]:
    """A line's width and height, along its own edges."""
    upper_left, upper_right, _, lower_left = corners
    return float(np.linalg.norm(upper_right - upper_left)), float(np.linalg.norm(lower_left - upper_left))


def slope_of(boxes: list[Any]) -> float:
    """The angle of the page's lines in radians, positive where they fall towards the right."""
    angles = [
        math.atan2(upper_right[1] - upper_left[1], upper_right[0] - upper_left[0])
        for upper_left, upper_right, _, _ in sorted(boxes, key=lambda box: -extent(box)[0])[:LONGEST]
    ]
    return float(np.median(angles)) if angles else 0.0


def level(corners: Any, slope: float) -> tuple[float, float, float, float]:
    """The box of four corners once the page is turned about its upper left corner, so that its lines are level."""
    cos, sin = math.cos(-slope), math.sin(-slope)
    turned = corners @ np.array([[cos, sin], [-sin, cos]])
    left, top = (float(edge) for edge in turned.min(axis=0))
    right, bottom = (float(edge) for edge in turned.max(axis=0))
    return (left, top, right, bottom)


def turn(image: Picture, quarters: int) -> Picture:
    """Clockwise."""
    return np.ascontiguousarray(np.rot90(image, -quarters))
