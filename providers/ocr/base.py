"""What reads the words in a picture of a page."""

from abc import ABC, abstractmethod
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


class Ocr(ABC):
    """Not for several threads at once."""

    #: Codes of `settings.LANGUAGES` whose script it knows.
    languages: frozenset[str]

    @abstractmethod
    def read(self, image: Picture) -> Reading:
        """The words of a page in no particular order, also of one that lies on its side or upside down."""
