"""Whether the letters that a PDF's text layer gives are those that its page shows."""

from collections import Counter
from collections.abc import Iterable
from statistics import correlation
from string import ascii_lowercase

from providers.documents.glyphs import Glyph

LEAST_GLYPHS = 40
ODD_SHARE = 0.15
VOWELS = "aeiouy"
LEAST_VOWELS = 0.2  # of Latin letters; English, transliterations and lists of acronyms have 0.3 and more
LEAST_LATIN = 150
#: How often each letter comes in English, in tenths of a percent, a to z (Lewand, Cryptological Mathematics, 2000).
USUAL = [82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1]
LEAST_LIKE = 0.25
LEAST_SIGNS = 4  # different private-use characters within words: letters or digits; an icon or a star stands for itself


def is_garbled(words: Iterable[list[Glyph]]) -> bool:
    """Whether a font maps its glyphs to anything but their meaning: nowhere, to private use, or to other letters."""
    parts = list(words)
    glyphs = [glyph for word in parts for glyph in word]
    if len(private_in_words(parts)) >= LEAST_SIGNS:
        return True
    if len(glyphs) < LEAST_GLYPHS:
        return False
    odd = sum(glyph.run.unmapped or glyph.letter < " " or glyph.letter == "\ufffd" for glyph in glyphs)
    letters = [glyph.letter for glyph in glyphs]
    return odd > ODD_SHARE * len(glyphs) or is_cipher(letters) or is_another_code_page(letters)


def private_in_words(words: Iterable[list[Glyph]]) -> set[str]:
    """The private-use characters that stand beside another character; the first of a word may be its icon."""
    return {glyph.letter for word in words for glyph in word[1:] if is_private(glyph.letter)}


def is_private(letter: str) -> bool:
    return "\ue000" <= letter <= "\uf8ff"


def is_cipher(letters: list[str]) -> bool:
    """Whether Latin letters come as often as in no language: a font's map leads to the wrong ones."""
    latin = [letter.lower() for letter in letters if letter.isascii() and letter.isalpha()]
    if len(latin) < max(LEAST_LATIN, 0.5 * len(letters)):
        return False
    counted = Counter(latin)
    vowels = sum(counted[letter] for letter in VOWELS)
    if vowels < LEAST_VOWELS * len(latin):
        return True
    return correlation([counted[letter] for letter in ascii_lowercase], USUAL) < LEAST_LIKE


def is_another_code_page(letters: list[str]) -> bool:
    """`Îïûò ðàáîòû`: Cyrillic of a code page of its own, taken for Latin letters with accents."""
    known = [letter for letter in letters if letter.isalpha()]
    return sum("\u00c0" <= letter <= "\u00ff" for letter in known) > 0.5 * max(len(known), 1)
