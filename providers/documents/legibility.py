"""Whether the letters that a PDF's text layer gives are those that its page shows."""

from collections.abc import Iterable

from providers.documents.glyphs import Glyph

LEAST_GLYPHS = 40
ODD_SHARE = 0.15
VOWELS = frozenset("aeiouyAEIOUY")
LEAST_VOWELS = 0.2  # of Latin letters; English, transliterations and lists of acronyms have 0.3 and more
LEAST_LATIN = 150
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
    return odd > ODD_SHARE * len(glyphs) or has_no_vowels([glyph.letter for glyph in glyphs])


def private_in_words(words: Iterable[list[Glyph]]) -> set[str]:
    """The private-use characters that stand beside another character; the first of a word may be its icon."""
    return {glyph.letter for word in words for glyph in word[1:] if is_private(glyph.letter)}


def is_private(letter: str) -> bool:
    return "\ue000" <= letter <= "\uf8ff"


def has_no_vowels(letters: list[str]) -> bool:
    latin = [letter for letter in letters if letter.isascii() and letter.isalpha()]
    if len(latin) < max(LEAST_LATIN, 0.5 * len(letters)):
        return False
    return sum(letter in VOWELS for letter in latin) < LEAST_VOWELS * len(latin)
