"""Boxes on a page as it is looked at: turned by /Rotate, its visible part's lower left corner at (0, 0), in points."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class View:
    """What of a page is shown: the crop box in the page's own coordinates, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def seen(self, box: Box) -> Box:
        """A box of the page's own coordinates, where a reader sees it."""
        moved = (box[0] - self.left, box[1] - self.bottom, box[2] - self.left, box[3] - self.bottom)
        return turned(moved, self.quarters, (self.right - self.left, self.top - self.bottom))


def turned(box: Box, quarters: int, size: tuple[float, float]) -> Box:
    """A box of an area of `size` after that area was turned clockwise."""
    left, bottom, right, top = box
    width, height = size
    match quarters % 4:
        case 1:
            return (bottom, width - right, top, width - left)
        case 2:
            return (width - right, height - top, width - left, height - bottom)
        case 3:
            return (height - top, left, height - bottom, right)
    return box


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def common(box: Box, other: Box) -> Box:
    """The intersection; of no area where they do not meet."""
    return (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))


def around(boxes: list[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def rounded(box: Box) -> Box:
    """To tenths of a point."""
    left, bottom, right, top = (round(edge, 1) for edge in box)
    return (left, bottom, right, top)
