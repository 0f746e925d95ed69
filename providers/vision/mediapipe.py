"""Face counting with MediaPipe's two face detectors.

The full-range model sees faces wider than about a fifteenth of the picture it is given, but misses some close-ups;
the short-range one finds those. Neither finds a head at the back of a room in a whole webcam frame (28 of 640
pixels at three metres), so a thorough look also magnifies three overlapping pieces of its upper part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from providers.base import UnavailableError
from providers.vision import jpeg as jpegs
from providers.vision.base import Box, Face, FaceCounter, FrameReport, VisionCapabilities
from providers.vision.jpeg import Pixels
from providers.vision.merging import merge

SHORT_RANGE, FULL_RANGE = 0, 1  # MediaPipe's `model_selection`
# Least scores. Close-ups reach 0.90 with the short-range model, a cat's face 0.77; small true faces in magnified
# pieces 0.69. The full-range model's own graph drops what is below 0.6.
WHOLE_SCORE = 0.6
CLOSE_SCORE = 0.85
PIECE_SCORE = 0.68

# A face this wide is somebody sitting at the camera. While there is one, the short-range model is not asked: the
# full-range model misses single close-ups, and has not been seen to miss one beside another.
CLOSE_WIDTH = 0.12
# Pieces are there for people far away. A larger "face" in one is part of a person whom the whole frame shows better.
FAR_WIDTH = 0.14

# The full-range model's input. MediaPipe would shrink a larger picture itself, a millisecond slower and less well.
MODEL_SIDE = 192
# Longer sides that a quick and a thorough look can make use of.
COARSE_SIDE, FINE_SIDE = 320, 640

# A picture without any detail: mean and standard deviation of the grey values (0 to 255).
DARK, FLAT, FLAT_AND_DARK = 16.0, 6.0, 12.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the frame in shares of its sides."""

    left: float
    right: float
    top: float
    bottom: float

    def crop(self, pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        part = pixels[
            round(self.top * height) : round(self.bottom * height), round(self.left * width) : round(self.right * width)
        ]
        return np.ascontiguousarray(part)

    def in_frame(self, face: Face) -> Face:
        across, down = self.right - self.left, self.bottom - self.top
        box = face.box
        moved = Box(self.left + box.left * across, self.top + box.top * down, box.width * across, box.height * down)
        return Face(moved, face.score)

    def cuts(self, face: Face) -> bool:
        """Whether the face (in the frame's shares) lies across a side of this piece that is not the frame's edge."""
        box = face.box
        return (
            (self.left > 0 and box.left <= self.left)
            or (self.right < 1 and box.left + box.width >= self.right)
            or (self.bottom < 1 and box.top + box.height >= self.bottom)
        )


# Squares of 280 pixels in 640x480. Heads of people who stand or sit behind a candidate are in the upper part.
PIECES = (
    Piece(0.0, 0.4375, 0.0, 0.584),
    Piece(0.28125, 0.71875, 0.0, 0.584),
    Piece(0.5625, 1.0, 0.0, 0.584),
)


class MediaPipeFaceCounter(FaceCounter):
    """Takes 1.4 s and 250 MB to make. Releases the GIL while it looks; not safe to call from two threads at once."""

    capabilities = VisionCapabilities(name="mediapipe", local=True)

    def __init__(self) -> None:
        try:
            import cv2
            from mediapipe.python.solutions.face_detection import FaceDetection
        except ImportError as error:
            raise UnavailableError("Camera analysis needs the packages mediapipe and opencv.") from error
        cv2.setNumThreads(1)
        # `min_detection_confidence` does not reach these graphs in 0.10.21: scores are compared in `found`.
        self._full = FaceDetection(model_selection=FULL_RANGE)
        self._short = FaceDetection(model_selection=SHORT_RANGE)

    def look(self, jpeg: bytes, *, thorough: bool = True) -> FrameReport:
        picture = jpegs.decode(jpeg, least=FINE_SIDE if thorough else COARSE_SIDE)
        small = shrunk(picture.pixels)
        brightness, contrast = light(small)
        blank = is_blank(brightness, contrast)
        faces = () if blank else merge(*self._near(small), self._far(picture.pixels) if thorough else ())
        return FrameReport(faces, picture.width, picture.height, brightness, blank, thorough)

    def _near(self, small: Pixels) -> tuple[list[Face], list[Face]]:
        """What the models find in the whole frame; the short-range one is asked where nobody sits at the camera."""
        whole = found(self._full, small, WHOLE_SCORE)
        has_close = any(face.box.width >= CLOSE_WIDTH for face in whole)
        return whole, [] if has_close else found(self._short, small, CLOSE_SCORE)

    def _far(self, pixels: Pixels) -> Iterator[Face]:
        for piece in PIECES:
            for face in map(piece.in_frame, found(self._full, piece.crop(pixels), PIECE_SCORE)):
                if face.box.width <= FAR_WIDTH and not piece.cuts(face):
                    yield face


def found(detector: Any, pixels: Pixels, least: float) -> list[Face]:
    """Faces with a score of at least `least`, their boxes in shares of `pixels`."""
    detections = detector.process(pixels).detections or ()
    faces = [Face(box_of(item.location_data.relative_bounding_box), float(item.score[0])) for item in detections]
    return [face for face in faces if face.score >= least]


def box_of(box: Any) -> Box:
    return Box(box.xmin, box.ymin, box.width, box.height)


def shrunk(pixels: Pixels) -> Pixels:
    """The picture with its longer side as the model takes it."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, MODEL_SIDE / max(height, width))
    target = (max(1, round(width * scale)), max(1, round(height * scale)))
    halved = scale < 0.5 and height > 1 and width > 1
    source: Any = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA) if halved else pixels
    small: Any = cv2.resize(source, target, interpolation=cv2.INTER_LINEAR)
    return small  # type: ignore[no-any-return]


def light(pixels: Pixels) -> tuple[float, float]:
    """Mean and standard deviation of the green channel, the nearest to grey."""
    import cv2

    means, deviations = cv2.meanStdDev(pixels)
    return float(means[1, 0]), float(deviations[1, 0])


def is_blank(brightness: float, contrast: float) -> bool:
    return contrast < FLAT or (brightness < DARK and contrast < FLAT_AND_DARK)
