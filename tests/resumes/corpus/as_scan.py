"""Turns a PDF into what a scanner or a telephone makes of it: pictures, a little askew, with noise."""

import io
import random
import time

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

DPI = 170


def scan(pdf: bytes, seed: int) -> bytes:
    """A PDF of grey JPEG pictures, each turned by up to one degree."""
    rng = random.Random(seed)
    pages = [_worn(page.convert("L"), rng) for page in _pictures(pdf)]
    target = io.BytesIO()
    clock = time.gmtime(0)
    pages[0].save(
        target,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DPI,
        quality=60,
        creationDate=clock,
        modDate=clock,
    )
    return target.getvalue()


def photo(pdf: bytes, seed: int) -> bytes:
    """A JPEG, or for an even seed a PNG, of the first page: askew, noisy, darker to one side."""
    rng = random.Random(seed)
    page = _worn(next(iter(_pictures(pdf))).convert("RGB"), rng)
    shade = np.linspace(1.0, 0.8, page.width)[None, :, None]
    shaded = Image.fromarray((np.asarray(page) * shade).astype(np.uint8))
    target = io.BytesIO()
    shaded.save(target, "PNG" if seed % 2 == 0 else "JPEG", quality=70)
    return target.getvalue()


def _pictures(pdf: bytes) -> list[Image.Image]:
    document = pdfium.PdfDocument(pdf)
    return [page.render(scale=DPI / 72).to_pil() for page in document]


def _worn(page: Image.Image, rng: random.Random) -> Image.Image:
    white = 255 if page.mode == "L" else (255, 255, 255)
    turned = page.rotate(rng.uniform(-1.0, 1.0), resample=Image.Resampling.BICUBIC, fillcolor=white)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 7, np.asarray(turned).shape)
    return Image.fromarray(np.clip(np.asarray(turned) + noise, 0, 255).astype(np.uint8))
