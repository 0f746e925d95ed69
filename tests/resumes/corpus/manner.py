"""How a person writes their resume down: the choices that make two resumes of the same life look different."""

import random
from dataclasses import dataclass
from typing import Any

from tests.resumes.corpus.dates import STYLES, Style
from tests.resumes.corpus.people import texts

HEADS = (
    "position_date", "firm_date", "date_first", "one_line", "date_line", "labelled", "position_firm", "at", "brackets",
)  # fmt: skip
PROJECTS_IN_ONE_LINE = ("one_line", "labelled", "at")  # without dates
SCHOOLS = ("degree_date", "school_date", "one_line", "date_line", "labelled", "degree_school")
SKILLS = ("groups", "commas", "bullets", "levels", "pipes", "years")
LANGUAGES = ("brackets", "dash", "lines", "colon")
CONTACTS = ("line", "labels", "lines", "spread")
LABELS = ("line", "labelled", "none", "beside")
CERTIFICATES = ("issuer", "lines", "dated", "commas")
DIVIDERS = {
    "en": (" | ", " — ", ", ", " · "),
    "ru": (" | ", " — ", ", ", " • "),
    "zh": ("  ", " | ", " · ", "，"),
    "ko": (" | ", " / ", "  ", ", "),
}
BULLETS = ("•", "-", "▪", "–", "*", "◦")
FRAMES = {
    "en": ("{}", "{}:", "{UPPER}", "— {} —"),
    "ru": ("{}", "{UPPER}", "{}:", "{}"),
    "zh": ("{}", "【{}】", "{}：", "{number}、{}"),
    "ko": ("{}", "[{}]", "■ {}", "{digit}. {}"),
}
ORDERS = tuple(
    tuple(order.split())
    for order in (
        "summary work internships projects education skills certificates languages volunteer interests",
        "summary skills work internships education projects languages certificates interests volunteer",
        "education internships work projects skills languages certificates volunteer interests summary",
        "skills languages summary work internships volunteer education certificates projects interests",
    )
)
OFTEN_LEFT_OUT = ("summary", "projects", "certificates", "languages", "volunteer", "interests")
SELDOM_LEFT_OUT = ("skills", "education")


@dataclass(frozen=True)
class Manner:
    """`left_out` are sections that this resume does not have, `bare` contact fields that it does not give."""

    dates: Style
    head: str
    school: str
    skills: str
    languages: str
    contact: str
    label: str
    certificates: str
    divider: str
    bullet: str
    frame: str
    order: tuple[str, ...]
    headings: dict[str, str]
    durations: bool
    only_graduation: bool
    places: bool
    score: bool
    apart: bool
    upper_name: bool
    left_out: frozenset[str]
    bare: frozenset[str]
    degree: int = 0
    bilingual: bool = False


def choose(language: str, number: int, *, unseen: bool, draw: int, short: bool, **fixed: Any) -> Manner:
    """The rarer choices come round in turn, so that every set has each of them; the rest is drawn."""
    rng = random.Random(f"manner-{language}-{number}-{unseen}-{draw}")
    turn = number + 5 * draw + 4 * unseen + {"en": 0, "zh": 2, "ru": 5, "ko": 7}[language]
    own = texts(language)["unseen" if unseen else "seen"]["headings"]
    chosen: dict[str, Any] = {
        "dates": STYLES[language][(number + 3 * unseen + 2 * draw) % len(STYLES[language])],
        "head": HEADS[turn % len(HEADS)],
        "school": SCHOOLS[(turn + 1) % len(SCHOOLS)],
        "skills": SKILLS[(turn + 2) % len(SKILLS)],
        "languages": rng.choice(LANGUAGES),
        "contact": CONTACTS[(turn + number // 4) % len(CONTACTS)],
        "label": rng.choice(LABELS),
        "certificates": rng.choice(CERTIFICATES),
        "divider": rng.choice(DIVIDERS[language]),
        "bullet": rng.choice(BULLETS),
        "frame": rng.choice(FRAMES[language]),
        "order": ORDERS[(number + unseen + draw) % len(ORDERS)],
        "headings": {section: rng.choice(names) for section, names in own.items()},
        "durations": rng.random() < 0.15,
        "only_graduation": rng.random() < 0.35,
        "places": rng.random() < 0.4,
        "score": rng.random() < 0.25,
        "apart": rng.random() < 0.5,
        "upper_name": language in ("en", "ru") and rng.random() < 0.25,
        "left_out": _left_out(rng, short=short),
        "bare": frozenset(rng.sample(("phone", "city"), 1)) if rng.random() < 0.2 else frozenset(),
        "degree": rng.randrange(3),
    }
    return Manner(**(chosen | fixed))


def _left_out(rng: random.Random, *, short: bool) -> frozenset[str]:
    if short:
        return frozenset(("summary", "projects", "certificates", "volunteer", "interests"))
    often = [section for section in OFTEN_LEFT_OUT if rng.random() < 0.3]
    return frozenset([*often, *(section for section in SELDOM_LEFT_OUT if rng.random() < 0.06)])
