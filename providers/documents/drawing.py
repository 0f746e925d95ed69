"""What a PDF page draws besides its text, and how it looks with and without that text."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as raw

from providers.documents.geometry import Box, View, area, common

Pixels = npt.NDArray[np.uint8]
MOST_PIXELS = 40_000_000  # of one picture: A4 at 600 dots an inch is 35 million
MOST_DRAWN = 20_000  # objects that are no text: a map; drawing it would take seconds
DEEPEST = 8  # forms in forms


@dataclass
class Drawing:
    """`texts` are handles, `pictures` the boxes of those that can be decoded, as seen, `shapes` a count."""

    page: Any  # pypdfium2.PdfPage
    texts: list[Any]
    pictures: list[Box]
    shapes: int

    def covered_by_pictures(self, view: View) -> float:
        """The pictures' share of the page, at most 1: some scanners cut a page into strips."""
        width, height = view.size
        whole = (0.0, 0.0, width, height)
        return min(1.0, sum(area(common(box, whole)) for box in self.pictures) / max(area(whole), 1.0))

    def looks(self) -> "Looks | None":
        """The page in pixels of one point, with its text and without; None where drawing would take too long."""
        if self.shapes > MOST_DRAWN:
            return None
        with_text = render(self.page, 1.0)
        for handle in self.texts:
            raw.FPDFPageObj_SetIsActive(handle, False)
        paper = render(self.page, 1.0)
        for handle in self.texts:
            raw.FPDFPageObj_SetIsActive(handle, True)
        changed: Pixels = np.maximum(with_text, paper) - np.minimum(with_text, paper)
        return Looks(paper, changed.max(axis=2))


@dataclass(frozen=True)
class Looks:
    """`paper` is the page without its text, [height, width, 3]; `ink` how much the text changes it, [height, width]."""

    paper: Pixels
    ink: Pixels

    def cut(self, box: Box, view: View) -> "Looks":
        """The part in a box, at least one pixel each way where it lies on the page."""
        across, down = self.ink.shape[1] / view.size[0], self.ink.shape[0] / view.size[1]
        left, right = max(int(box[0] * across), 0), int(box[2] * across) + 1
        top, bottom = max(int((view.size[1] - box[3]) * down), 0), int((view.size[1] - box[1]) * down) + 1
        return Looks(self.paper[top:bottom, left:right], self.ink[top:bottom, left:right])


def draw(page: Any, view: View) -> Drawing:
    """Looks through a page's objects, those of forms too. A picture too large to decode is taken off the page."""
    drawing = Drawing(page, texts=[], pictures=[], shapes=0)
    for handle, kind, at_top in _objects(page.raw):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawing.texts.append(handle)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and _pixels(handle) > MOST_PIXELS:
            raw.FPDFPageObj_SetIsActive(handle, False)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and at_top:
            drawing.pictures.append(view.seen(_bounds(handle)))
        else:
            drawing.shapes += kind != raw.FPDF_PAGEOBJ_FORM
            if kind == raw.FPDF_PAGEOBJ_FORM and _holds_picture(handle):
                drawing.pictures.append(view.seen(_bounds(handle)))
    return drawing


def render(page: Any, scale: float) -> Pixels:
    """RGB, height x width x 3, white where nothing is drawn, no larger than a page of 2 x 2 metres."""
    largest = max(page.get_size()) * scale
    bitmap = page.render(
        scale=scale * min(1.0, 6000 / max(largest, 1.0)), may_draw_forms=False, draw_annots=False, rev_byteorder=True
    )
    pixels: Pixels = bitmap.to_numpy()[:, :, :3].copy()  # the bitmap's memory goes with it
    return pixels


def _objects(page: Any) -> Iterator[tuple[Any, int, bool]]:
    """Each object's handle and kind, and whether the page holds it itself rather than through a form."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        handle = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(handle)
        yield handle, kind, True
        if kind == raw.FPDF_PAGEOBJ_FORM:
            for inner, its_kind in _inside(handle, 1):
                yield inner, its_kind, False


def _inside(form: Any, depth: int) -> Iterator[tuple[Any, int]]:
    for index in range(raw.FPDFFormObj_CountObjects(form) if depth <= DEEPEST else 0):
        handle = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(handle)
        yield handle, kind
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _inside(handle, depth + 1)


def _holds_picture(form: Any) -> bool:
    return any(kind == raw.FPDF_PAGEOBJ_IMAGE and _pixels(handle) <= MOST_PIXELS for handle, kind in _inside(form, 1))


def _pixels(picture: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(picture, ctypes.byref(width), ctypes.byref(height))
    return width.value * height.value


def _bounds(handle: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return (left, bottom, right, top)
