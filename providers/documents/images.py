"""Reads a photo or scan of one page."""

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from providers.documents.base import Document, DocumentError, Limits, Line, PicturesOfText, Reason
from providers.documents.engines import ocr_of
from providers.documents.geometry import rounded
from providers.documents.scans import read_scan
from providers.ocr.base import Picture

A4_HEIGHT = 842.0  # points that the longer side of any photo counts as
MOST_SIDE = 2000  # pixels; a photo shows more than the page
FORMATS = ("JPEG", "PNG")


def read_image(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError for what is no picture or no text, PicturesOfText without OCR."""
    if not limits.ocr:
        check(data, limits)
        raise PicturesOfText
    image = decode(data, limits, MOST_SIDE)
    scan = read_scan(ocr_of(limits), image, size_of(image))
    if scan.unread > 0.5:
        raise DocumentError(Reason.OCR_LANGUAGE)
    if not scan.rows:
        raise DocumentError(Reason.NO_TEXT_LAYER)
    lines = [Line(row.text, size=round(row.size, 1), gap=row.gap, box=rounded(row.box)) for row in scan.rows]
    return Document(
        lines=lines, read_by_ocr=[1], doubtful_pages=[1] if scan.doubtful else [], page_sizes=[size_of(image)]
    )


def check(data: bytes, limits: Limits) -> Image.Image:
    """The picture, its size checked and none of it decoded."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise DocumentError(Reason.TOO_LARGE_INSIDE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DocumentError(Reason.CORRUPT) from error
    if image.width * image.height > limits.picture_pixels:
        raise DocumentError(Reason.TOO_LARGE_INSIDE)
    return image


def decode(data: bytes, limits: Limits, longest: int) -> Picture:
    """RGB on white, upright by its EXIF mark, its longer side at most `longest` pixels."""
    image = check(data, limits)
    try:
        image.draft("RGB", (longest, longest))  # lets JPEG leave out what would be thrown away
        upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError) as error:
        raise DocumentError(Reason.CORRUPT) from error
    upright.thumbnail((longest, longest))
    if "A" in upright.getbands() or "transparency" in upright.info:
        rgba = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return np.array(upright.convert("RGB"))


def size_of(image: Picture) -> tuple[float, float]:
    """Points, for a picture that says nothing of its size on paper."""
    height, width = image.shape[:2]
    scale = A4_HEIGHT / max(height, width)
    return (round(width * scale, 1), round(height * scale, 1))
