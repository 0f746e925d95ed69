"""Light normalisation of a text before it is spoken."""

import re
import unicodedata

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_URL = re.compile(r"(?:https?://|www\.)(\S+?)(?=[.,;:!?)]*(?:\s|$))")
# Emphasis and code marks at the edges of words (2 * 3 keeps its own), headings, quotes and list marks.
_EMPHASIS = re.compile(r"(?<!\w)[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?!\w)")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}|>|[-*])\s+", re.MULTILINE)
# Identifiers are said as words: max_depth, maxDepth. JavaScript and iPhone are names as they stand.
_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9_])(?:[A-Za-z0-9]+_[A-Za-z0-9_]+|[a-z]{2,}[0-9]*[A-Z][A-Za-z0-9]*)(?![A-Za-z0-9_])"
)
_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_SPACE = re.compile(r"\s+")


def speakable(text: str) -> str:
    """`text` without what a voice would read out as noise: markup, link targets, emoji, control characters.

    Empty when nothing pronounceable is left. Names such as C++, C# and node.js stay as they are, an identifier
    becomes its words.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINK.sub(r"\1", text)
    text = _URL.sub(lambda found: found[1].rstrip("/"), text)
    text = _EMPHASIS.sub("", _LINE_MARKS.sub("", text))
    text = _IDENTIFIER.sub(lambda found: " ".join(_PART.findall(found[0])), text)
    text = "".join(" " if _is_noise(char) else char for char in text)
    text = _SPACE.sub(" ", text).strip()
    return text if any(char.isalnum() for char in text) else ""


def _is_noise(char: str) -> bool:
    """Controls, private use, surrogates, and symbols such as emoji (category So)."""
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "So"}
