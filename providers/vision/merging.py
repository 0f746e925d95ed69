"""Several looks at one frame find the same face again: which boxes are one person."""

from collections.abc import Iterable

from providers.vision.base import Face

SAME_FACE = 0.4


def is_same(one: Face, other: Face) -> bool:
    """Whether the smaller box lies in the other by at least 40%.

    Measured against the smaller area, not the union: a part of a large face found in a magnified piece of the frame
    lies wholly inside it and has next to no intersection over union.
    """
    smaller = min(one.box.area, other.box.area)
    return smaller > 0 and one.box.shared_area(other.box) >= SAME_FACE * smaller


def merge(*groups: Iterable[Face]) -> tuple[Face, ...]:
    """The faces of all groups, each person once. An earlier group wins over a later one, then the higher score."""
    kept: list[Face] = []
    for group in groups:
        for face in sorted(group, key=lambda face: face.score, reverse=True):
            if not any(is_same(face, other) for other in kept):
                kept.append(face)
    return tuple(kept)
