"""How long the words of a text take to say: what was heard of it after some milliseconds, and where to go on.

No voice tells when each word sounds. Weights stand for it: what a character takes beside others of the same voice.
With espeak-ng a unit takes 27 to 35 ms in all four languages, and the end of a word in the middle of a sentence is told
to within 0.36 s, mostly 0.2: a word more or less.
"""

import re
from collections.abc import Iterator

UNIT_MS = 33  # of weight, where nothing is known of the voice
TOLERANCE_MS = 80  # a word of which only so much is missing was understood

_WORD = re.compile(r"[\u3400-\u9fff][^\w\s]*\s*|[^\s\u3400-\u9fff]+\s*|\s+")


def weight(text: str) -> int:
    """Units that `text` takes beside other texts."""
    return sum(map(_weight, text))


def heard_part(text: str, heard_ms: float, whole_ms: float) -> str:
    """The words of `text`, which takes `whole_ms`, that were heard to their end after `heard_ms`; from its start."""
    heard = ""
    for word, _, end_ms in _timed(text, whole_ms):
        if end_ms > heard_ms + TOLERANCE_MS:
            break
        heard += word
    return heard


def going_on_ms(text: str, heard_ms: float, whole_ms: float) -> float:
    """Where the first word begins that was not heard to its end; `whole_ms` when all were."""
    begins = (start for _, start, end in _timed(text, whole_ms) if end > heard_ms + TOLERANCE_MS)
    return next(begins, whole_ms)


def _timed(text: str, whole_ms: float) -> Iterator[tuple[str, float, float]]:
    """Each word with its start and end, in milliseconds."""
    unit_ms, passed = whole_ms / max(1, weight(text)), 0
    for found in _WORD.finditer(text):
        start, passed = passed, passed + weight(found[0])
        yield found[0], start * unit_ms, passed * unit_ms


def _weight(char: str) -> int:
    if "\u3400" <= char <= "\u9fff":
        return 8
    if "\uac00" <= char <= "\ud7a3" or char.isdigit():
        return 5
    if char.isalpha():
        return 2
    if char in ".!?…。！？":
        return 6
    return 4 if char in ",;:，；：、—" else 1
