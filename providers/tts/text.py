"""Light normalisation of a text before it is spoken."""

import re
import unicodedata

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_URL = re.compile(r"(?:https?://|www\.)(\S+?)(?=[.,;:!?)]*(?:\s|$))")
_MARKUP = re.compile(r"[*_`#~|<>]+(?=\s|$)|(?<!\S)[*_`#~|>]+|`+|\*{2,}")
_SPACE = re.compile(r"\s+")


def speakable(text: str) -> str:
    """`text` without what a voice would read out as noise: markup, link targets, emoji, control characters.

    Empty when nothing pronounceable is left. Names such as C++, C# and node.js stay as they are.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINK.sub(r"\1", text)
    text = _URL.sub(lambda found: found[1].rstrip("/"), text)
    text = "".join(" " if _is_noise(char) else char for char in text)
    text = _SPACE.sub(" ", _MARKUP.sub("", text)).strip()
    return text if any(char.isalnum() for char in text) else ""


def _is_noise(char: str) -> bool:
    """Controls, private use, surrogates, and symbols such as emoji (category So)."""
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "So"}
