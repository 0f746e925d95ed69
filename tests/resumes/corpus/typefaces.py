"""The fonts that the resumes are set in, among them one made here, with icons and old-style figures."""

import functools
import tempfile
import threading
from pathlib import Path

import matplotlib
import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

OWN = "Viva Icons"
# Font Awesome's places for an envelope, a telephone and a map pin; the shapes are DejaVu's.
ICONS = {0xF0E0: "\u2709", 0xF095: "\u260e", 0xF041: "\u25c9"}
OLD_STYLE_ZERO = 0xF730  # Adobe's place for old-style figures in the private-use area
CJK = {"zh": ("Noto Sans CJK SC", "Noto Serif CJK SC"), "ko": ("Noto Sans CJK KR", "Noto Serif CJK KR")}
LATIN = {"en": ("Libertinus Serif", "DejaVu Sans"), "ru": ("DejaVu Sans", "Libertinus Serif")}
_making = threading.Lock()


def missing(language: str) -> str:
    """Why a language cannot be set on this machine; empty if it can."""
    families = set(fonts().families())
    if language not in CJK or any(name in families for name in CJK[language]):
        return ""
    return f"no font for {language} on this machine: on Debian install fonts-noto-cjk"


def stack(language: str, number: int) -> list[str]:
    """Families to try in turn for each letter. Typst carries Libertinus, matplotlib DejaVu."""
    own = (CJK | LATIN)[language]
    return [own[number % len(own)], *own, "DejaVu Sans", OWN]


def fonts() -> typst.Fonts:
    """Made once, whichever thread asks first: two at once would read each other's half-written file."""
    with _making:
        return _fonts()


@functools.cache
def _fonts() -> typst.Fonts:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    _make(folder / "DejaVuSans.ttf", Path(_made().name) / "icons.ttf")
    return typst.Fonts(include_system_fonts=True, font_paths=[str(folder), _made().name])


@functools.cache
def _made() -> "tempfile.TemporaryDirectory[str]":
    """Stays as long as the process: a font is read when it is first used."""
    return tempfile.TemporaryDirectory()


def _make(source: Path, target: Path) -> None:
    font = TTFont(source)
    for table in font["cmap"].tables:
        if table.format in (4, 12):
            known = dict(table.cmap)
            table.cmap.update({place: known[ord(shape)] for place, shape in ICONS.items() if ord(shape) in known})
            table.cmap.update({OLD_STYLE_ZERO + digit: known[ord(str(digit))] for digit in range(10)})
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = OWN if record.nameID != 6 else OWN.replace(" ", "")
    font.save(target)
