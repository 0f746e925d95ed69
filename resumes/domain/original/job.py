"""What the child does to show a file: its pages as pictures, and where on them stands what nobody is to see.

No Django here, as in `resumes.domain.parser.job`.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from PIL import Image

from providers.children.base import Refusal
from providers.documents import reading
from providers.documents.base import DocumentError, Kind, Limits
from providers.documents.drawing import draw, render
from providers.documents.images import decode, size_of
from providers.documents.pdf import open_pdf, view_of
from resumes.domain import poisoning
from resumes.domain.sources import Pages

MOST_PAGES = 10
WIDTH = 1000  # pixels
MOST_HEIGHT = 3000
QUALITY = 80
OUTLINE = "outline.json"
Picture = tuple[Any, tuple[float, float]]


def pages(data: bytes, kind: str, limits: dict[str, Any], marked: bool) -> bytes:
    """A ZIP of `1`, `2` … (WebP) and `outline.json`: `{sizes: [[width, height]], marks: [{page, box}]}`, points.

    Raises Refusal for what has no pages. `marked` looks for poisoned text, too.
    """
    try:
        pictures = list(_pictures(data, Kind(kind), Limits(**limits)))
    except DocumentError as error:
        raise Refusal(error.reason) from error
    outline = {"sizes": [size for _, size in pictures], "marks": list(_marks(data, kind, limits)) if marked else []}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(OUTLINE, json.dumps(outline))
        for number, (pixels, _size) in enumerate(pictures, 1):
            archive.writestr(str(number), _packed(pixels))
    return target.getvalue()


def _pictures(data: bytes, kind: Kind, limits: Limits) -> Iterator[Picture]:
    if kind is Kind.IMAGE:
        pixels = decode(data, limits, MOST_HEIGHT)
        yield pixels, size_of(pixels)
        return
    document = open_pdf(data)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        view = view_of(page)
        draw(page, view)  # takes pictures off the page that are too large to decode
        yield render(page, min(WIDTH / max(view.size[0], 1), MOST_HEIGHT / max(view.size[1], 1))), view.size
        page.close()


def _packed(pixels: Any) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((WIDTH, MOST_HEIGHT))
    target = io.BytesIO()
    image.save(target, "WEBP", quality=QUALITY, method=2)
    return target.getvalue()


def _marks(data: bytes, kind: str, limits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Where hidden text and text that speaks to a model stand."""
    try:
        document = reading.read(data, kind, limits)
    except Refusal:  # a picture of text, whose places only OCR would tell
        return
    yield from ({"page": hidden.page, "box": hidden.box} for hidden in document.hidden if hidden.box)
    places = Pages(document)
    for finding in poisoning.inspect(document):
        for span in finding.spans:
            source = places.source(span)
            if source["box"]:
                yield {"page": source["page"], "box": source["box"]}
