"""Which boxes are one person."""

from hypothesis import given
from hypothesis import strategies as st

from providers.vision.base import Box, Face
from providers.vision.merging import is_same, merge

sides = st.floats(0.01, 1.0)
faces = st.builds(Face, st.builds(Box, sides, sides, sides, sides), st.floats(0, 1))


def face(left: float, width: float = 0.2, score: float = 0.9) -> Face:
    return Face(Box(left, 0.1, width, 0.2), score)


def test_two_models_see_one_face_slightly_differently() -> None:
    assert merge([face(0.30)], [face(0.33, score=0.99)]) == (face(0.30),)


def test_a_part_of_a_face_is_that_face() -> None:
    part = Face(Box(0.35, 0.15, 0.05, 0.05), 0.99)
    assert merge([face(0.3)], [part]) == (face(0.3),)


def test_neighbours_stay_two() -> None:
    assert merge([face(0.3), face(0.5)]) == (face(0.3), face(0.5))
    assert merge([face(0.3)], [face(0.43)]) == (face(0.3), face(0.43))


def test_within_a_group_the_surer_one_wins() -> None:
    assert merge([face(0.3, score=0.7), face(0.31, score=0.8)]) == (face(0.31, score=0.8),)


def test_an_empty_box_is_nobody_else() -> None:
    assert not is_same(face(0.3), Face(Box(0.35, 0.15, 0.0, 0.0), 0.9))


@given(st.lists(faces, max_size=6))
def test_merging_again_changes_nothing(found: list[Face]) -> None:
    once = merge(found)
    assert merge(once) == tuple(sorted(once, key=lambda face: face.score, reverse=True))
    assert set(once) <= set(found)
    assert bool(once) == bool(found)
