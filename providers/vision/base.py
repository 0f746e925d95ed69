"""The interface of a face counter, and what it says of a frame."""

from abc import ABC, abstractmethod
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height as shares of the frame (0 to 1; a face cut off by the edge may lie outside)."""

    left: float
    top: float
    width: float
    height: float

    def shared_area(self, other: "Box") -> float:
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    @property
    def area(self) -> float:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Face:
    """`score` is the engine's own certainty, 0 to 1; it says nothing about the person."""

    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class FrameReport:
    """What was seen in one frame.

    `brightness` is the mean of the grey values, 0 to 255. `blank` means that there is no picture to look at: a covered
    lens, a dark room. `thorough` says whether the parts of the frame were magnified to look for people far from the
    camera.
    """

    faces: tuple[Face, ...]
    width: int
    height: int
    brightness: float
    blank: bool
    thorough: bool


@dataclass(frozen=True, slots=True)
class VisionCapabilities:
    """`local` engines send no picture to anybody."""

    name: str
    local: bool


class FaceCounter(ABC):
    """Finds the faces of a frame. Keeps nothing between frames; one instance a thread."""

    capabilities: VisionCapabilities

    @abstractmethod
    def look(self, jpeg: bytes, *, thorough: bool = True) -> FrameReport:
        """Look at a JPEG of at most 1 MiB and 1920x1080.

        Raises `BadInputError` for anything else, with a code of `providers.vision.jpeg`.
        """
