"""Text as a model reads it, whatever it is disguised as: each form of it with the places of its characters."""

import base64
import binascii
import functools
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from providers.yaml_files import read_yaml

Span = tuple[int, int]
Look = Callable[[str], str]
DATA = Path(__file__).parent / "data"
#: Characters without a glyph that spell ASCII (tags) or bytes (variation selectors), one for one.
TAGS = range(0xE0000, 0xE0080)
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
SMUGGLED = re.compile("[\U000e0020-\U000e007e]{2,}\U000e007f?|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")
#: The flags of England, Scotland and Wales are spelled with six tags.
FLAG, FLAG_TAGS = "\U0001f3f4", 6
LETTERS = "[A-Za-z0-9+/_-]"
ENCODED = re.compile(rf"({LETTERS}{{16,}}(?:\n{LETTERS}{{16,}})*)(\n{LETTERS}{{1,15}})?={{0,2}}")
#: Letters in boxes and flags, which Unicode does not take for letters: the first of each 26.
BOXED = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
SPACES = re.compile(" {2,}")
LEET = str.maketrans("01345789@$|", "oieastbgasl")


@functools.cache
def rules() -> dict[str, Any]:
    value: dict[str, Any] = read_yaml(DATA / "poisoning.yaml")
    return value


@dataclass(frozen=True)
class Form:
    """`places` are the offsets in the original of the characters of `text`."""

    text: str
    places: "array[int]"

    def span(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` (not only spaces) stand in the original."""
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        return self.places[start], self.places[end - 1] + 1


def joined(text: str, look: Look) -> Form:
    """Letters and digits alone, so that neither spacing nor punctuation hides a word."""
    return _form(text, lambda character: "".join(filter(str.isalnum, look(character))))


def spaced(text: str, look: Look) -> Form:
    """Words and punctuation, with one space for any white space."""
    whole = _form(text, lambda character: " " if character.isspace() else look(character))
    places, at = array("I"), 0
    for match in SPACES.finditer(whole.text):
        places.extend(whole.places[at : match.start() + 1])
        at = match.end()
    places.extend(whole.places[at:])
    return Form(SPACES.sub(" ", whole.text), places)


def _form(text: str, look: Look) -> Form:
    known = {character: look(character) for character in set(text)}
    letters = [known[character] for character in text]
    if all(len(letter) <= 1 for letter in known.values()):
        places = array("I", compress(range(len(text)), letters))
    else:
        places = array("I", (place for place, letter in enumerate(letters) for _ in letter))
    return Form("".join(letters), places)


@functools.lru_cache(maxsize=65536)
def plain(character: str) -> str:
    """Without case, width, accents and whatever has no glyph."""
    boxed = next((start for start in BOXED if start <= ord(character) < start + 26), None)
    if boxed is not None:
        return chr(ord("a") + ord(character) - boxed)
    parts = (
        one for one in unicodedata.normalize("NFKD", character) if unicodedata.category(one) not in {"Mn", "Me", "Cf"}
    )
    folded = unicodedata.normalize("NFC", "".join(parts)).casefold()
    return "".join(" " if one.isspace() else one for one in folded if unicodedata.category(one) not in {"Mn", "Cc"})


def plain_text(text: str) -> str:
    """`plain` of a text, whose lines stay lines."""
    known = {character: plain(character) for character in set(text)} | {"\n": "\n"}
    return "".join(map(known.__getitem__, text))


def latin(character: str) -> str:
    return plain(character).translate(_alike("latin"))


def cyrillic(character: str) -> str:
    return plain(character).translate(_alike("cyrillic"))


def leet(character: str) -> str:
    return latin(character).translate(LEET)


@functools.cache
def _alike(alphabet: str) -> dict[int, str]:
    """The rules list pairs: a letter, and the one it looks like."""
    pairs = rules()["alike"][alphabet]
    return {ord(letter): like for letter, like in zip(pairs[::2], pairs[1::2], strict=True)}


def smuggled(text: str) -> Iterator[tuple[Span, str]]:
    """Runs of characters without a glyph, and what they spell."""
    for match in SMUGGLED.finditer(text):
        is_flag = text.endswith(FLAG, 0, match.start()) and len(match.group()) <= FLAG_TAGS
        if not is_flag:
            yield match.span(), "".join(map(_spelled, match.group()))


def _spelled(character: str) -> str:
    code = ord(character)
    if code in TAGS:
        return chr(code - TAGS.start)
    byte = code - SELECTORS[0].start if code in SELECTORS[0] else code - SELECTORS[1].start + 16
    return chr(byte) if 32 <= byte < 127 else ""


def encoded(text: str) -> Iterator[tuple[Span, str]]:
    """Pieces of Base64 that are text, and that text. The line below one may belong to it or not."""
    for match in ENCODED.finditer(text):
        for end in (match.end(), match.end(1)):
            if decoded := _decoded(text[match.start() : end]):
                yield (match.start(), end), decoded
                break


def _decoded(piece: str) -> str:
    """Nothing for what is no text."""
    letters = re.sub(r"[\n=]", "", piece).translate(str.maketrans("-_", "+/"))
    try:
        decoded = base64.b64decode(letters + "=" * (-len(letters) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded if decoded.replace("\n", "").isprintable() else ""
