import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.consumers.jpeg import fits_camera, size_of

Image = pytest.importorskip("PIL.Image")


def picture(width: int, height: int, **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height)).save(target, "JPEG", **options)
    return target.getvalue()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"exif": b"Exif\0\0" + bytes(5_000)}])
def test_the_size_is_read_from_the_header(options: dict[str, object]) -> None:
    assert size_of(picture(640, 480, **options)) == (640, 480)


@pytest.mark.parametrize(
    ("size", "fits"),
    [((640, 480), True), ((1920, 1080), True), ((1080, 1920), True), ((1921, 1080), False), ((1200, 1200), False)],
)
def test_a_camera_frame_has_at_most_full_hd(size: tuple[int, int], fits: bool) -> None:
    assert fits_camera(picture(*size)) is fits


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0\x00\x00" * 9])
def test_what_is_no_jpeg_has_no_size(data: bytes) -> None:
    assert size_of(data) is None
    assert fits_camera(data) is False


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    size_of(b"\xff\xd8\xff" + data)
