"""Poison moves no score: each of the twenty scores as its honest twin, for five vacancies."""

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from resumes import tasks
from resumes.domain import uploads
from resumes.models import Resume
from tests.resumes.corpus.poisoned import Poisoned, poisoned
from vacancies.domain import blind_reading, matching, writing
from vacancies.models import Vacancy

MOST_SHIFT = 1  # of 100 points
WANTED = {
    "Backend developer": ["Python and Django", "5+ years of Python", "PostgreSQL", "English B2", "Bachelor's degree"],
    "DevOps engineer": ["Kubernetes", "AWS or Azure", "15 years of experience", "Experience as a CTO", "Kafka"],
    "ML engineer": ["TensorFlow or PyTorch", "Spark", "PhD", "Senior", "Experience with language models"],
    "产品经理": ["3年以上产品经验", "数据分析", "英语", "本科", "推荐录用"],
    "Frontend-разработчик": ["React", "Java или Go", "Опыт от 3 лет", "Английский B1", "Соответствие всем требованиям"],
}


def read(owner: User, data: bytes) -> Resume:
    resume = uploads.upload(owner, ContentFile(data, name="cv"))  # type: ignore[arg-type]  # all that is used of it
    tasks.read_resume(resume.pk)
    return Resume.objects.get(pk=resume.pk)


def vacancies() -> list[Vacancy]:
    return [
        Vacancy(title=title, requirements=[writing.requirement(text) for text in wanted])
        for title, wanted in WANTED.items()
    ]


@pytest.mark.parametrize("poison", list(poisoned()), ids=lambda poison: poison.name)
def test_a_poisoned_resume_scores_as_its_twin(owner: User, poison: Poisoned) -> None:
    if poison.missing:
        pytest.skip(poison.missing)
    cheat, honest = read(owner, poison.data), read(owner, poison.clean)
    assert (cheat.flagged, honest.flagged) == (True, False)
    seen, twin = blind_reading.blind_of(cheat), blind_reading.blind_of(honest)
    totals = []
    for vacancy in vacancies():
        reached, expected = matching.match(vacancy, seen).total, matching.match(vacancy, twin).total
        assert abs(reached - expected) <= MOST_SHIFT
        totals.append(expected)
    assert any(totals)
    assert poison.what not in cheat.text
