"""How well a profile that was read agrees with the truth, field by field.

What is scored: `basics` name, email, phone, label, city; `work` name, position, startDate, endDate; `education`
institution, area, studyType, startDate, endDate; `skills` and the names of `languages`, `projects`, `certificates` as
sets; a language's fluency. Nothing else: no summaries, highlights, places of work, links.

Rules of the judge:
1. A field that both have and that agrees is one hit. One that differs is a miss and a false alarm; one that is only
   in the truth is a miss; one that is only in the reading, a false alarm. Absent in both does not count. Precision,
   recall and F1 are micro averages over all fields of all resumes.
2. Jobs and schools are aligned one to one by how well they agree; the order does not count. A job too many is a false
   alarm in each of its fields, a missing one a miss in each: two jobs read as one, or one as two, is paid for.
3. Strings agree when they are the same after NFKC, lower case, `ё` as `е`, and without punctuation and white space. A
   name of a firm also without its legal form (`Ltd`, `ООО`, `(주)`); a city also without the word for city (`г.`, `市`,
   `시`). Nothing is forgiven beyond that: `Harbourline` for `Harbourline Payments`, or a position with the date left
   in it, is wrong.
4. Dates agree when they are equal: exactly what the text says, so `2019-03` for a bare `2019` is wrong, and so is
   `2019` for `March 2019`. No endDate means "until now", and one too many is a false alarm.
5. Telephone numbers agree by their digits, with or without the country's or the trunk prefix.
6. Skills agree by the product's own key (`k8s` is Kubernetes). The truth is what the skills section lists; a further
   skill that other parts of the resume do name, in a spelling that the taxonomy knows, is neither right nor wrong,
   since a reader may list it. Group names are no skills.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from resumes.domain.parser.skills import key_of, mentioned

Profile = dict[str, Any]
Agree = Callable[[str, str], bool]

BASICS = ("name", "email", "phone", "label", "location.city")
ENTRIES = {
    "work": ("name", "position", "startDate", "endDate"),
    "education": ("institution", "area", "studyType", "startDate", "endDate"),
}
SETS = {"projects": "name", "certificates": "name", "languages": "language"}
LEGAL = re.compile(
    r"(?<!\w)(?:inc|ltd|llc|llp|corp|gmbh|plc|ооо|оао|зао|пао|ао|ип|нпо|фгуп|주식회사)(?!\w)|\(주\)|㈜", re.IGNORECASE
)
CITY = re.compile(r"^(?:г\.|город)\s*|(?:市|특별시|광역시|시)$")
LEAST_ALIKE = 0.3


@dataclass(frozen=True)
class Wrong:
    """`expected` is empty for a false alarm, `got` for a miss."""

    resume: str
    path: str
    expected: str
    got: str


@dataclass
class Score:
    """Counts of fields."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false_alarms) if self.hits + self.false_alarms else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        wrong = self.misses + self.false_alarms
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits + wrong else 1.0

    def add(self, other: "Score") -> None:
        self.hits += other.hits
        self.misses += other.misses
        self.false_alarms += other.false_alarms


@dataclass
class Verdict:
    """The score of one resume by field (`work.startDate`), and what was wrong."""

    fields: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def total(self) -> Score:
        return summed(self.fields.values())


def summed(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total.add(score)
    return total


def judge(name: str, truth: Profile, got: Profile) -> Verdict:
    """What is right and wrong in `got`, the profile read from the resume called `name`."""
    clerk = _Clerk(name)
    for path in BASICS:
        clerk.compare(f"basics.{path}", f"/basics/{path}", _at(truth, "basics", path), _at(got, "basics", path))
    for part, fields in ENTRIES.items():
        for number, (right, read) in enumerate(aligned(truth.get(part, []), got.get(part, []), part)):
            for one in fields:
                clerk.compare(f"{part}.{one}", f"/{part}/{number}/{one}", right.get(one, ""), read.get(one, ""))
    for part, one in SETS.items():
        clerk.compare_sets(f"{part}.{one}", f"/{part}", _values(truth, part, one), _values(got, part, one))
    for language, level, read_level in _fluencies(truth, got):
        clerk.compare("languages.fluency", f"/languages/{language}/fluency", level, read_level)
    skills = _skills_of(got)
    clerk.compare_skills(_values(truth, "skills", "name"), skills, mentioned_elsewhere(truth))
    return clerk.verdict


class _Clerk:
    """Keeps the count."""

    def __init__(self, resume: str) -> None:
        self.resume = resume
        self.verdict = Verdict()

    def compare(self, label: str, path: str, expected: str, got: str) -> None:
        if not expected and not got:
            return
        if expected and got and RULES.get(label, same)(expected, got):
            self.verdict.fields[label].hits += 1
            return
        self.verdict.fields[label].misses += bool(expected)
        self.verdict.fields[label].false_alarms += bool(got)
        self.verdict.wrong.append(Wrong(self.resume, path, expected, got))

    def compare_sets(self, label: str, path: str, expected: Sequence[str], got: Sequence[str]) -> None:
        """Pairs what agrees; what is left over stands side by side in the list, as far as it is alike."""
        left = Counter(map(plain, got))
        shown = {plain(text): text for text in got}
        for text in expected:
            if left[plain(text)] > 0:
                left[plain(text)] -= 1
                self.compare(label, path, text, text)
            else:
                self.compare(label, path, text, "")
        for text in (+left).elements():
            self.compare(label, path, "", shown[text] or "?")

    def compare_skills(self, expected: Sequence[str], got: Sequence[str], elsewhere: Callable[[str], bool]) -> None:
        keys = {plain(key_of(text)): text for text in got}
        wanted = {plain(key_of(text)): text for text in expected}
        for key, text in wanted.items():
            self.compare("skills", "/skills", text, text if key in keys or plain(text) in keys else "")
        for key, text in keys.items():
            if key not in wanted and key not in map(plain, expected) and not elsewhere(text):
                self.compare("skills", "/skills", "", text)


def aligned(truth: Sequence[Profile], got: Sequence[Profile], part: str) -> Iterator[tuple[Profile, Profile]]:
    """Pairs in the truth's order, the best first taken; then what has no partner, beside an empty one."""
    pairs = sorted(
        product(range(len(truth)), range(len(got))), key=lambda at: -_likeness(truth[at[0]], got[at[1]], part)
    )
    partner: dict[int, int] = {}
    for right, read in pairs:
        alike = _likeness(truth[right], got[read], part) >= LEAST_ALIKE
        if alike and right not in partner and read not in partner.values():
            partner[right] = read
    for right, entry in enumerate(truth):
        yield entry, got[partner[right]] if right in partner else {}
    yield from (({}, entry) for read, entry in enumerate(got) if read not in partner.values())


def _likeness(right: Profile, read: Profile, part: str) -> float:
    """The share of the truth's fields that agree; half of it for the names where one is within the other."""
    fields = [one for one in ENTRIES[part] if right.get(one)]
    points = 0.0
    for one in fields:
        expected, got = right[one], read.get(one, "")
        if got and RULES.get(f"{part}.{one}", same)(expected, got):
            points += 1
        elif got and (plain(expected) in plain(got) or plain(got) in plain(expected)):
            points += 0.5
    return points / len(fields) if fields else 0.0


def plain(text: str) -> str:
    """NFKC, lower case, letters and digits only, and the few marks that tell skills apart (`C`, `C++`, `C#`)."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(letter for letter in folded if letter.isalnum() or letter in "+#")


def same(expected: str, got: str) -> bool:
    return plain(expected) == plain(got)


def same_firm(expected: str, got: str) -> bool:
    return same(expected, got) or plain(LEGAL.sub("", expected)) == plain(LEGAL.sub("", got)) != ""


def same_city(expected: str, got: str) -> bool:
    return same(CITY.sub("", expected), CITY.sub("", got))


def same_phone(expected: str, got: str) -> bool:
    """By the digits of the subscriber: `8 (903) …`, `+7 903 …`; `010-…`, `+82 10-…`."""
    one, other = (re.sub(r"\D", "", text) for text in (expected, got))
    one, other = sorted((_subscriber(one), _subscriber(other)), key=len)
    return len(one) >= 7 and other.endswith(one)


def _subscriber(digits: str) -> str:
    return digits[1:] if digits[:1] in ("0", "8") and len(digits) in (10, 11) else digits


def same_date(expected: str, got: str) -> bool:
    return expected == got


RULES: dict[str, Agree] = {
    "basics.phone": same_phone,
    "basics.email": lambda expected, got: expected.casefold() == got.casefold(),
    "basics.location.city": same_city,
    "work.name": same_firm,
    **{f"{part}.{one}": same_date for part in ENTRIES for one in ("startDate", "endDate")},
}


def _at(profile: Profile, *path: str) -> str:
    value: Any = profile
    for key in ".".join(path).split("."):
        value = value.get(key, {}) if isinstance(value, dict) else {}
    return value if isinstance(value, str) else ""


def _values(profile: Profile, part: str, one: str) -> list[str]:
    return [entry[one] for entry in profile.get(part, []) if entry.get(one)]


def _skills_of(profile: Profile) -> list[str]:
    """A row with keywords is a group: its name is no skill."""
    rows = profile.get("skills", [])
    return [name for row in rows for name in (row.get("keywords") or [row.get("name", "")]) if name]


def _fluencies(truth: Profile, got: Profile) -> Iterator[tuple[str, str, str]]:
    """For the languages that were found."""
    read = {plain(row.get("language", "")): row.get("fluency", "") for row in got.get("languages", [])}
    for row in truth.get("languages", []):
        if plain(row["language"]) in read:
            yield row["language"], row.get("fluency", ""), read[plain(row["language"])]


def mentioned_elsewhere(truth: Profile) -> Callable[[str], bool]:
    """Tells whether the truth names a skill outside its skills: as a whole word, or as the taxonomy reads it."""
    texts = " \n".join(_texts({part: value for part, value in truth.items() if part != "skills"}))
    keys = {plain(key_of(name)) for name in mentioned(texts)}

    def occurs(skill: str) -> bool:
        word = re.escape(skill.casefold())
        pattern = rf"(?<![a-z0-9]){word}(?![a-z0-9+#])" if skill.isascii() else word
        return plain(key_of(skill)) in keys or bool(re.search(pattern, texts.casefold()))

    return occurs


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
