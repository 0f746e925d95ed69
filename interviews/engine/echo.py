"""The interviewer's own words, coming back from the candidate's loudspeaker."""

import re
import unicodedata
from difflib import SequenceMatcher

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")  # Chinese has no spaces: a character is a word
# So many words, nearly all of them the interviewer's and in its order, are no coincidence.
_ENOUGH, _SHARE = 4, 0.75


def echoes(text: str, spoken: str) -> bool:
    """Whether `text` is what was just said aloud: a run of its words, or with a few misheard, most of a longer one."""
    heard, said = _words(text), _words(spoken)
    if not heard or not said:
        return False
    if any(said[start : start + len(heard)] == heard for start in range(len(said) - len(heard) + 1)):
        return True
    if len(heard) < _ENOUGH:
        return False
    same = sum(block.size for block in SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks())
    return same >= _SHARE * len(heard)


def is_one_word(text: str) -> bool:
    return len(_words(text)) == 1


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е"))
