"""What reads the words in a picture of a page."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]  # RGB, [height, width, 3]


@dataclass(frozen=True)
class Text:
    """Words on one line. `box` is (left, top, right, bottom) in pixels from the upper left corner.

    `confidence` is the reader's own, 0 to 1: it is high as well for what a model that does not know the script makes of
    it, which is why `readable` is told apart. Where that is False, `text` is not what is written there.
    """

    text: str
    box: tuple[float, float, float, float]
    confidence: float
    readable: bool = True


@dataclass(frozen=True)
class Reading:
    """The texts of a picture that was turned to be read: `quarters` clockwise, then by `slope` radians back.

    Boxes belong to the turned picture; a photo that leans to the right by 0.02 has a `slope` of 0.02, about its upper
    left corner.
    """

    texts: list[Text]
    quarters: int = 0
    slope: float = 0.0


#: The letters that only one of the languages has.
SCRIPTS = {"ru": re.compile("[\u0400-\u04ff]"), "ko": re.compile("[\uac00-\ud7a3]")}


class LineReader(ABC):
    """Reads lines that were cut out of a page, in the letters of one language (a code of `settings.LANGUAGES`)."""

    def __init__(self, language: str) -> None:
        self.language = language

    def knows(self, text: str) -> bool:
        """Whether `text` has letters that this reader is for."""
        script = SCRIPTS.get(self.language)
        return script is None or bool(script.search(text))

    @abstractmethod
    def read(self, lines: Sequence[Picture]) -> list[Text]:
        """A text for each line (BGR, upright); its box is the line's own."""


class Ocr(ABC):
    """Not for several threads at once."""

    #: Codes of `settings.LANGUAGES` whose script it knows.
    languages: frozenset[str]

    @abstractmethod
    def read(self, image: Picture) -> Reading:
        """The words of a page in no particular order, also of one that lies on its side or upside down."""
