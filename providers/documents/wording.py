"""How Word sets a run: by its own marks, else by its styles', else by the document's defaults (ECMA-376, 17.7.2)."""

from collections.abc import Iterator
from typing import Any

from providers.documents.base import Why
from providers.documents.hidden import ALIKE, TINY

OFF = ("0", "false", "off")
WHITE = (255, 255, 255)
#: The colours that a highlight has by name; any other is dark enough for white letters.
LIGHT = {"white": WHITE, "yellow": (255, 255, 0), "lightGray": (192, 192, 192), "cyan": (0, 255, 255)}
DARK = (0, 0, 0)
Colour = tuple[int, int, int]


class Styles:
    """The styles of one document. `root` is its `w:styles`, `body` what is asked for the page's own colour."""

    def __init__(self, root: Any, body: Any) -> None:
        self._by_id = {attribute(style, "styleId"): style for style in root if tag(style) == "style"}
        default = (style for style in self._by_id.values() if attribute(style, "default") in ("1", "true"))
        self._default = next((attribute(s, "styleId") for s in default if attribute(s, "type") == "paragraph"), "")
        self._defaults = next(iter(root.iter("{*}rPrDefault")), None)
        self._chains: dict[str, list[Any]] = {}
        self._paper = page_colour(body)

    def name(self, paragraph: Any) -> str:
        """The name of the paragraph's style in lower case, such as `heading 1`; empty for the default."""
        style = self._by_id.get(style_id(child(paragraph, "pPr"), "pStyle"))
        return value(child(style, "name")).lower()

    def why_hidden(self, run: Any, paragraph: Any) -> Why | None:
        """Why nobody sees the words of a run; None for those that are seen."""
        if self._is_on(run, paragraph, "vanish") or self._is_on(run, paragraph, "webHidden"):
            return Why.HIDDEN
        size = value(self._mark(run, paragraph, "sz"))
        if size.isdecimal() and int(size) / 2 < TINY:  # it counts half points
            return Why.TINY
        colour = rgb(value(self._mark(run, paragraph, "color")))
        paper = self._behind(run, paragraph) if colour else None
        alike = colour and paper and max(abs(a - b) for a, b in zip(colour, paper, strict=True)) <= ALIKE
        return Why.WHITE if alike else None

    def _is_on(self, run: Any, paragraph: Any, name: str) -> bool:
        mark = self._mark(run, paragraph, name)
        return mark is not None and value(mark) not in OFF

    def _mark(self, run: Any, paragraph: Any, name: str) -> Any:
        """The nearest element that says this of the run; None if nothing does."""
        marks = (child(properties, name) for properties in self._run_properties(run, paragraph))
        return next((mark for mark in marks if mark is not None), None)

    def _run_properties(self, run: Any, paragraph: Any) -> Iterator[Any]:
        own = child(run, "rPr")
        yield own
        for style in (*self._chain(style_id(own, "rStyle")), *self._chain(self._paragraph_style(paragraph))):
            yield child(style, "rPr")
        yield child(self._defaults, "rPr")

    def _paragraph_style(self, paragraph: Any) -> str:
        return style_id(child(paragraph, "pPr"), "pStyle") or self._default

    def _chain(self, style: str) -> list[Any]:
        """A style and those that it is based on."""
        if style not in self._chains:
            chain: list[Any] = []
            at = style
            while at in self._by_id and self._by_id[at] not in chain:
                chain.append(self._by_id[at])
                at = value(child(self._by_id[at], "basedOn"))
            self._chains[style] = chain
        return self._chains[style]

    def _behind(self, run: Any, paragraph: Any) -> Colour | None:
        """The colour behind a run; None where something is drawn there that only Word knows."""
        mark = self._mark(run, paragraph, "highlight")
        if mark is not None and value(mark) != "none":
            return LIGHT.get(value(mark), DARK)
        shades = [child(properties, "shd") for properties in self._run_properties(run, paragraph)]
        shades.append(child(child(paragraph, "pPr"), "shd"))
        shades += [child(child(s, "pPr"), "shd") for s in self._chain(self._paragraph_style(paragraph))]
        filled = next((shade for shade in shades if is_filled(shade)), None)
        return rgb(attribute(filled, "fill")) if filled is not None else self._around(paragraph)

    def _around(self, paragraph: Any) -> Colour | None:
        """The colour of the table's cell, of the text box, or of the page."""
        for parent in paragraph.iterancestors():
            if tag(parent) == "tc" and is_filled(shade := child(child(parent, "tcPr"), "shd")):
                return rgb(attribute(shade, "fill"))
            if tag(parent) == "tbl" and self._is_coloured(parent):
                return None
            if tag(parent) in ("txbx", "textbox"):
                return None  # the shape's own fill, of a theme's colours mostly
        return self._paper

    def _is_coloured(self, table: Any) -> bool:
        chain = self._chain(style_id(child(table, "tblPr"), "tblStyle"))
        return any(is_filled(shade) for style in chain for shade in style.iter("{*}shd"))


def page_colour(body: Any) -> Colour | None:
    """White; a background that is set; None where a picture or a shape lies behind the text."""
    if any(attribute(anchor, "behindDoc") == "1" for anchor in body.iter("{*}anchor")):
        return None
    background = child(body.getparent(), "background")
    return WHITE if background is None else rgb(attribute(background, "color"))


def is_filled(shade: Any) -> bool:
    return shade is not None and attribute(shade, "fill") not in ("", "auto")


def rgb(text: str) -> Colour | None:
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError:  # `auto`, or none
        return None
    return (red, green, blue)


def style_id(properties: Any, name: str) -> str:
    return value(child(properties, name))


def child(element: Any, name: str) -> Any:
    """The first child of that name; None also for no element."""
    return None if element is None else next((one for one in element if tag(one) == name), None)


def value(element: Any) -> str:
    return attribute(element, "val")


def attribute(element: Any, name: str) -> str:
    """By its local name: strict documents have namespaces of their own."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def tag(element: Any) -> str:
    name = element.tag
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else ""
