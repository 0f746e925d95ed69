"""Invented people: who they are and what they did, as JSON Resume, before anybody writes it down."""

import functools
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.resumes.corpus.dates import Month

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "zh", "ru", "ko")
TODAY = 2026 * 12 + 5
DEGREES = {
    "en": (("Bachelor of Science", "Master of Science"), ("BSc", "MSc"), ("B.A.", "M.A."), ("Bachelor", "MBA")),
    "zh": (("本科", "硕士"), ("学士", "硕士"), ("大学本科", "硕士研究生"), ("大专", "本科")),
    "ru": (
        ("Бакалавр", "Магистр"),
        ("бакалавр", "магистр"),
        ("Специалист", "Магистр"),
        ("Бакалавриат", "Магистратура"),
    ),
    "ko": (("학사", "석사"), ("학사", "석사"), ("전문학사", "학사"), ("학사", "박사")),
}
PHONES = {
    "en": ("+44 1632 960{0:03d}", "(503) 555-0{0:03d}", "+1 512-555-0{0:03d}", "+353 21 455 0{0:03d}"),
    "zh": ("138{0:03d}{1:05d}", "+86 139 {0:04d} {2:04d}", "186-{2:04d}-{0:04d}", "(+86) 150{2:04d}{0:04d}"),
    "ru": ("+7 916 {0:03d}-{3:02d}-17", "8 (903) {0:03d}-{3:02d}-42", "+7({0:03d})555{2:04d}", "8-926-{0:03d}-{2:04d}"),
    "ko": ("010-{2:04d}-{0:04d}", "+82 10-{2:04d}-{0:04d}", "010.{2:04d}.{0:04d}", "010 {2:04d} {0:04d}"),
}
MAIL = ("example.com", "example.org", "mail.example.net")


@dataclass
class Stay:
    """A job, a school or a project with its months; `end` None means until now."""

    fields: dict[str, Any]
    start: Month
    end: Month | None
    intern: bool = False


@dataclass
class Person:
    """`skills` are groups (a name, which may be empty, to skills)."""

    language: str
    name: str
    label: str
    email: str
    phone: str
    city: str
    address: str
    summary: str
    work: list[Stay]
    education: list[Stay]
    projects: list[Stay]
    volunteer: list[Stay]
    skills: dict[str, list[str]]
    languages: list[tuple[str, str]]
    certificates: list[tuple[str, str, Month]]
    interests: list[str] = field(default_factory=list)


@functools.cache
def texts(language: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((TEXTS / f"{language}.yaml").read_text(encoding="utf-8"))
    return value


def make(language: str, number: int, *, unseen: bool, draw: int, jobs: int) -> Person:
    """The person of that number. `jobs` is how many jobs; one of them may be an internship."""
    rng = random.Random(f"{language}-{number}-{unseen}-{draw}")
    words = texts(language)
    own = words["unseen" if unseen else "seen"]
    professions = list(words["professions"].values())[2 if unseen else 0 :][:7]
    job = professions[(number + draw) % len(professions)]
    work = _work(rng, own, words, job, jobs)
    born_into = _months(min(_number(stay.start) for stay in work) - 2) if work else _months(TODAY - 10)
    name = own["people"][number % len(own["people"])]
    city, address = rng.choice(list(own["places"].items()))
    years = max(1, TODAY // 12 - born_into[0])
    return Person(
        language=language,
        name=name,
        label=job["label"],
        email=f"{_mailbox(own, number, name)}@{rng.choice(MAIL)}",
        phone=_phone(rng, language),
        city=city,
        address=address,
        summary=rng.choice(words["summary"]).format(label=job["label"], n=years),
        work=work,
        education=_education(rng, own, job, language, born_into),
        projects=_projects(rng, job),
        volunteer=[Stay({"organization": place, "position": role}, (2021, 4), (2022, 9))
                   for place, role in rng.sample(words["volunteer"], 1)],
        skills=job["skills"],
        languages=[(tongue, rng.choice(levels)) for tongue, levels in _tongues(rng, words)],
        certificates=[(*pair, (rng.randint(2017, 2025), rng.randint(1, 12))) for pair in job["certificates"]],
        interests=rng.sample(words["interests"], 3),
    )  # fmt: skip


def _mailbox(own: dict[str, Any], number: int, name: str) -> str:
    if "romanised" in own:
        return str(own["romanised"][number % len(own["romanised"])])
    return ".".join(word for word in name.lower().replace("'", "").replace("-", "").split() if len(word) > 2)


def _phone(rng: random.Random, language: str) -> str:
    small, five, four, two = (
        rng.randint(100, 199),
        rng.randint(10_000, 99_999),
        rng.randint(2000, 9999),
        rng.randint(10, 99),
    )
    pattern = rng.choice(PHONES[language])
    if language == "en":
        return pattern.format(small)
    if language == "ru":
        return pattern.format(rng.randint(900, 999), five, four, two)
    return pattern.format(rng.randint(200, 999) if "{0:03d}" in pattern else rng.randint(1000, 9999), five, four, two)


def _tongues(rng: random.Random, words: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [words["tongues"][0], *rng.sample(words["tongues"][1:], rng.randint(1, 2))]


def _work(rng: random.Random, own: dict[str, Any], words: dict[str, Any], job: dict[str, Any], jobs: int) -> list[Stay]:
    """Newest first. Of three jobs or more the two newest may be at one firm; the oldest of several is a trainee's."""
    firms = rng.sample(own["firms"], min(jobs, len(own["firms"]))) if jobs else []
    if jobs >= 3 and rng.random() < 0.35:
        firms[1] = firms[0]
    found: list[Stay] = []
    end = TODAY if rng.random() < 0.7 else TODAY - rng.randint(2, 9)
    for index, firm in enumerate(firms):
        last = index == jobs - 1
        start = end - rng.randint(8, 44) + (end % 12 == 0)
        title = job["titles"][-1] if last and jobs > 1 else job["titles"][min(index, len(job["titles"]) - 2)]
        fields = {"name": firm, "position": title, "location": rng.choice(list(own["places"])),
                  "highlights": _told(rng, words, job, 2 if jobs < 5 else 5)}  # fmt: skip
        current = index == 0 and end == TODAY
        found.append(Stay(fields, _months(start), None if current else _months(end), intern=last and jobs > 1))
        end = start - 1 - (rng.randint(5, 14) if rng.random() < 0.25 else 0)
    return found


def _told(rng: random.Random, words: dict[str, Any], job: dict[str, Any], count: int) -> list[str]:
    own = rng.sample(job["tells"], min(count, len(job["tells"])))
    return [_filled(rng, text, job) for text in own + rng.sample(words["common"], max(1, count - len(own)))]


def _filled(rng: random.Random, text: str, job: dict[str, Any]) -> str:
    first, second = rng.sample([name for group in job["skills"].values() for name in group], 2)
    return text.format(a=first, b=second)


def _education(
    rng: random.Random, own: dict[str, Any], job: dict[str, Any], language: str, before: Month
) -> list[Stay]:
    """Newest first: one school or two."""
    first, second = rng.choice(DEGREES[language])
    schools = rng.sample(own["schools"], 2)
    areas = job["areas"]
    bachelor = Stay(
        {"institution": schools[0], "studyType": first, "area": areas[0]}, (before[0] - 4, 9), (before[0], 6)
    )
    if rng.random() < 0.5:
        return [bachelor]
    master = Stay(
        {"institution": schools[1], "studyType": second, "area": areas[1]}, (before[0] - 2, 9), (before[0], 6)
    )
    bachelor.start, bachelor.end = (before[0] - 6, 9), (before[0] - 2, 6)
    return [master, bachelor]


def _projects(rng: random.Random, job: dict[str, Any]) -> list[Stay]:
    found = []
    for name, told in job["projects"]:
        start = rng.randint(2019, 2024) * 12 + rng.randint(0, 8)
        fields = {"name": name, "description": _filled(rng, told, job)}
        found.append(Stay(fields, _months(start), _months(start + rng.randint(2, 9))))
    return found


def _number(month: Month) -> int:
    return month[0] * 12 + month[1] - 1


def _months(number: int) -> Month:
    return number // 12, number % 12 + 1
