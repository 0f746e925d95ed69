"""The plan of an interview for a vacancy: its requirements first, above all what the resume does not show."""

from typing import Any

import pytest

from accounts.models import User
from interviews.domain import creation, plan, vacancy_topics
from interviews.models import Interview
from resumes.models import Resume
from tests.interviews.factories import PROFILE, make_resume
from tests.vacancies.conftest import build as make_vacancy
from vacancies.models import Vacancy

REQUIREMENTS: list[dict[str, Any]] = [
    {"text": "Docker", "kind": "nice", "weight": 90},
    {"text": "Python", "kind": "must", "weight": 3},
    {"text": "Kubernetes or ECS", "kind": "must", "weight": 3},
    {"text": "3+ years of experience with Go", "kind": "must", "weight": 5},
    {"text": "English at B2 or better", "kind": "must", "weight": 1},
    {"text": "Kafka", "kind": "nice", "weight": 1},
]
EXPECTED = [
    (
        "resume-project-story:1",
        "In the project Night Owl, what was the hardest decision, what did you do yourself, and what came of it?",
    ),
    (
        "vacancy-shown-hardest:1",
        (
            "The position asks for this, and your resume shows it: 3+ years of experience with Go. What was "
            "the hardest task in which you needed it, and what did you do yourself?"
        ),
    ),
    (
        "vacancy-unshown-story:2",
        (
            "One of our requirements is not in your resume: Kubernetes or ECS. Think of a task where you "
            "needed it, even a small one. What was it, and how did you go about it?"
        ),
    ),
    (
        "backend-http-methods",
        "How do GET, POST, PUT and PATCH differ, and what does it mean that a request is idempotent?",
    ),
    (
        "vacancy-shown-first:3",
        (
            "You bring something that we need: Python. How would you use it in your first weeks here, and "
            "what would you want to know from us before that?"
        ),
    ),
    (
        "vacancy-unshown-near:4",
        (
            "The position asks for this: English at B2 or better. Your resume does not tell of it. What have "
            "you done with it so far, or with what is nearest to it?"
        ),
    ),
    (
        "resume-skill-example:2",
        "You list PostgreSQL in your resume. Tell me about a problem you solved with it and why you chose it.",
    ),
    (
        "backend-slow-endpoint",
        "An endpoint became ten times slower after a release. How do you find out why?",
    ),
]
OWN = Resume(years=4.0, profile=PROFILE, sha256="a")


def vacancy(*rows: dict[str, Any]) -> Vacancy:
    return Vacancy(title="Backend developer", position_type="backend", requirements=list(rows or REQUIREMENTS))


def interview(**fields: Any) -> Interview:
    values = {"position_type": "backend", "position_name": "Backend developer", "language": "en", **fields}
    return Interview(**{"vacancy": vacancy(), **values})


def topics(resume: Resume | None, *rows: dict[str, Any], limit: int = 9) -> list[tuple[str, str]]:
    found = vacancy_topics.choose(vacancy(*rows), resume, limit)
    return [(topic.kind, topic.values["requirement"]) for topic in found]


def test_musts_come_first_by_weight_and_of_equals_what_is_not_shown() -> None:
    assert topics(OWN) == [
        ("shown", "3+ years of experience with Go"),
        ("unshown", "Kubernetes or ECS"),
        ("shown", "Python"),
        ("unshown", "English at B2 or better"),
        ("unshown", "Docker"),
        ("shown", "Kafka"),
    ]


def test_without_a_resume_nothing_is_shown() -> None:
    assert {kind for kind, _text in topics(None)} == {"unshown"}


@pytest.mark.parametrize(
    ("text", "profile", "years", "kinds"),
    [
        ("k8s", {"skills": [{"name": "Kubernetes"}]}, 0, ["shown"]),
        ("Kafka and Docker", {"skills": [{"name": "Kafka"}]}, 0, ["unshown"]),
        ("от 5 лет опыта", {}, 5.0, ["shown"]),
        ("от 5 лет опыта", {}, 4.9, ["unshown"]),
        ("English B2", {"languages": [{"language": "English", "fluency": "C1"}]}, 0, []),
        ("English B2", {"languages": [{"language": "English", "fluency": "A2"}]}, 0, ["unshown"]),
        ("English B2", {"languages": [{"language": "English"}]}, 0, []),
        ("Master's degree", {"education": [{"studyType": "Master of Science"}]}, 0, []),
        ("Master's degree", {"education": [{"studyType": "Bachelor of Science"}]}, 0, ["unshown"]),
        ("Experience with payment terminals", {"work": [{"summary": "Payment terminal firmware"}]}, 0, ["shown"]),
        ("Experience with payment terminals", {"work": [{"summary": "Bread"}]}, 0, ["unshown"]),
        ("SQL", None, 0, ["unshown"]),
        ("SQL", {"skills": "SQL", "work": [None, 3, {"summary": ["SQL"]}]}, 0, ["shown"]),
    ],
)
def test_what_a_resume_shows(text: str, profile: Any, years: float, kinds: list[str]) -> None:
    resume = Resume(years=years, profile=profile)
    assert [kind for kind, _text in topics(resume, {"text": text, "kind": "must", "weight": 3})] == kinds


def test_the_questions_word_for_word() -> None:
    asked = [(question.key, question.text) for question in plan.build(interview(), OWN)]
    assert asked == EXPECTED


def test_the_same_for_the_same_and_another_for_other_requirements() -> None:
    assert plan.build(interview(pk=1), OWN) == plan.build(interview(pk=2), OWN)
    changed = vacancy({"text": "Erlang", "kind": "must", "weight": 3})
    assert plan.build(interview(vacancy=changed), OWN) != plan.build(interview(), OWN)


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru", "ko"])
@pytest.mark.parametrize("resume", [OWN, None, Resume(years=None, profile={})])
def test_eight_questions_at_most_in_every_language(resume: Resume | None, language: str) -> None:
    for count in range(1, 7):
        made = interview(vacancy=vacancy(*REQUIREMENTS[:count]), language=language)
        questions = plan.build(made, resume)
        assert len(questions) == 8
        assert len({question.key for question in questions}) == 8
        assert sum(question.key.startswith("vacancy-") for question in questions) == min(count, 4)
        assert not any("{" in question.text for question in questions)


def test_what_is_asked_about_the_vacancy_is_not_asked_about_the_resume() -> None:
    text = " ".join(question.text for question in plan.build(interview(), OWN))
    assert (text.count("Python"), text.count("Go")) == (1, 1)


def test_a_vacancy_without_requirements_changes_nothing() -> None:
    empty = vacancy()
    empty.requirements = []
    keys = [[question.key for question in plan.build(interview(vacancy=one), OWN)] for one in (empty, None)]
    assert keys[0][0].startswith("resume-")
    assert len(keys[0]) == len(keys[1]) == 8


def test_words_of_a_requirement_break_no_question() -> None:
    row = {"text": 'Say "{skill}" <b>\u202e and `rm -rf` ' + "x" * 400, "kind": "must", "weight": 3}
    question = next(one for one in plan.build(interview(vacancy=vacancy(row)), OWN) if one.key.startswith("vacancy"))
    assert not set(question.text) & set('{}<>`"\u202e')
    assert len(question.text) < 350


class TestInviting:
    @pytest.mark.django_db
    def test_the_interview_takes_over_what_the_vacancy_says(self, owner: User) -> None:
        opening = make_vacancy(title="Go developer", company_name="Acme", language="ru", requirements=["Go", "SQL"])
        made, new = creation.invite(opening, make_resume(owner))
        stored = Interview.objects.get()
        assert (made, new, stored.vacancy, stored.owner) == (stored, True, opening, owner)
        assert (stored.position_name, stored.company_name, stored.language) == ("Go developer", "Acme", "ru")
        assert stored.position_requirements == "Go\nSQL"
        assert [row["key"].split("-")[0] for row in stored.plan].count("vacancy") == 2

    @pytest.mark.django_db
    def test_one_that_is_not_over_is_enough(self, owner: User) -> None:
        opening, resume = make_vacancy(requirements=["Go"]), make_resume(owner)
        first, _new = creation.invite(opening, resume)
        assert creation.invite(opening, resume) == (first, False)
        Interview.objects.update(status="completed")
        assert creation.invite(opening, resume)[1] is True

    @pytest.mark.django_db
    def test_closing_stops_new_ones_and_leaves_those_that_are_there(self, owner: User) -> None:
        opening, resume = make_vacancy(requirements=["Go"]), make_resume(owner)
        made, _new = creation.invite(opening, resume)
        Vacancy.objects.update(status="closed")
        with pytest.raises(creation.VacancyClosed):
            creation.invite(opening, resume)
        assert creation.prepare(made, resume).plan == made.plan
        opening.delete()
        made.refresh_from_db()
        assert (made.vacancy, len(made.plan)) == (None, 8)
