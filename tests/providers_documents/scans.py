"""Pictures of pages, drawn for tests."""

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"  # Latin and Cyrillic
EXIF_ORIENTATION = 274
LINES = ["Ann Lee, Developer", "ann@example.org", "Skills: Python, Django and PostgreSQL", "Acme, 2019 - 2023"]


def drawn(lines: Sequence[str] = LINES, width: int = 800, height: int = 320) -> Image.Image:
    """Black lines of 26 pixels on white paper, which OCR takes a second to read."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 26)
    for number, line in enumerate(lines):
        draw.text((60, 40 + 60 * number), line, fill="black", font=font)
    return image


def jpeg(image: Image.Image, orientation: int = 1) -> bytes:
    target = io.BytesIO()
    exif = image.getexif()
    exif[EXIF_ORIENTATION] = orientation
    image.save(target, "JPEG", quality=85, exif=exif)
    return target.getvalue()


def png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def pdf(*pages: Image.Image | Sequence[str]) -> bytes:
    """A page for each: a picture fills its page, lines are text."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(600, 240))
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, 600, 240)
        else:
            for number, line in enumerate(page):
                canvas.drawString(50, 180 - 30 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
