"""Cuts who somebody is out of what they say: names, pronouns, contacts, places, ages."""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from resumes.domain.parser.taxonomy import key_of, taxonomy
from resumes.domain.parser.words import CJK
from vacancies.domain import lists

Span = tuple[int, int]
CONTACT = re.compile(
    r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:com|ru|cn|kr|io|org|net|me|dev)(?:/\S*)?(?!\w)"
    r"|(?<!\w)@\w{3,}|(?<![\w.])[+(]{0,2}\d(?:[\s().–/-]{0,2}\d){8,14}(?!\w)",
    re.IGNORECASE,
)
TITLED = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Mx|Dr)\.?(?=\s+[A-Z])(?!\s+Office)")
AGED = re.compile(
    r"(?<!\d)\d{2}\s*-?(?:years?[\s-]old|years? of age|岁|周岁|세(?![가-힣]))|만\s*\d{2}\s*세"
    r"|(?<!\d)(?:19|20)\d\d\s*(?:г\.\s?р\.|года рождения|年(?:\d{1,2}月)?(?:出)?生(?!产)|년\s?생)"
    r"|(?:born|родил\w+)\s+(?:in|в)?\s*\d[\d./]*",
    re.IGNORECASE,
)
ALONE = re.compile(
    "(?<![\u4e00-\u9fff])[男女](?![\u4e00-\u9fff])|(?<![其吉利])他(?!人)|(?<=[가-힣] )씨(?:가|는|의|를)?(?![가-힣])"
    "|(?<![가-힣])그(?:녀)?(?:는|가|의|를|에게)(?![가-힣])"
)
EDGES = " \t◦▪■●○►▸□◆✓,.;:!?|/\\·•-–—()[]{}（）【】，。；：、\"'“”«»*"
LEAST = 2


class Masks:
    """What to cut out of one person's resume."""

    def __init__(self, profile: dict[str, Any], names: Iterable[str] = ()) -> None:
        basics = profile.get("basics", {})
        found = [basics.get("name", ""), *names]
        patterns = [pattern for name in found for pattern in _of_name(name)]
        patterns += [_whole(place) for place in _places(profile) if len(place) > 1]
        self._person = re.compile("|".join(dict.fromkeys(patterns)), re.IGNORECASE) if patterns else None
        self._words = lists.pattern("personal", "words")

    def spans(self, text: str) -> Iterator[Span]:
        """The pieces of `text` between what is cut out, without marks at their ends."""
        after = 0
        for start, end in [*_merged(self._cuts(text)), (len(text), len(text))]:
            yield from _trimmed(text, after, start)
            after = end

    def _cuts(self, text: str) -> Iterator[Span]:
        for pattern in (CONTACT, TITLED, AGED, ALONE, self._words, self._person):
            if pattern is not None:
                yield from (match.span() for match in pattern.finditer(text) if match.group())


def is_personal(text: str) -> bool:
    """Whether a line is a label of the person with what it says: `Gender: female`, `출생 1990`."""
    bare = re.sub(r"^\W+", "", text)
    begins = lists.pattern("personal", "labels").match(bare)
    if not begins:
        return False
    rest = bare[begins.end() :]
    return bool(re.match(r"\s*(?:[:：|/\t(（]|[-–—]\s|$|\s*\d)", rest))


def institutions(profile: dict[str, Any]) -> re.Pattern[str] | None:
    """The schools of a profile: where somebody studied tells where they come from."""
    names = {row.get("institution", "") for row in profile.get("education", [])} - {""}
    return re.compile("|".join(map(_whole, sorted(names, key=len, reverse=True))), re.IGNORECASE) if names else None


def _of_name(name: str) -> Iterator[str]:
    """The whole name, and its words; not a word that is also a skill, as of somebody called Ruby."""
    name = " ".join(name.split())
    if len(name) < LEAST:
        return
    yield _whole(name)
    for word in re.split(r"[\s.,()]+", name):
        if len(word) > LEAST and not CJK.search(word) and key_of(word) not in _known():
            yield rf"(?<!\w){re.escape(word)}(?:'s|’s|\w{{0,3}})?(?!\w)" if _is_russian(word) else _whole(word)


@functools.cache
def _known() -> set[str]:
    return {key_of(name) for name in taxonomy().fields}


def _is_russian(word: str) -> bool:
    return bool(re.search("[\u0400-\u04ff]", word))


def _whole(text: str) -> str:
    escaped = re.escape(text.strip()).replace(r"\ ", r"\s+")
    return escaped if CJK.search(text) else rf"(?<!\w){escaped}(?:'s|’s)?(?!\w)"


def _places(profile: dict[str, Any]) -> Iterator[str]:
    location = profile.get("basics", {}).get("location", {})
    yield from (location[name] for name in ("address", "postalCode", "city", "region") if location.get(name))
    yield from (row["location"] for row in profile.get("work", []) if row.get("location"))


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(EDGES.replace("(", "").replace("（", "")))
    end = start + len(text[start:end].rstrip())
    while end > start and (text[end - 1] in EDGES) and not (text[end - 1] in ")）.。" and end == len(text.rstrip())):
        end -= 1
    if sum(map(str.isalpha, text[start:end])) >= LEAST:
        yield start, end
