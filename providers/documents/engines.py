"""The OCR engine of this process."""

from functools import lru_cache
from pathlib import Path

from providers.documents.base import Limits
from providers.ocr.base import Ocr


def ocr_of(limits: Limits) -> Ocr:
    return _rapid(limits.ocr_models)


@lru_cache(maxsize=1)
def _rapid(folder: str) -> Ocr:
    from providers.ocr import tesseract  # here: a second of imports that text need not pay
    from providers.ocr.rapid import RapidOcr

    return RapidOcr(Path(folder) if folder else None, tesseract.installed())
