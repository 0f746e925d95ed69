"""Which questions an interview asks: on the vacancy, on the candidate's own resume, and from the bank."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
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
FROM_RESUME = 3
FROM_VACANCY = 4
BESIDE_VACANCY = 2  # of the resume
MOST = 8
SECONDS = {1: 120, 2: 180, 3: 240}  # that a question and its follow-ups may take, by difficulty


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a good answer mentions, and words that show it (see `bank` for where a keyword may match)."""

    point: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question as it will be asked. Keys of questions about the resume begin with "resume", about a vacancy's
    requirement with "vacancy".

    `seconds` is the candidate's speech that the question and its follow-ups may take. `alternatives` may be asked in
    its place, where the answers so far call for an easier or a harder one.
    """

    key: str
    text: str
    topic: str
    difficulty: int
    expected: tuple[Point, ...] = ()
    seconds: int = SECONDS[2]
    alternatives: tuple["PlannedQuestion", ...] = ()

    @property
    def own(self) -> bool:
        """About the candidate's own work, not about knowledge."""
        return self.key.startswith(("resume", "vacancy"))

    def to_json(self) -> dict[str, Any]:
        """`{key, text, topic, difficulty, expected: [{point, keywords: [...]}], seconds, alternatives: [the same]}`."""
        expected = [{"point": point.point, "keywords": list(point.keywords)} for point in self.expected]
        alternatives = [one.to_json() for one in self.alternatives]
        return {**asdict(self), "expected": expected, "alternatives": alternatives}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "PlannedQuestion":
        """Plans that were stored by an older release have neither seconds nor alternatives."""
        expected = tuple(Point(item["point"], tuple(item["keywords"])) for item in row["expected"])
        alternatives = tuple(cls.from_json(one) for one in row.get("alternatives", ()))
        seconds = row.get("seconds", SECONDS[2])
        return cls(row["key"], row["text"], row["topic"], row["difficulty"], expected, seconds, alternatives)


def question_of(key: str) -> str:
    """The planned question's key in a turn's `question_key`, which of a follow-up also says what it asked about."""
    return key.partition("+")[0]


def follow_up_key(question: str, aim: str) -> str:
    return f"{question_of(question)}+{aim}"


def aim_of(key: str) -> str:
    """What a follow-up asked about; empty for a question."""
    return key.partition("+")[2]


def rows_by_key(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every question of a stored plan, those included that may be asked in another's place."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for one in (*row.get("alternatives", ()), row):
            found[str(one.get("key", ""))] = one
    return found


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
    return [_with_alternatives(question, rest, index, interview.language) for index, question in enumerate(picked)]


def _with_alternatives(
    question: bank.BankQuestion, rest: Sequence[bank.BankQuestion], index: int, language: str
) -> PlannedQuestion:
    """An easier and a harder question of those that the plan left over, in turn: planned ones may share them."""
    chosen = []
    for step in (-1, 1):
        fitting = [one for one in rest if (one.difficulty - question.difficulty) * step > 0]
        near = min((abs(one.difficulty - question.difficulty) for one in fitting), default=0)
        nearest = [one for one in fitting if abs(one.difficulty - question.difficulty) == near]
        chosen += nearest[index % len(nearest) :][:1] if nearest else []
    return replace(planned(question, language), alternatives=tuple(planned(one, language) for one in chosen))


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
    seconds = SECONDS[question.difficulty]
    return PlannedQuestion(key, text, question.topic, question.difficulty, expected, seconds)


def _interleave(own: list[PlannedQuestion], common: list[PlannedQuestion]) -> list[PlannedQuestion]:
    """Begin with something of the candidate's own; the others of it come after every second bank question."""
    mixed: list[PlannedQuestion] = []
    own = list(own)
    for index, question in enumerate(common):
        if index % 2 == 0 and own:
            mixed.append(own.pop(0))
        mixed.append(question)
    return mixed + own
