"""Closing and reopening a vacancy."""

import pytest

from accounts.models import User
from tests.vacancies.conftest import MakeVacancy
from vacancies.domain import lifecycle
from vacancies.models import Vacancy, VacancyStatusChange


def test_closing_and_reopening_are_written_down(make_vacancy: MakeVacancy, recruiter: User) -> None:
    vacancy = make_vacancy()
    lifecycle.move(vacancy, "closed", recruiter)
    lifecycle.move(vacancy, "open", None)
    steps = VacancyStatusChange.objects.values_list("before", "after", "by")
    assert list(steps) == [("open", "closed", recruiter.pk), ("closed", "open", None)]
    assert (vacancy.status, Vacancy.objects.get().status) == ("open", "open")


def test_what_is_closed_is_not_closed_again(make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy(status="closed")
    with pytest.raises(lifecycle.IllegalTransition):
        lifecycle.move(vacancy, "closed", None)
    lifecycle.reach(vacancy, "closed", None)
    assert not VacancyStatusChange.objects.exists()


def test_who_was_slower_writes_nothing(make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy()
    Vacancy.objects.update(status="closed")
    with pytest.raises(lifecycle.Superseded):
        lifecycle.move(vacancy, "closed", None)
    assert not VacancyStatusChange.objects.exists()
