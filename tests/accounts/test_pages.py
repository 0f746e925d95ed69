"""The account pages."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.domain.people import make_demo_accounts
from accounts.models import Role, User
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def test_sign_up_signs_in_as_candidate(client: Client) -> None:
    data = {"name": "Ann", "email": "Ann@Example.com", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("accounts:sign-up"), data, headers={"accept-language": "ko"})
    user = User.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("interviews:home"))
    assert (user.email, user.role, user.language) == ("ann@example.com", Role.CANDIDATE, "ko")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_up_refuses_a_taken_address(client: Client, owner: User) -> None:
    data = {"name": "x", "email": "ALICE@example.com", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("accounts:sign-up"), data)
    assert (response.status_code, User.objects.count()) == (200, 1)


def test_sign_in_in_any_case(client: Client, owner: User) -> None:
    owner.set_password(PASSWORD)
    owner.save()
    response = client.post(reverse("accounts:sign-in"), {"username": "ALICE@Example.com", "password": PASSWORD})
    assert response.status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_language_switch_never_leads_away(client: Client, target: str) -> None:
    response = client.post(reverse("accounts:language"), {"language": "ru", "next": target})
    assert response.headers["Location"] == reverse("interviews:home")
    assert response.cookies["django_language"].value == "ru"


def test_language_switch_is_kept_on_the_account(owner: User, owner_client: Client) -> None:
    owner_client.post(reverse("accounts:language"), {"language": "zh-CN", "next": "/accounts/profile/"})
    owner.refresh_from_db()
    assert owner.language == "zh-hans"
    assert 'lang="zh-hans"' in owner_client.get(reverse("accounts:profile")).content.decode()


def test_password_reset_by_mail(client: Client, owner: User) -> None:
    client.post(reverse("accounts:reset"), {"email": owner.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link[1], follow=True)
    done = client.post(form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert done.headers["Location"] == reverse("accounts:reset-done")
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_pages_answer_with_and_without_their_slash(client: Client) -> None:
    assert client.get("/accounts/sign-in").status_code == client.get("/accounts/sign-in/").status_code == 200


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.CANDIDATE, "/admin/accounts/user/", 302),
        (Role.RECRUITER, "/admin/accounts/user/", 403),
        (Role.ADMINISTRATOR, "/admin/accounts/user/", 200),
        (Role.CANDIDATE, "/admin/", 302),
        (Role.RECRUITER, "/admin/", 200),
    ],
)
def test_who_enters_the_admin(client: Client, role: Role, path: str, status: int) -> None:
    client.force_login(User.objects.create_user(f"{role}@example.com", None, role=role))
    assert client.get(path).status_code == status


def test_demo_accounts_keep_their_passwords(tmp_path: Path) -> None:
    path = tmp_path / "demo.tsv"
    first = make_demo_accounts(path)
    assert make_demo_accounts(path) == first
    assert [role for role, _email, _password in first] == ["candidate", "recruiter", "administrator"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert all(User.objects.get(email=email).check_password(password) for _role, email, password in first)


def test_demo_data_command_prints_the_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_data")
    assert "candidate@example.com" in capsys.readouterr().out


def test_the_admin_shows_nobody_s_tokens(administrator_client: Client) -> None:
    assert administrator_client.get("/admin/token_blacklist/outstandingtoken/").status_code == 404
    assert "token_blacklist" not in administrator_client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Seoul", "21:30"), ("UTC", "12:30"), ("No/Where", "12:30"), ("../UTC", "12:30")]
)
def test_times_are_told_in_the_person_s_zone(owner: User, owner_client: Client, zone: str, shown: str) -> None:
    User.objects.update(time_zone=zone, language="ru")
    planned = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    interview = make_interview(owner, interview_time=planned)
    page = owner_client.get(reverse("interviews:detail", args=[interview.pk])).content.decode()
    assert f"04.05.2026 {shown}" in page
