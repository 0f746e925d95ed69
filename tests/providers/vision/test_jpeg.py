"""What of the bytes that a camera sends is decoded at all."""

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from providers.base import BadInputError
from providers.vision import jpeg

PERSON = Path("tests/fixtures/faces/one_person.jpg")


def encoded(width: int, height: int, colour: str = "grey", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(BadInputError) as caught:
        jpeg.decode(data)
    return caught.value.code, str(caught.value)


def with_size(width: int, height: int) -> bytes:
    """A JPEG whose header claims another size than it has."""
    data = bytearray(encoded(16, 16))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def test_a_picture_becomes_rgb_pixels() -> None:
    picture = jpeg.decode(encoded(64, 48, "red"))
    assert (picture.width, picture.height, picture.pixels.shape) == (64, 48, (48, 64, 3))
    assert picture.pixels[20, 20].tolist() == [254, 0, 0]


@pytest.mark.parametrize(
    ("width", "least", "decoded"),
    [(640, 640, 640), (640, 320, 320), (639, 320, 639), (1280, 320, 320), (1920, 640, 960)],
)
def test_a_picture_larger_than_needed_is_shrunk_while_decoding(width: int, least: int, decoded: int) -> None:
    picture = jpeg.decode(encoded(width, 480), least=least)
    assert (picture.width, picture.height, picture.pixels.shape[1]) == (width, 480, decoded)


def test_a_picture_taken_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned a quarter to the left
    picture = jpeg.decode(encoded(64, 48, exif=exif))
    assert (picture.width, picture.height, picture.pixels.shape) == (48, 64, (64, 48, 3))


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1, 1)])
def test_the_largest_and_the_smallest_size_are_read(width: int, height: int) -> None:
    assert jpeg.size(encoded(width, height)) == (width, height)


@pytest.mark.parametrize(("width", "height"), [(1921, 1080), (1920, 1081), (1081, 1081), (1080, 1921)])
def test_more_pixels_are_refused(width: int, height: int) -> None:
    assert refusal(encoded(width, height)) == ("too_large", "A camera frame may have at most 1920x1080 pixels.")


def test_an_image_bomb_is_refused_from_its_header() -> None:
    bomb = with_size(65500, 65500)
    began = time.process_time()
    assert refusal(bomb)[0] == "too_large"
    assert time.process_time() - began < 2  # decoding it would need 12 GB


def test_more_bytes_are_refused() -> None:
    assert refusal(PERSON.read_bytes() + bytes(1024 * 1024)) == ("too_large", "A camera frame may have at most 1 MiB.")


def test_an_ordinary_progressive_picture_is_read_and_one_of_many_scans_refused() -> None:
    progressive = encoded(64, 48, progressive=True)
    assert jpeg.decode(progressive).pixels.shape == (48, 64, 3)
    scan = progressive[progressive.index(b"\xff\xda") : -2]
    assert refusal(progressive[:-2] + scan * 30 + b"\xff\xd9") == ("too_large", "The camera frame has too many scans.")


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + bytes(200),
        b"\xff\xd8\xff",
        bytes(1000),
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        PERSON.read_bytes()[:200],
        PERSON.read_bytes()[: PERSON.stat().st_size // 2],
    ],
    ids=["gif", "start only", "zeros", "png", "header only", "half"],
)
def test_what_is_no_whole_jpeg_is_unreadable(data: bytes) -> None:
    assert refusal(data) == ("unreadable", "The camera frame is not a readable JPEG.")


def test_nothing_is_empty() -> None:
    assert refusal(b"") == ("empty", "The camera frame is empty.")


def test_a_grey_picture_has_three_channels_too() -> None:
    buffer = io.BytesIO()
    Image.new("L", (32, 16), 100).save(buffer, "JPEG")
    assert jpeg.decode(buffer.getvalue()).pixels.shape == (16, 32, 3)
