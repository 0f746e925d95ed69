"""Reads plain text in whatever encoding it came."""

import unicodedata

from charset_normalizer import from_bytes

from providers.documents.base import Document, DocumentError, Limits, Line, Reason
from providers.documents.cleaning import clean

#: Encodings of the four languages, tried before the statistics over all others.
LIKELY = ["utf_8", "gb18030", "cp1251", "koi8_r", "cp949", "big5", "utf_16", "cp1252"]


def read_text(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError when it is empty, too long or no text at all."""
    text = decode(data)
    if len(text) > limits.characters:
        raise DocumentError(Reason.TOO_LONG)
    return Document(lines=list(lines_of(text)))


def decode(data: bytes) -> str:
    """The text of `data`: by its mark, as UTF-8, or by the likeliest of the legacy encodings."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    best = from_bytes(data, cp_isolation=LIKELY).best()
    if best is None:
        raise DocumentError(Reason.CORRUPT)
    return str(best)


def lines_of(text: str) -> list[Line]:
    """The lines that say something; an empty one becomes the `gap` of the next."""
    lines: list[Line] = []
    gap = False
    for raw in text.splitlines():
        line = clean(unicodedata.normalize("NFC", raw)).rstrip()
        if line.strip():
            lines.append(Line(text=line, gap=gap and bool(lines)))
        gap = not line.strip()
    return lines
