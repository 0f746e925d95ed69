"""Tells company, position and place apart in the heads of jobs."""

import functools
import re
from dataclasses import dataclass
from itertools import pairwise, permutations

from resumes.domain.parser import hints, mentions
from resumes.domain.parser.words import pattern

DIVIDERS = (
    re.compile(r"\s+[•·|]\s+|\s*｜\s*|\s*·\s*(?=[\u4e00-\u9fff])"),
    re.compile(r"\s+[—–-]\s+|\s*—\s*"),
    re.compile(r"\s+(?:at|@|в компании|в организации|for)\s+(?=\W?[A-ZА-ЯЁ0-9\W]|[a-zа-я]+\s[«\"])"),
    re.compile(r"\s+/\s+"),
)
COMMA = re.compile(r"\s*[,，、]\s*(?![^(（]*[)）])")
BRACKETS = re.compile(r"^(.{2,}?)\s*[(（]([^()（）]{2,60})[)）]$")
COMPANY_WORD = re.compile(r"^(?:компания|компании|公司[:：]|company:)\s*", re.IGNORECASE)
QUOTES = "\"'“”«»„「」 .,，、"
LEGAL = re.compile(
    r"(?<!\w)(?:inc|llc|llp|ltd|limited|corp|gmbh|plc|pty|s\.?a\.?|b\.?v|ооо|оао|пао|зао|ао|ип|нпо|фгуп|гбоу|гбуз|тоо|чп)(?!\w)"
    r"|公司|有限|集团|주식회사|\(주\)|㈜|\(유\)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[«„“「].+[»“”」]|№\s*\d")
FIRM = re.compile(r"^(.{2,}?(?:公司|集团|银行|医院|学校|大学))([\u4e00-\u9fff].+)$")
OPEN_END = re.compile(
    r"(?:\s(?:at|of|and|for|in|в|и|по|с|на|&|компании|компания)|[,/&-]|(?<!\w)(?:ООО|ПАО|АО|ЗАО|ИП))$"
)
LATIN_PLACE = re.compile(r"^[A-ZА-ЯЁ][\w.'-]+(?:[\s-][A-ZА-ЯЁ][\w.'-]+){0,2}$")
HANGUL = re.compile("[\uac00-\ud7a3]")
MOST_KOREAN_WORDS = 6
MOST_PARTS = 8
LONGEST_PART = 300
LEAST_KOREAN_FIRM = 4  # syllables of a name that nothing else tells
ASIAN_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}[省市区县]$|^[\uac00-\ud7a3]{1,5}(?:시|도|구|군)$")


@dataclass(frozen=True)
class Head:
    company: str = ""
    position: str = ""
    place: str = ""


def assign(heads: list[list[str]]) -> list[Head]:
    """The parts of each head by what they are. Where a head does not tell, it is read like the section's others."""
    divided = [_without_place(split(cells)) for cells in heads]
    order = sum(_margin(*parts) for parts, _place in divided if len(parts) == 2)
    found: list[Head] = []
    for parts, place in divided:
        company, position = _roles(parts, order)
        above = found[-1].company if found else ""
        if not company and position and above:
            company = above  # a second position at one firm
        found.append(Head(_clean(company), position.strip(QUOTES), place))
    return found


def is_whole(cells: list[str]) -> bool:
    """Whether a head says both what the job was and where."""
    parts, _place = _without_place(split(cells))
    return len(parts) >= 2


def goes_on(above: str, below: str) -> bool:
    """Whether a line is the rest of the one above it: `Head of` over `Product`, `Engineer at` over `Acme`."""
    return bool(OPEN_END.search(above)) or (below[:1].islower() and not above.endswith(("»", '"')))


def _roles(parts: list[str], order: float) -> tuple[str, str]:
    """(company, position). `order` above 0 means that this section's positions come first."""
    if len(parts) < 2:
        only = parts[0] if parts else ""
        return ("", only) if only and title_score(only) > company_score(only) else (only, "")
    leaning = [title_score(part) - company_score(part) for part in parts[:MOST_PARTS]]
    best = max(
        permutations(range(len(leaning)), 2),
        key=lambda at: (leaning[at[0]] - leaning[at[1]], order if at[0] < at[1] else -order, -sum(at)),
    )
    return parts[best[1]], parts[best[0]]


def _margin(first: str, second: str) -> float:
    """Above 0 if the first is the position, as far as the words tell."""
    return title_score(first) - company_score(first) - title_score(second) + company_score(second)


@functools.lru_cache(maxsize=4096)
def title_score(text: str) -> float:
    match = pattern("hints", "title").search(text)
    if not match:
        return 0.5 if pattern("titles", "rank").search(text) else 0.0
    ends = any(found.end() == len(text) for found in pattern("hints", "title").finditer(text))
    return 2.0 + ends + bool(pattern("titles", "rank").search(text))


@functools.lru_cache(maxsize=4096)
def company_score(text: str) -> float:
    told = hints.is_company(text) or hints.is_institution(text)
    return 4.0 * bool(LEGAL.search(text)) + 2.0 * told + 2.0 * bool(QUOTED.search(text))


def split(cells: list[str]) -> list[str]:
    """The parts of a head: its cells, or where these are too few, what dashes, `at`, commas and brackets divide."""
    parts = [part[:LONGEST_PART] for cell in cells[:MOST_PARTS] for part in DIVIDERS[0].split(cell)]
    for divider in DIVIDERS[1:]:
        if _are_few(parts):
            parts = [piece for part in parts for piece in divider.split(part)]
    for way in (_by_brackets, _by_comma, _by_space, _by_firm, _by_words):
        if _are_few(parts):
            parts = [piece for part in parts for piece in way(part)]
    return [part.strip(" \t,，") for part in parts if part.strip(" \t,，")]


def _are_few(parts: list[str]) -> bool:
    return len([part for part in parts if part.strip() and not hints.is_place(part)]) < 2


def _by_brackets(text: str) -> list[str]:
    """`Acme (Engineer)` is a firm and a job; `蓝鲸数据（杭州）有限公司` and `Engineer (part-time)` are one thing."""
    match = BRACKETS.match(text)
    if not match:
        return [text]
    outer, inner = match.groups()
    apart = title_score(inner) > 1 > title_score(outer) or (company_score(inner) > 0 and title_score(outer) > 1)
    return [outer, inner] if apart else [text]


def _by_comma(text: str) -> list[str]:
    """`Engineer, Google, Mountain View, CA` is a job, a firm and the place behind them."""
    pieces = COMMA.split(text)
    for first in range(1, len(pieces)):
        tail = ", ".join(pieces[first:])
        if hints.is_place(tail):
            return [*_with_legal_form(pieces[:first]), tail]
    return _with_legal_form(pieces)


def _with_legal_form(pieces: list[str]) -> list[str]:
    """`Acme, Inc.` is one firm."""
    found: list[str] = []
    for piece in pieces:
        if found and LEGAL.sub("", piece).strip(" .") == "":
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    return found


def _by_space(text: str) -> list[str]:
    """One space divides Chinese names, and Korean ones where one side is a job or a firm for sure."""
    if HANGUL.search(text):
        return _of_korean(text)
    if re.search(r"[\u4e00-\u9fff）)]\s+\S", text):
        return re.split(r"(?<=[\u4e00-\u9fff）)])\s+", text)
    return [text]


def _of_korean(text: str) -> list[str]:
    """`(주)노을 책임간호사`, `감사 보조 (주)노을`, `우물네트웍스 모바일 파트장`: a Korean firm is mostly one word."""
    words = text.split()
    if not 2 <= len(words) <= MOST_KOREAN_WORDS:
        return [text]
    for firm, rest, firm_first in ((words[0], words[1:], True), (words[-1], words[:-1], False)):
        told = company_score(firm) >= 2 and not title_score(firm) and LEGAL.sub("", firm)
        job = " ".join(rest)
        if (told or (firm_first and _may_be_firm(firm) and title_score(job) > 2)) and not company_score(job):
            return [firm, job] if firm_first else [job, firm]
    return [text]


def _may_be_firm(word: str) -> bool:
    return len(word) >= LEAST_KOREAN_FIRM and not _is_word_of_title(word) and not mentions.find(word)


def _by_firm(text: str) -> list[str]:
    """`上海触宝信息技术有限公司数据工程师`: nothing divides them but that a firm's name ends so."""
    match = FIRM.match(text)
    return list(match.groups()) if match and title_score(match.group(2)) > 1 else [text]


def _by_words(text: str) -> list[str]:
    """`Oakfield Systems Head of Product`: divided where all words of a job stand on one side."""
    words = text.split()
    if not 2 < len(words) <= 12 or not hints.is_title(text):
        return [text]
    known = [_is_word_of_title(word) for word in words]
    cuts = [cut for cut in range(1, len(words)) if known[cut - 1] != known[cut]]
    best = max(cuts, key=lambda cut: _parting(known, cut), default=0)
    sides = [" ".join(words[:best]), " ".join(words[best:])]
    sure = best and abs(_parting(known, best)) >= len(words) - 1
    told = sure and any(_is_job_of(one, other) for one, other in pairwise([*sides, sides[0]]))
    return sides if told else [text]


def _is_job_of(job: str, firm: str) -> bool:
    """`MERN Stack` before `Developer` is the kind of it: a single word is parted only from what is a firm for sure."""
    return title_score(job) >= 2 > title_score(firm) and (" " in job or company_score(firm) > 0)


def _parting(known: list[bool], cut: int) -> int:
    """How well a cut parts words of a job from others."""
    left, right = known[:cut], known[cut:]
    return abs(sum(left) - (len(left) - sum(left)) - sum(right) + (len(right) - sum(right)))


def _is_word_of_title(word: str) -> bool:
    plain = word.strip("(),")
    return hints.is_title(plain) or bool(
        pattern("titles", "rank").fullmatch(plain) or pattern("titles", "word").fullmatch(plain)
    )


def _without_place(parts: list[str]) -> tuple[list[str], str]:
    """The parts that are no place, and the place among them; a firm may carry it behind a comma."""
    place = next((part for part in parts if hints.is_place(part)), "")
    rest = [part for part in parts if part != place]
    if not place and len(rest) > 2:
        place = next((part for part in rest[2:] if "," in part and hints.is_place(part.rpartition(",")[2].strip())), "")
        rest = [part for part in rest if part != place]
    for index, part in enumerate(rest):
        firm, tail = _place_behind(part)
        if tail:
            return [*rest[:index], firm, *rest[index + 1 :]], place or tail
    return rest, place


def _place_behind(part: str) -> tuple[str, str]:
    """`("Arden & Pike", "Brno")` for `Arden & Pike, Brno`."""
    pieces = COMMA.split(part)
    for first in range(1, len(pieces)):
        firm, tail = ", ".join(pieces[:first]), ", ".join(pieces[first:])
        named = bool(LATIN_PLACE.match(tail) or ASIAN_PLACE.match(tail))
        plain = not (title_score(tail) or company_score(tail)) and not hints.is_title(firm)
        if hints.is_place(tail) or hints.is_place(tail.rpartition(",")[2].strip()) or (named and plain):
            return firm, tail
    return part, ""


def _clean(name: str) -> str:
    """`Компания «Ромашка»` is `Ромашка`, `ООО «Ромашка»` stays whole."""
    plain = COMPANY_WORD.sub("", name).strip(" ,，、")
    return plain.strip(QUOTES) if plain[:1] in QUOTES else plain
