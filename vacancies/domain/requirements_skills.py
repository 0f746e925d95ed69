"""The skills that a requirement names, and which of them stand for each other."""

import re
from collections.abc import Iterator

from resumes.domain.parser import skills
from vacancies.domain import lists, wording

SOFT = "ways of working"  # the taxonomy's field of what no resume shows
COMMAS = re.compile(r"^\W*$")
ONE_OF = re.compile(
    r"(?<!\w)(?:one of|any of|один из|одн\w+ из|любо\w+ из)(?!\w)|至少\S{0,4}一|一种|任一", re.IGNORECASE
)
Mention = tuple[str, int, int]
Groups = tuple[tuple[str, ...], ...]


def groups(text: str) -> Groups:
    """Skills by alternatives: `Docker and Kubernetes or ECS` is (docker), (kubernetes, ecs)."""
    mentions = find(text)
    found: list[list[str]] = []
    for number, (key, _start, _end) in enumerate(mentions):
        if number and _joined(text, mentions, number):
            found[-1].append(key)
        else:
            found.append([key])
    return tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in found))


def find(text: str) -> list[Mention]:
    """Mentions in the text's order. A requirement is a list: in `knowledge of Go and Rust` nobody means to go."""
    sure = skills.find(text)
    taken = [range(start, end) for _key, start, end in sure]
    listed = [one for one in _listed(text) if not any(one[1] in span or one[2] - 1 in span for span in taken)]
    return sorted([*sure, *listed], key=lambda mention: mention[1])


def _listed(text: str) -> Iterator[Mention]:
    """Items of the text that are nothing but a skill, once what requires them is left out."""
    bare = wording.without_years(text)
    for name in ("filler", "either", "enough"):
        bare = lists.pattern("wording", name).sub(_divided, bare)
    for piece in re.finditer(r"[^,，、;；/()（）:：\x00]+", bare.replace("+ ", "  ")):
        words = piece.group().strip(" .")
        start = piece.start() + piece.group().find(words)
        if words and len(words) <= 30:
            yield from ((one.key, start + one.start, start + one.end) for one in skills.mentions(words, listed=True))


def _divided(match: re.Match[str]) -> str:
    return "\x00" * len(match.group())


def _joined(text: str, mentions: list[Mention], number: int) -> bool:
    """Whether a mention is an alternative to the one before it."""
    between = text[mentions[number - 1][2] : mentions[number][1]]
    if _either(between) or between.strip() == "/":
        return True
    if not COMMAS.match(between) or between.count("(") + between.count("（"):
        return False
    return _enumerates_alternatives(text, mentions, number)


def _enumerates_alternatives(text: str, mentions: list[Mention], number: int) -> bool:
    """Of an enumeration by commas: it ends in `or`, stands in brackets, begins with `such as`, ends in `etc.`."""
    last = number
    for index in range(number, len(mentions) - 1):
        between = text[mentions[index][2] : mentions[index + 1][1]]
        if _either(between):
            return True
        if not COMMAS.match(between):
            break
        last = index + 1
    before, after = text[: mentions[number][1]], text[mentions[last][2] :]
    bracketed = before.count("(") + before.count("（") > before.count(")") + before.count("）")
    told = lists.pattern("wording", "examples").search(before[-60:]) or ONE_OF.search(before)
    enough = lists.pattern("wording", "enough").match(after.lstrip(" ,，"))
    return bracketed or bool(told) or bool(enough)


def _either(text: str) -> bool:
    return bool(lists.pattern("wording", "either").search(text))
