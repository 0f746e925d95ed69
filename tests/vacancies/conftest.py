"""Vacancies of the people in tests."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.resumes.conftest import build as build_resume
from vacancies.domain import writing
from vacancies.models import Vacancy

MakeVacancy = Callable[..., Vacancy]


def build(**fields: Any) -> Vacancy:
    """A stored vacancy. A requirement is a row, or a text, which is a must."""
    wanted = [writing.requirement(row) if isinstance(row, str) else row for row in fields.pop("requirements", [])]
    managers = fields.pop("managers", [])
    values = {"title": "Backend developer", "position_type": "backend", "requirements": wanted, **fields}
    vacancy = Vacancy.objects.create(**values)
    vacancy.managers.set(managers)
    return vacancy


@pytest.fixture
def make_vacancy(db: None) -> MakeVacancy:
    return build


@pytest.fixture
def make_resume(db: None) -> Callable[..., Any]:
    return build_resume
