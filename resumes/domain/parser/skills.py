"""What somebody knows: first what the skills section lists, then what the rest of the resume mentions."""

import re
from collections.abc import Collection, Iterator

from resumes.domain import schema
from resumes.domain.parser import hints, texts
from resumes.domain.parser.lines import LONGEST, Text
from resumes.domain.parser.mentions import Mention, find, mentions
from resumes.domain.parser.sections import Sections
from resumes.domain.parser.taxonomy import Taxonomy, key_of, neighbours, taxonomy
from resumes.domain.parser.words import CJK, anchored, pattern

ITEMS = re.compile(r"[,，、;；•·|\t]\s*(?![^(（]*[)）])|\s{2,}|[.。](?=\s|$)")
GROUP = re.compile(r"^[^:：]{1,40}[:：]\s*(?=\S)")
OUTER = re.compile(r"[()（）\[\]]")
IN_BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*$")
BEHIND_DASH = re.compile(r"\s*(?:\s[-–—]\s|[:：])\s*([^-–—:：]{1,30})$")
SCALE = re.compile(r"\s*(?:[★☆●○■□▪▫⬤◯✦*]{2,}|[1-9]\d?0?\s?%|\d{1,2}\s?/\s?(?:5|10))\s*")
YEARS = re.compile(
    r"^[><~от\s]*\d{1,2}(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|y|лет|года?|г|месяц\w*|months?|年|년|개월)\W*(?:of\s+)?(?:experience|опыта|经验|이상)?\.?$",
    re.IGNORECASE,
)
ENUMERATION_END = re.compile(r"^(?:and|и|或|和|및)\s+", re.IGNORECASE)
MOST_WORDS = 5
MOST_LETTERS = 50
MOST_SKILLS = 150
UNSEEN = {"skills", "contact", "links", "references", "interests", "languages"}
NOT_SKILLS = re.compile(
    r"^(?:\W*|and|or|etc\.?|и|и др\.?|и т\.\s?[дп]\.?|др|等|등|기타|其他|другое|other|\d[\d.,%+]*\s*\w{0,2})$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"@|https?://|www\.|\.com/|\.ru/|\.io/")


def read(lines: list[Text], parts: Sections, employers: Collection[str] = ()) -> list[schema.Skill]:
    """`employers` are firms that somebody worked at, such as Figma: their names alone show no skill."""
    listed = [skill for text in _unwrapped(parts.of("skills")) for skill in _listed(text)]
    unseen = {id(line) for part in UNSEEN for line in parts.of(part)}
    seen = "\n".join(line.text for line in lines if id(line) not in unseen and not ADDRESS.search(line.text))
    firms = set(map(key_of, employers))
    told = [schema.Skill(name=mention.name) for mention in mentions(seen) if mention.key not in firms]
    found: dict[str, schema.Skill] = {}
    for skill in [*listed, *told]:
        if key := key_of(skill.name):
            found.setdefault(key, skill)
    return list(found.values())[:MOST_SKILLS]


def mentioned(text: str) -> list[str]:
    """Names of the skills that `text` mentions, each once, in the order of their first mention."""
    names: dict[str, str] = {}
    for mention in mentions(text):
        names.setdefault(mention.key, mention.name)
    return list(names.values())


def _unwrapped(lines: list[Text]) -> list[str]:
    """The section's lines; a list divided by commas goes on where its line ends without one."""
    found: list[str] = []
    for line in lines:
        may = found and re.search("[,，、|•·;；]", found[-1]) and len(found[-1]) < LONGEST
        if may and not line.bullet and not line.gap and line.size and not GROUP.match(line.text):
            whole = found[-1].endswith("-")  # of names such as scikit-learn
            found[-1] = found[-1] + line.text if whole else texts.join(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _listed(text: str) -> Iterator[schema.Skill]:
    """The skills of one line; words that the taxonomy lacks count when they stand as an item."""
    whole, level = _without_level(text)
    if level and not ITEMS.search(whole):
        yield from _of_item(whole, level)
        return
    for item in ITEMS.split(GROUP.sub("", text)):
        yield from _of_item(*_without_level(item.strip()))


def _of_item(item: str, level: str) -> Iterator[schema.Skill]:
    bare = _bare(item)
    found = mentions(bare, listed=True)
    if found or CJK.match(bare):
        item = bare
    rest = " ".join(OUTER.sub(" ", item).split()).strip(" .-–—:*\"'“”«»")
    named = any(mention.start == 0 and mention.end == len(IN_BRACKETS.sub("", bare)) for mention in found)
    if found and (named or _covers(found, rest) or not _is_skill(rest)):
        yield from (schema.Skill(name=mention.name[:300], level=level) for mention in found)
    elif _is_skill(rest):
        yield schema.Skill(name=rest, level=level)


def _covers(found: list[Mention], item: str) -> bool:
    """Whether known skills are most of an item: of `MySQL database`, but not of `Git branching and release rules`."""
    return sum(mention.end - mention.start for mention in found) * 2 >= len(item)


def _without_level(item: str) -> tuple[str, str]:
    """`("Python", "Advanced")` for `Python (Advanced)` or `Python — Advanced`; marks of a scale are cut."""
    item = ENUMERATION_END.sub("", SCALE.sub(" ", item).strip())
    for behind in (IN_BRACKETS, BEHIND_DASH):
        if (match := behind.search(item)) and _is_level(match.group(1)):
            return item[: match.start()], match.group(1).strip()
    return item, ""


def _bare(item: str) -> str:
    """`Excel` for `уверенное владение Excel`, `MySQL` for `熟练掌握 MySQL 等`."""
    return anchored("levels", "tail", end=True).sub("", anchored("levels", "lead_in").sub("", item)).strip()


def _is_level(text: str) -> bool:
    return bool(YEARS.match(text.strip()) or pattern("levels", "skill").match(text.strip())) and len(text) <= 30


def _is_skill(text: str) -> bool:
    short = 1 < len(text) <= MOST_LETTERS and len(text.split()) <= MOST_WORDS
    return short and not NOT_SKILLS.match(text) and not hints.is_sentence(text)


__all__ = ["Taxonomy", "find", "key_of", "mentioned", "mentions", "neighbours", "read", "taxonomy"]
