"""Which questions an interview asks: on the vacancy, on the candidate's own resume, and from the bank."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from interviews.domain import bank, resume_topics, vacancy_topics
from interviews.domain.resume_topics import Topic
from interviews.models import Interview
from resumes.models import Resume

# Difficulties of the bank's questions by years of work: the first row whose years are not exceeded.
LADDERS: tuple[tuple[float, tuple[int, ...]], ...] = (
    (2, (1, 1, 1, 2, 2, 2)),
    (5, (1, 1, 2, 2, 3, 3)),
    (float("inf"), (1, 2, 2, 3, 3, 3)),
)
FROM_BANK = 6
FROM_RESUME = 3
FROM_VACANCY = 4
BESIDE_VACANCY = 2  # of the resume
MOST = 8


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a good answer mentions, and words that show it (see `bank` for where a keyword may match)."""

    point: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question as it will be asked. Keys of questions about the resume begin with "resume", about a vacancy's
    requirement with "vacancy"."""

    key: str
    text: str
    topic: str
    difficulty: int
    expected: tuple[Point, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """`{key, text, topic, difficulty, expected: [{point, keywords: [...]}]}`."""
        expected = [{"point": point.point, "keywords": list(point.keywords)} for point in self.expected]
        return {**asdict(self), "expected": expected}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "PlannedQuestion":
        expected = tuple(Point(item["point"], tuple(item["keywords"])) for item in row["expected"])
        return cls(row["key"], row["text"], row["topic"], row["difficulty"], expected)


def build(interview: Interview, resume: Resume | None, earlier: int = 0) -> list[PlannedQuestion]:
    """6 to 8 questions in the interview's language; easy ones come first.

    With a vacancy up to 4 are about its requirements (see `vacancy_topics.choose`).

    The same for the same resume and position, so that candidates who bring the same are asked the same; `earlier`
    interviews of this kind (see `earlier_ones`) make it another plan, so that a second attempt is not a repetition.
    """
    dice = random.Random(_seed(interview, resume, earlier))  # noqa: S311  # repeatable on purpose, nothing secret
    asked = _from_vacancy(interview, resume, dice)
    if asked:
        return _with_vacancy(interview, resume, asked, dice)
    own = _from_resume(interview, resume, dice, FROM_RESUME)
    ladder = _ladder(resume.years if resume else None)
    common = _from_bank(interview, ladder if len(own) < 2 else ladder[:2] + ladder[3:], dice)
    return _interleave(own, common)


def store(interview: Interview, resume: Resume | None) -> None:
    """Build the plan into `interview.plan` (not saved)."""
    interview.plan = [question.to_json() for question in build(interview, resume, earlier_ones(interview, resume))]


def earlier_ones(interview: Interview, resume: Resume | None) -> int:
    """How many other interviews for this position the candidate has with this resume, however often it was uploaded."""
    if resume is None:
        return 0
    same = {"position_type": interview.position_type, "position_name": interview.position_name}
    others = Interview.objects.filter(owner_id=interview.owner_id, resume__sha256=resume.sha256, **same)
    return others.exclude(pk=interview.pk).count()


def _seed(interview: Interview, resume: Resume | None, earlier: int) -> str:
    position = (interview.position_type, interview.position_name, interview.language)
    wanted = (interview.vacancy.requirements,) if interview.vacancy else ()
    return repr(("plan", resume.sha256 if resume else "", *position, earlier, *wanted))


def _ladder(years: float | None) -> tuple[int, ...]:
    return next(ladder for most, ladder in LADDERS if (years or 0) <= most)


def _from_bank(interview: Interview, ladder: Sequence[int], dice: random.Random) -> list[PlannedQuestion]:
    """One question a step of the ladder; a topic comes again only when every topic of that difficulty was asked."""
    rest = list(bank.questions(interview.position_type))
    dice.shuffle(rest)
    picked: list[bank.BankQuestion] = []
    for difficulty in ladder:
        topics = [question.topic for question in picked]
        best = min(rest, key=lambda q: (abs(q.difficulty - difficulty), topics.count(q.topic)))
        rest.remove(best)
        picked.append(best)
    return [planned(question, interview.language) for question in picked]


def _with_vacancy(
    interview: Interview, resume: Resume | None, asked: list[PlannedQuestion], dice: random.Random
) -> list[PlannedQuestion]:
    """Something of the candidate's own to begin with, then the musts: they are met even where time is short."""
    said = " ".join(question.text for question in asked).casefold()
    own = _from_resume(interview, resume, dice, BESIDE_VACANCY, said)
    ladder = _ladder(resume.years if resume else None)
    room = MOST - len(own) - len(asked)
    common = _from_bank(interview, [ladder[index * len(ladder) // room] for index in range(room)], dice)
    return [*own[:1], *asked[:2], *common[:1], *asked[2:], *own[1:], *common[1:]]


def _from_vacancy(interview: Interview, resume: Resume | None, dice: random.Random) -> list[PlannedQuestion]:
    if interview.vacancy is None:
        return []
    return _from_templates(interview, vacancy_topics.choose(interview.vacancy, resume, FROM_VACANCY), dice)


def _from_resume(
    interview: Interview, resume: Resume | None, dice: random.Random, limit: int, said: str = ""
) -> list[PlannedQuestion]:
    """`said` (case-folded) is asked already: its skills are left out."""
    if resume is None:
        return []
    topics = resume_topics.choose(resume.profile, wanted=_wanted(interview), limit=MOST)
    new = [topic for topic in topics if topic.kind != "skill" or topic.values["skill"].casefold() not in said]
    return _from_templates(interview, new[:limit], dice)


def _from_templates(interview: Interview, topics: Sequence[Topic], dice: random.Random) -> list[PlannedQuestion]:
    """One question a topic; a template comes again only when all of its kind were used."""
    asked: list[PlannedQuestion] = []
    for number, topic in enumerate(topics, start=1):
        used = {question.key.rpartition(":")[0] for question in asked}
        known = bank.templates(topic.kind)
        fresh = [template for template in known if template.key not in used] or known
        asked.append(planned(dice.choice(fresh), interview.language, number, topic.values))
    return asked


def _wanted(interview: Interview) -> str:
    return f"{interview.position_name} {interview.position_description} {interview.position_requirements}".casefold()


def planned(
    question: bank.BankQuestion, language: str, number: int | None = None, values: dict[str, str] | None = None
) -> PlannedQuestion:
    """`question` in one language; a template gets `values`, and `number` makes its key unique in the plan."""
    text, points = question.texts[language], question.points[language]
    for name, value in (values or {}).items():
        text = text.replace("{" + name + "}", value)
    key = question.key if number is None else f"{question.key}:{number}"
    expected = tuple(Point(point, tuple(keywords)) for point, keywords in points.items())
    return PlannedQuestion(key, text, question.topic, question.difficulty, expected)


def _interleave(own: list[PlannedQuestion], common: list[PlannedQuestion]) -> list[PlannedQuestion]:
    """Begin with something of the candidate's own; the others of it come after every second bank question."""
    mixed: list[PlannedQuestion] = []
    own = list(own)
    for index, question in enumerate(common):
        if index % 2 == 0 and own:
            mixed.append(own.pop(0))
        mixed.append(question)
    return mixed + own
