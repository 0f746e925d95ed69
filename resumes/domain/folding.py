"""Text as it is compared: letters and digits without case, marks or width, each with its place in the original."""

import functools
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

KEPT = "+#"  # C++ and C# are not C


@functools.lru_cache(maxsize=65536)
def letter(character: str) -> str:
    """What a character is compared by: `ﬁ` is `fi`, `Ａ` is `a`, `ё` is `е`; white space and marks are nothing."""
    plain = (one for one in unicodedata.normalize("NFKD", character) if unicodedata.category(one) != "Mn")
    joined = unicodedata.normalize("NFC", "".join(plain)).casefold()
    return "".join(one for one in joined if one.isalnum() or one in KEPT)


def fold(text: str) -> str:
    return "".join(map(letter, text))


@dataclass(frozen=True)
class Folded:
    """A folded text; `places` are the offsets in `original` of its characters."""

    original: str
    text: str = field(init=False)
    places: "array[int]" = field(init=False)

    def __post_init__(self) -> None:
        letters, places = [], array("I")
        for offset, character in enumerate(self.original):
            if plain := letter(character):
                letters.append(plain)
                places.extend([offset] * len(plain))
        object.__setattr__(self, "text", "".join(letters))
        object.__setattr__(self, "places", places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters `start` to `end` (not empty) stand in the original."""
        return self.places[start], self.places[end - 1] + 1

    def find(self, wanted: str, most: int) -> Iterator[int]:
        """The first `most` places, not overlapping, of a folded text."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0 and most > 0:
            yield at
            at, most = self.text.find(wanted, at + len(wanted)), most - 1

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the words at both ends are whole: no `Java` in `JavaScript`. Chinese and Korean have no ends."""
        first, last = self.span(start, end)
        if (start and self.places[start - 1] == first) or self.places[end : end + 1] == array("I", [last - 1]):
            return False  # a piece of one character, such as the `1` of `¼`
        return not (_joins(self.original, first - 1, first) or _joins(self.original, last - 1, last))


def _joins(text: str, left: int, right: int) -> bool:
    """Whether two neighbouring characters belong to one word."""
    if left < 0 or right >= len(text):
        return False
    one, other = text[left], text[right]
    if other in KEPT and one.isalnum():
        return True
    return one.isalnum() and other.isalnum() and not (_is_cjk(one) or _is_cjk(other))


def _is_cjk(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" or "\uf900" <= character <= "\ufaff"
