"""How many people are in a picture, with the real models."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from providers.base import BadInputError
from providers.vision.base import Box, Face
from providers.vision.mediapipe import PIECES, MediaPipeFaceCounter, is_blank

SHIPPED = Path("tests/fixtures/faces")
PHOTOGRAPHS = Path(__file__).resolve().parents[4] / "shared" / "material" / "faces"
TRUTHS = {
    "biden": 1,
    "cat": 0,
    "couple": 2,
    "img16": 1,
    "img17": 1,
    "img61": 1,
    "obama": 1,
    "obama-240p": 1,
    "obama2": 1,
    "obama_and_biden": 2,
    "obama_partial_face": 1,
    "obama_small": 1,
    "resume_page": 0,
    "two_people": 2,
}


def shipped(name: str) -> bytes:
    return (SHIPPED / f"{name}.jpg").read_bytes()


def webcam(photograph: Path) -> bytes:
    """The photograph as a webcam would send it: at most 640x480."""
    picture = cv2.imread(str(photograph))
    scale = min(1.0, 640 / picture.shape[1], 480 / picture.shape[0])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    encoded: bytes = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
    return encoded


@pytest.mark.parametrize(
    ("name", "quick", "thorough"),
    [("empty_room", 0, 0), ("one_person", 1, 1), ("two_people", 2, 2), ("second_at_the_back", 1, 2), ("covered", 0, 0)],
)
def test_shipped_pictures(counter: MediaPipeFaceCounter, name: str, quick: int, thorough: int) -> None:
    assert len(counter.look(shipped(name), thorough=False).faces) == quick
    assert len(counter.look(shipped(name), thorough=True).faces) == thorough


def test_a_report_says_where_the_faces_are(counter: MediaPipeFaceCounter) -> None:
    report = counter.look(shipped("second_at_the_back"))
    near, far = sorted(report.faces, key=lambda face: face.box.width, reverse=True)
    assert (report.width, report.height, report.blank, report.thorough) == (640, 480, False, True)
    assert near.box.left + near.box.width / 2 == pytest.approx(0.5, abs=0.03)
    assert near.box.width == pytest.approx(0.2, abs=0.02)
    assert far.box.left + far.box.width / 2 == pytest.approx(560 / 640, abs=0.02)
    assert far.box.width == pytest.approx(0.05, abs=0.02)


def test_a_covered_lens_is_blank_and_a_room_is_not(counter: MediaPipeFaceCounter) -> None:
    assert counter.look(shipped("covered")).blank
    assert not counter.look(shipped("empty_room")).blank


@pytest.mark.parametrize(
    ("brightness", "contrast", "blank"),
    [(7, 2, True), (128, 3, True), (255, 0, True), (12, 11, True), (12, 13, False), (40, 20, False), (17, 7, False)],
)
def test_blank_means_without_detail(brightness: float, contrast: float, blank: bool) -> None:
    assert is_blank(brightness, contrast) is blank


def test_a_dim_picture_of_a_person_is_not_blank(counter: MediaPipeFaceCounter) -> None:
    picture = cv2.imread(str(SHIPPED / "one_person.jpg"))
    dim = cv2.imencode(".jpg", (picture * 0.2).astype(np.uint8))[1].tobytes()
    report = counter.look(dim)
    assert (report.blank, len(report.faces)) == (False, 1)


def test_the_same_person_in_a_large_frame(counter: MediaPipeFaceCounter) -> None:
    large = cv2.resize(cv2.imread(str(SHIPPED / "second_at_the_back.jpg")), (1440, 1080))
    assert len(counter.look(cv2.imencode(".jpg", large)[1].tobytes()).faces) == 2


def test_what_is_no_picture_raises(counter: MediaPipeFaceCounter) -> None:
    with pytest.raises(BadInputError) as caught:
        counter.look(b"not a picture")
    assert caught.value.code == "unreadable"


def test_pieces_cover_the_upper_part_and_place_faces_in_the_frame() -> None:
    left, middle, right = PIECES
    assert (left.left, right.right) == (0.0, 1.0)
    assert left.right > middle.left
    assert middle.right > right.left
    placed = right.in_frame(Face(Box(0.5, 0.5, 0.1, 0.1), 0.9))
    assert placed.box == Box(0.78125, 0.292, pytest.approx(0.04375), pytest.approx(0.0584))


def test_a_face_across_an_inner_side_of_a_piece_is_left_to_its_neighbour() -> None:
    left, _middle, right = PIECES
    assert left.cuts(Face(Box(0.42, 0.1, 0.05, 0.05), 0.9))
    assert right.cuts(Face(Box(0.55, 0.1, 0.05, 0.05), 0.9))
    assert left.cuts(Face(Box(0.1, 0.57, 0.05, 0.05), 0.9))
    assert not left.cuts(Face(Box(-0.01, -0.01, 0.05, 0.05), 0.9))


@pytest.mark.skipif(not PHOTOGRAPHS.exists(), reason="the collection of real photographs is not on this machine")
@pytest.mark.parametrize(("name", "people"), TRUTHS.items())
@pytest.mark.parametrize("thorough", [False, True], ids=["quick", "thorough"])
def test_real_photographs(counter: MediaPipeFaceCounter, name: str, people: int, thorough: bool) -> None:
    assert len(counter.look(webcam(PHOTOGRAPHS / f"{name}.jpg"), thorough=thorough).faces) == people


@pytest.mark.skipif(not PHOTOGRAPHS.exists(), reason="the collection of real photographs is not on this machine")
def test_a_crowd_is_more_than_one(counter: MediaPipeFaceCounter) -> None:
    assert len(counter.look(webcam(PHOTOGRAPHS / "selfie-many-people.jpg")).faces) >= 4
