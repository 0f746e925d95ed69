"""Vacancies in the admin: recruiters write them, hiring managers read theirs, candidates see none."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from interviews.models import Interview
from tests.conftest import signed_in
from tests.vacancies import texts
from tests.vacancies.conftest import MakeVacancy
from vacancies.models import Status, Vacancy

LIST = "/admin/vacancies/vacancy/"
ADD = LIST + "add/"
FIELDS: dict[str, Any] = {
    "title": "Backend developer",
    "position_type": "backend",
    "language": "en",
    "history-TOTAL_FORMS": "0",
    "history-INITIAL_FORMS": "0",
}


def rows(*wanted: tuple[str, str, str]) -> dict[str, list[str]]:
    """What the page's rows send: (text, kind, weight)."""
    text, kind, weight = ([row[index] for row in wanted] for index in range(3))
    return {"requirements-text": text, "requirements-kind": kind, "requirements-weight": weight}


def change_path(vacancy: Vacancy) -> str:
    return f"{LIST}{vacancy.pk}/change/"


def seen(vacancy: Vacancy) -> dict[str, str]:
    """As the page of a vacancy that was opened now."""
    vacancy.refresh_from_db()
    count = str(vacancy.history.count())
    steps = {
        f"history-{n}-{name}": str(value)
        for n, step in enumerate(vacancy.history.all())
        for name, value in (("id", step.pk), ("vacancy", vacancy.pk))
    }
    return {"seen": vacancy.updated_at.isoformat(), **steps} | {
        "history-TOTAL_FORMS": count,
        "history-INITIAL_FORMS": count,
    }


def test_a_recruiter_makes_a_vacancy(recruiter_client: Client, recruiter: User, manager: User) -> None:
    wanted = rows(("Python", "must", ""), ("  ", "must", "7"), (" Kafka \n or  NATS", "nice", "2.5"))
    answer = recruiter_client.post(ADD, {**FIELDS, **wanted, "managers": [manager.pk]})
    assert answer.status_code == 302
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.created_by, str(vacancy)) == ("Backend developer", recruiter, "Backend developer")
    assert vacancy.requirements == [
        {"text": "Python", "kind": "must", "weight": 3},
        {"text": "Kafka or NATS", "kind": "nice", "weight": 2.5},
    ]
    assert (list(vacancy.managers.all()), vacancy.status) == ([manager], "open")


def test_whoever_left_stays_named_until_a_recruiter_says_otherwise(
    recruiter_client: Client, manager: User, make_vacancy: MakeVacancy
) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    vacancy, other = make_vacancy(managers=[manager]), make_vacancy()
    offered = [recruiter_client.get(change_path(one)).context["adminform"].form for one in (vacancy, other)]
    assert [list(form.fields["managers"].queryset) for form in offered] == [[manager], []]
    fields = {**FIELDS, **seen(vacancy), "managers": [manager.pk]}
    assert recruiter_client.post(change_path(vacancy), fields).status_code == 302
    assert list(vacancy.managers.all()) == [manager]
    assert recruiter_client.post(change_path(vacancy), {**FIELDS, **seen(vacancy)}).status_code == 302
    assert list(vacancy.managers.all()) == []


def test_rows_come_in_the_order_of_the_page_and_go(recruiter_client: Client, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy(requirements=["Go", "SQL", "Linux"])
    html = recruiter_client.get(change_path(vacancy)).content.decode()
    assert html.index("Go</textarea>") < html.index("SQL</textarea>") < html.index("Linux</textarea>")
    wanted = rows(("Linux", "nice", ""), ("Go", "must", "4"))
    assert recruiter_client.post(change_path(vacancy), {**FIELDS, **seen(vacancy), **wanted}).status_code == 302
    vacancy.refresh_from_db()
    assert [row["text"] for row in vacancy.requirements] == ["Linux", "Go"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Go", "must", "0"), "Row 2: Ensure this value is greater than or equal to 0.1."),
        (("Go", "must", "-3"), "Row 2: Ensure this value is greater than or equal to 0.1."),
        (("Go", "must", "nan"), "Row 2: Enter a number."),
        (("Go", "must", "1e999"), "Row 2: Enter a number."),
        (("Go", "must", "100.5"), "Row 2: Ensure this value is less than or equal to 100"),
        (("Go", "perhaps", "1"), "Row 2: Select a valid choice."),
        (("a" * 501, "must", "1"), "Row 2: Ensure this value has at most 500 characters"),
        (("a\x00", "must", "1"), "Row 2: Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_nothing_is_lost(
    recruiter_client: Client, row: tuple[str, str, str], said: str
) -> None:
    answer = recruiter_client.post(ADD, {**FIELDS, **rows(("Python", "must", ""), row)})
    html = answer.content.decode()
    assert (answer.status_code, Vacancy.objects.count()) == (200, 0)
    assert said in html
    assert "Python</textarea>" in html


def test_five_hundred_requirements_are_refused(recruiter_client: Client) -> None:
    answer = recruiter_client.post(ADD, {**FIELDS, **rows(*[("Go", "must", "")] * 300)})
    assert "A vacancy has at most 50 requirements." in answer.content.decode()
    assert recruiter_client.post(ADD, {**FIELDS, **rows(*[("Go", "must", "")] * 500)}).status_code == 400
    assert not Vacancy.objects.exists()


def test_its_maker_stays_its_maker(recruiter_client: Client, administrator_client: Client, recruiter: User) -> None:
    recruiter_client.post(ADD, FIELDS)
    vacancy = Vacancy.objects.get()
    path = change_path(vacancy)
    assert administrator_client.post(path, {**FIELDS, **seen(vacancy), "title": "Other"}).status_code == 302
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.created_by) == ("Other", recruiter)


def test_a_lost_update_is_refused(recruiter_client: Client, administrator_client: Client, recruiter: User) -> None:
    recruiter_client.post(ADD, FIELDS)
    vacancy = Vacancy.objects.get()
    opened = seen(vacancy)
    first = recruiter_client.post(change_path(vacancy), {**FIELDS, **opened, "title": "First"})
    second = administrator_client.post(change_path(vacancy), {**FIELDS, **opened, "title": "Second"})
    assert (first.status_code, second.status_code) == (302, 200)
    assert "Somebody else has changed this vacancy since you opened it." in second.content.decode()
    assert Vacancy.objects.get().title == "First"


@pytest.mark.parametrize("sent", ["", "yesterday", "2020-01-01T00:00:00+00:00", "2020-01-01T00:00:00"])
def test_a_page_that_does_not_say_when_it_was_opened_changes_nothing(
    recruiter_client: Client, make_vacancy: MakeVacancy, sent: str
) -> None:
    vacancy = make_vacancy(title="Kept")
    assert recruiter_client.post(change_path(vacancy), {**FIELDS, "seen": sent}).status_code == 200
    assert Vacancy.objects.get().title == "Kept"


def test_closing_and_reopening_with_a_reason(
    recruiter_client: Client, recruiter: User, owner: User, make_vacancy: MakeVacancy
) -> None:
    vacancy = make_vacancy()
    Interview.objects.create(owner=owner, vacancy=vacancy, position_name="B", position_type="backend", language="en")
    page = recruiter_client.get(f"{LIST}{vacancy.pk}/close/").content.decode()
    assert "1 interview for it is not over: it goes on and gets its report." in page
    answer = recruiter_client.post(f"{LIST}{vacancy.pk}/close/", {"reason": "Filled"})
    assert (answer.status_code, Vacancy.objects.get().status) == (302, Status.CLOSED)
    assert Interview.objects.get().status == "created"
    shown = recruiter_client.get(change_path(vacancy)).content.decode()
    assert "Filled" in shown
    assert "/reopen/" in shown
    recruiter_client.post(f"{LIST}{vacancy.pk}/reopen/", {"reason": ""})
    steps = vacancy.history.values_list("before", "after", "by", "reason")
    assert list(steps) == [("open", "closed", recruiter.pk, "Filled"), ("closed", "open", recruiter.pk, "")]


def test_closing_what_is_closed_says_so(recruiter_client: Client, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy(status="closed")
    answer = recruiter_client.post(f"{LIST}{vacancy.pk}/close/", {"reason": ""}, follow=True)
    assert "Somebody else was faster: nothing was left to change." in answer.content.decode()
    assert not vacancy.history.exists()


def test_a_vacancy_from_a_file_is_looked_through_first(recruiter_client: Client) -> None:
    file = SimpleUploadedFile("vacancy.txt", texts.ENGLISH.encode())
    answer = recruiter_client.post(LIST + "from-file/", {"file": file}, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(ADD + "?from_file=1", 302)]
    assert "This was read out of your file and is not saved yet." in html
    assert "Senior Backend Engineer" in html
    assert "</textarea>" in html[html.index("data-requirements") :]
    assert not Vacancy.objects.exists()
    assert recruiter_client.post(ADD + "?from_file=1", FIELDS).status_code == 302
    assert "Senior Backend Engineer" not in recruiter_client.get(ADD + "?from_file=1").content.decode()


def test_a_file_that_is_none_is_refused_with_a_reason(recruiter_client: Client) -> None:
    file = SimpleUploadedFile("vacancy.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100))
    answer = recruiter_client.post(LIST + "from-file/", {"file": file})
    assert answer.status_code == 400
    assert "This is not a PDF, DOCX or plain text file." in answer.content.decode()


def test_deleting_says_what_goes_along(recruiter_client: Client, owner: User, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy()
    Interview.objects.create(owner=owner, vacancy=vacancy, position_name="B", position_type="backend", language="en")
    html = recruiter_client.get(f"{LIST}{vacancy.pk}/delete/").content.decode()
    assert "With the vacancy go its requirements, its ranking, and the history of its status." in html
    assert "1 interview was held or planned for it." in html
    recruiter_client.post(f"{LIST}{vacancy.pk}/delete/", {"post": "yes"})
    assert (Vacancy.objects.count(), Interview.objects.get().vacancy) == (0, None)


def test_markup_in_a_title_stays_text(recruiter_client: Client, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy(title="<script>alert(1)</script>", requirements=["</textarea><img src=x onerror=alert(2)>"])
    for path in (LIST, change_path(vacancy), f"{LIST}{vacancy.pk}/close/", f"{LIST}{vacancy.pk}/delete/"):
        html = recruiter_client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_the_form_is_in_the_recruiters_language(recruiter: User, recruiter_client: Client) -> None:
    User.objects.filter(pk=recruiter.pk).update(language="zh-hans")
    html = recruiter_client.get(ADD).content.decode()
    assert "添加要求" in html
    assert "Add a requirement" not in html


def test_a_manager_reads_what_names_them_and_nothing_else(
    manager_client: Client, manager: User, recruiter: User, make_vacancy: MakeVacancy
) -> None:
    mine = make_vacancy(title="Mine", managers=[manager], requirements=["Go"], created_by=recruiter)
    other = make_vacancy(title="Another")
    listed = manager_client.get(LIST).content.decode()
    assert "Mine" in listed
    assert "Another" not in listed
    html = manager_client.get(change_path(mine)).content.decode()
    assert "Go" in html
    assert 'name="title"' not in html
    assert manager_client.get(change_path(other)).status_code == 404
    assert manager_client.post(change_path(mine), {**FIELDS, **seen(mine)}).status_code == 403


@pytest.mark.parametrize("page", ["from-file/", "{id}/close/", "{id}/reopen/", "{id}/delete/", "add/"])
def test_pages_that_write_are_the_recruiters(
    manager: User, owner: User, recruiter: User, make_vacancy: MakeVacancy, page: str
) -> None:
    path = LIST + page.format(id=make_vacancy(managers=[manager]).pk)
    answers = [signed_in(user).get(path).status_code for user in (recruiter, manager, owner)]
    assert answers[0] == 200
    assert answers[1] in (403, 404)
    assert answers[2] == 302  # to the admin's sign-in, as every page of it


def test_a_number_that_is_nobodys_is_not_found(recruiter_client: Client, manager_client: Client) -> None:
    for client in (recruiter_client, manager_client):
        assert client.get(LIST + "4711/change/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    recruiter_client: Client, manager: User, make_vacancy: MakeVacancy, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_vacancy(managers=[manager])
    with django_assert_num_queries(6):
        recruiter_client.get(LIST)


def test_candidates_have_no_admin(owner_client: Client, db: None) -> None:
    assert owner_client.get(LIST).status_code == 302
    assert owner_client.post(ADD, FIELDS).status_code == 302
    assert not Vacancy.objects.exists()
