"""Up to where words that are still being written may be said."""

import re

FIRST_PIECE = 28  # characters that show whether the rest may be heard
LEAST_PIECE = 8  # characters worth saying by themselves
LONGEST_WAIT = 80  # characters without a pause, after which they are said all the same
PAUSE = re.compile(r"[.!?;:,…](?=\s)|[，。？！；：、]")
ENDS = re.compile(r"[?？]\s*$")


def speakable(words: str, said: int) -> int:
    """The end of the last stretch up to a pause; `said` where nothing new may be said yet."""
    least = said + LEAST_PIECE if said else FIRST_PIECE
    ends = [match.end() for match in PAUSE.finditer(words, said) if match.end() >= least]
    if ends:
        return ends[-1]
    return max(said, words.rfind(" ", said)) if len(words) - said > LONGEST_WAIT else said


def asks(words: str) -> bool:
    """Whether they end in a question already."""
    return ENDS.search(words) is not None


def joined(words: str, more: str, language: str) -> str:
    """`more` as it goes on after `words`."""
    return more if not words or language == "zh-hans" else f" {more}"
