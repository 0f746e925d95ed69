"""Places: whether a text is one, and which city an address names."""

import itertools
import re

from resumes.domain.parser.words import pattern

STATE = re.compile(r"^[A-Z]{2}(?:\s+\d{5}(?:-\d{4})?)?$")
POSTCODE = re.compile(r"^\d{5,6}$|^[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}$")
STREET = re.compile(
    r"\d|(?<!\w)(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|blvd|drive|apt|ул|улица|проспект|пр-т|пер|дом|д|кв|метро|м|район|р-н)(?!\w)",
    re.IGNORECASE,
)
PREFIX = re.compile(r"^(?:г\.|гор\.|город|city of)\s*", re.IGNORECASE)
NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:[\s-][^\W\d_][\w.'’-]*){0,3}$")
CHINESE = re.compile("^(?:中国)?(?:[\u4e00-\u9fff]{2,3}?(?:省|自治区|壮族自治区))?([\u4e00-\u9fff]{2,4}?)市")
KOREAN = re.compile(r"(?:^|\s)([\uac00-\ud7a3]{1,4}(?:특별자치시|특별시|광역시|시|군))(?=\s|,|$)")
#: A single word on 동, 로, 읍, 면 may be somebody's name: 홍길동.
KOREAN_QUARTER = re.compile(r"^(?:[\uac00-\ud7a3]{1,6}(시|도|구|군|동|로|읍|면)\s?)+[\d\s-]*$")
COMMA = re.compile(r"\s*[,，/]\s*")
LONGEST = 80


def is_place(text: str) -> bool:
    """Whether it is a place and nothing else: `Mountain View, CA`, `Москва, Россия`, `서울`.

    What stands before a known city is none of its districts but a firm: `OpenAI, San Francisco, USA`.
    """
    if len(text) > LONGEST or not text.strip():
        return False
    pieces = [PREFIX.sub("", piece.strip(" .()")) for piece in COMMA.split(text) if piece.strip(" .()")]
    known = [_is_known(piece) for piece in pieces]
    if len(pieces) == 1:
        return known[0] or _is_asian_address(text)
    if not pieces or len(pieces) > 4 or (not known[0] and any(map(_is_city, pieces[1:]))):
        return False
    return sum(known) * 2 >= len(pieces) and bool(NAME.match(pieces[0]))


def _is_city(piece: str) -> bool:
    return bool(pattern("places", "cities").fullmatch(piece))


def _is_known(piece: str) -> bool:
    names = (pattern("places", part) for part in ("cities", "countries", "regions", "anywhere"))
    return (
        any(name.fullmatch(piece) for name in names)
        or bool(STATE.match(piece))
        or piece.endswith((" область", " край"))
    )


def _is_asian_address(text: str) -> bool:
    quarter = KOREAN_QUARTER.match(text.strip())
    return bool(
        (re.match("^[\u4e00-\u9fff]{2,12}[市区县]$", text.strip()) and pattern("places", "cities").search(text))
        or (quarter and (" " in text.strip() or quarter.group(1) in "시도구군"))
    )


def is_region(piece: str) -> bool:
    """A country, a state or a province: what stands behind a city."""
    plain = piece.strip(" .()")
    known = pattern("places", "countries").fullmatch(plain) or pattern("places", "regions").fullmatch(plain)
    return bool(known or STATE.match(plain)) or plain.casefold().endswith((" область", " край"))


def place_in(text: str) -> str:
    """The first known city that `text` mentions, or else the first country."""
    for part in ("cities", "countries", "regions"):
        if match := pattern("places", part).search(text):
            return match.group()
    return ""


def city_of(address: str) -> str:
    """The city in an address: the piece before a region or country, or the first that is known; empty if neither."""
    if match := CHINESE.match(address.strip()) or KOREAN.search(address):
        return match.group(1)
    pieces = [PREFIX.sub("", piece.strip(" .()")) for piece in COMMA.split(address) if piece.strip(" .()")]
    pieces = [re.sub(r"\s+\d{5,6}$|^\d{5,6}\s+", "", piece) for piece in pieces if not POSTCODE.match(piece)]
    for piece in pieces:
        if _is_city(piece):
            return piece
    for first, behind in itertools.pairwise(pieces):
        if is_region(behind) and not is_region(first) and NAME.match(first) and not STREET.search(first):
            return first
    named = [piece for piece in pieces if not is_region(piece) and not STREET.search(piece)]
    within = pattern("places", "cities").search(address)
    return within.group() if within else next(filter(NAME.match, named), "")
