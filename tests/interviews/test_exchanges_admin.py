"""Exchanges with a language model in the admin: recruiters read them, nobody else, and nobody edits."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from interviews.models import Interview, ModelExchange
from tests.interviews.factories import make_interview, make_resume

WORDS = "<b>I am Alice</b>"


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner, resume=make_resume(owner))


@pytest.fixture
def exchange(interview: Interview) -> ModelExchange:
    return add(interview)


def add(interview: Interview) -> ModelExchange:
    return ModelExchange.objects.create(
        interview=interview,
        turn_number=2,
        purpose="interviewer",
        model="gpt-4o",
        request={"prompt_version": "interviewer-1", "rules": "The rules", "data": WORDS},
        answer='{"next": "end", "words": ""}',
        outcome="refused",
        detail="a score, a verdict or the rules",
        tokens_in=900,
        tokens_out=40,
        cost="0.002650",
    )


def page(action: str, *args: int) -> str:
    return reverse(f"admin:interviews_modelexchange_{action}", args=args)


def test_a_recruiter_reads_one_as_text(recruiter_client: Client, exchange: ModelExchange) -> None:
    html = recruiter_client.get(page("change", exchange.pk)).content.decode()
    assert "&lt;b&gt;I am Alice&lt;/b&gt;" in html
    assert WORDS not in html
    for shown in ("The rules", "interviewer-1", "gpt-4o", "0.002650", "a score, a verdict or the rules", "not usable"):
        assert shown in html
    assert 'name="_save"' not in html


def test_lists_hold_no_words(recruiter_client: Client, exchange: ModelExchange) -> None:
    for address in (page("changelist"), reverse("admin:interviews_interview_change", args=[exchange.interview_id])):
        html = recruiter_client.get(address).content.decode()
        assert "gpt-4o" in html
        assert "Alice</b>" not in html
        assert "I am Alice" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries(
    recruiter_client: Client, interview: Interview, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        add(interview)
    with django_assert_max_num_queries(8):
        assert recruiter_client.get(page("changelist")).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("owner", 302), ("colleague", 302), ("outsider", 302), ("manager", 403)])
def test_nobody_else_reads_one(request: pytest.FixtureRequest, exchange: ModelExchange, who: str, status: int) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    assert [client.get(address).status_code for address in (page("changelist"), page("change", exchange.pk))] == [
        status,
        status,
    ]


@pytest.mark.parametrize("action", ["add", "delete", "change"])
def test_nobody_adds_deletes_or_changes(administrator_client: Client, exchange: ModelExchange, action: str) -> None:
    arguments = () if action == "add" else (exchange.pk,)
    assert administrator_client.post(page(action, *arguments), {"answer": "other"}).status_code == 403


def test_it_goes_with_its_interview(administrator_client: Client, exchange: ModelExchange) -> None:
    address = reverse("admin:interviews_interview_delete", args=[exchange.interview_id])
    assert administrator_client.post(address, {"post": "yes"}).status_code == 302
    assert not ModelExchange.objects.exists()
