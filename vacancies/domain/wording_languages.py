"""What words say about human languages and how well somebody speaks them: for requirements and resumes alike."""

import functools
import re
from collections.abc import Iterator

from vacancies.domain import lists, wording

NATIVE = 7
BEHIND = 12  # letters between the name of a test and its score
DIVIDED = re.compile(r"[,;，；、|]|\s[—–-]\s(?=\w+ский)")


def told(text: str) -> dict[str, int]:
    """Languages that a text names with their level, 1 (A1) to 6 (C2), 7 for a mother tongue; 0 where it says none.

    `Русский — родной, английский — B2` is Russian 7 and English 4; `English and German, C1` are both 5. Tests count:
    `IELTS 7.0`, `HSK 5급`, `TOEIC 850`.
    """
    names = sorted(_names(text))
    found: dict[str, int] = {}
    for number, (_start, end, code) in enumerate(names):
        until = names[number + 1][0] if number + 1 < len(names) else len(text)
        found[code] = level(text[end:until])
    if names:
        whole = level(text)
        before = [level(piece) for piece in _before(text, names)]
        for (_start, _end, code), ahead in zip(names, before, strict=True):
            found[code] = found[code] or ahead or (0 if any(found.values()) and len(names) > 2 else whole)
    for code, reached in _tested(text):
        found[code] = max(found.get(code, 0), reached) if code not in found or not found[code] else found[code]
    return found


def _before(text: str, names: list[tuple[int, int, str]]) -> Iterator[str]:
    """What stands before each name since the last comma: `fluent English, basic German`."""
    for start, _end, _code in names:
        yield DIVIDED.split(text[:start])[-1]


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    """English names have a capital: nobody asks to polish things."""
    for code, pattern in wording.patterns("languages"):
        match = pattern.search(text)
        if match and (not match.group()[0].isascii() or match.group()[0].isupper() or text.islower()):
            yield match.start(), match.end(), code


def level(text: str) -> int:
    """1 to 7 as in `told`; 0 where the text says nothing of it."""
    return wording.first(text, "levels")


def _tested(text: str) -> Iterator[tuple[str, int]]:
    for name, match in ((name, pattern.search(text)) for name, pattern in _tests()):
        if match:
            test = lists.load("wording")["tests"][name]
            yield test["language"], _reached(match.group(1), test["levels"])


def _reached(score: str | None, levels: dict[float | str, int]) -> int:
    """The level of the highest score that is not above the told one."""
    if not score:
        return 0
    if score.upper() in levels:
        return levels[score.upper()]
    number = float(score.replace(",", ".")) if score[0].isdigit() else 0.0
    return max(
        (reached for least, reached in levels.items() if isinstance(least, int | float) and least <= number), default=0
    )


@functools.cache
def _tests() -> list[tuple[str, re.Pattern[str]]]:
    """The test's name, and its score if that follows soon."""
    score = rf"(?:[^\d\w]{{0,4}}(?:[a-zа-я]+\s)?\D{{0,{BEHIND}}}?(\d{{1,3}}(?:[.,]\d)?|[NIA][LMH]?\d?(?!\w)))?"
    return [
        (str(name), re.compile(rf"(?<![a-zа-я]){re.escape(str(name))}(?![a-zа-я]){score}", re.IGNORECASE))
        for name in lists.load("wording")["tests"]
    ]
