"""Light normalisation of a text before it is spoken."""

import re
import unicodedata

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_URL = re.compile(r"(?:https?://|www\.)(\S+?)(?=[.,;:!?)]*(?:\s|$))")
# Emphasis and code marks at the edges of words (a_b and 2 * 3 keep theirs), headings, quotes and list marks.
_EMPHASIS = re.compile(r"(?<!\w)[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?!\w)")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}|>|[-*])\s+", re.MULTILINE)
_SPACE = re.compile(r"\s+")


def speakable(text: str) -> str:
    """`text` without what a voice would read out as noise: markup, link targets, emoji, control characters.

    Empty when nothing pronounceable is left. Names such as C++, C# and node.js stay as they are.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINK.sub(r"\1", text)
    text = _URL.sub(lambda found: found[1].rstrip("/"), text)
    text = _EMPHASIS.sub("", _LINE_MARKS.sub("", text))
    text = "".join(" " if _is_noise(char) else char for char in text)
    text = _SPACE.sub(" ", text).strip()
    return text if any(char.isalnum() for char in text) else ""


def _is_noise(char: str) -> bool:
    """Controls, private use, surrogates, and symbols such as emoji (category So)."""
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "So"}
