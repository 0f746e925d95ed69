"""Sign-up, tokens and consents over HTTP."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.domain import consents, people, tokens
from accounts.models import Consent, Role, User

pytestmark = pytest.mark.django_db
Api = Callable[[User], APIClient]
PASSWORD = "correct horse battery"


def post(path: str, data: dict[str, object]) -> tuple[int, dict[str, object]]:
    response = Client().post(path, data, content_type="application/json")
    return response.status_code, response.json()


def test_register_makes_a_candidate_and_signs_in() -> None:
    status, body = post(
        "/api/v1/auth/register/",
        {"email": "New@Example.com", "password": PASSWORD, "name": "Ann", "language": "zh-CN", "role": "administrator"},
    )
    user = User.objects.get()
    assert (status, set(body)) == (201, {"access", "refresh"})
    assert (user.email, user.name, user.language, user.role) == ("new@example.com", "Ann", "zh-hans", Role.CANDIDATE)
    assert tokens.user_of_token(str(body["access"])) == user


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"password": PASSWORD}, "email"),
        ({"email": "not an address", "password": PASSWORD}, "email"),
        ({"email": "ALICE@example.com", "password": PASSWORD}, "email"),
        ({"email": "x@example.com", "password": "12345678"}, "password"),
        ({"email": "x@example.com", "password": PASSWORD, "language": "de"}, "language"),
    ],
)
def test_register_refuses(owner: User, data: dict[str, object], field: str) -> None:
    status, body = post("/api/v1/auth/register", data)
    assert (status, body["success"], body["code"], list(body["errors"])) == (400, False, "invalid", [field])  # type: ignore[call-overload]
    assert User.objects.count() == 1


def test_token_and_refresh(owner: User) -> None:
    owner.set_password(PASSWORD)
    owner.save()
    status, pair = post("/api/v1/auth/token", {"email": "ALICE@example.com", "password": PASSWORD})
    assert (status, set(pair)) == (200, {"access", "refresh"})
    status, fresh = post("/api/v1/auth/token/refresh/", {"refresh": pair["refresh"]})
    assert (status, set(fresh)) == (200, {"access", "refresh"})
    assert post("/api/v1/auth/token/refresh/", {"refresh": pair["refresh"]})[0] == 401


def test_wrong_password_is_401_in_our_shape(owner: User) -> None:
    status, body = post("/api/v1/auth/token/", {"email": owner.email, "password": "wrong"})
    assert (status, body["success"], body["errors"]) == (401, False, {})


def test_logout_revokes(owner: User) -> None:
    refresh = str(RefreshToken.for_user(owner))
    assert post("/api/v1/auth/logout/", {"refresh": refresh}) == (200, {"success": True})
    assert post("/api/v1/auth/token/refresh/", {"refresh": refresh})[0] == 401
    assert post("/api/v1/auth/logout/", {"refresh": refresh})[0] == 400


def test_a_bad_token_is_no_one(owner: User) -> None:
    expired = AccessToken.for_user(owner)
    expired.set_exp(lifetime=timedelta(minutes=-2))
    blocked = str(AccessToken.for_user(owner))
    User.objects.update(is_active=False)
    for token in ("", "garbage", str(expired), str(RefreshToken.for_user(owner)), blocked):
        with pytest.raises(tokens.BadToken):
            tokens.user_of_token(token)


def test_consents_are_ones_own_and_the_newest_holds(api: Api, owner: User, colleague: User) -> None:
    for granted in (True, False):
        data = {"kind": "recording", "version": "1", "granted": granted}
        assert api(owner).post(reverse("consents"), data, format="json").status_code == 201
    assert [row["granted"] for row in api(owner).get(reverse("consents")).json()] == [False, True]
    assert api(colleague).get(reverse("consents")).json() == []
    assert APIClient().get(reverse("consents")).status_code == 401
    assert consents.granted(owner, "recording") is False
    assert consents.overview(owner) == {"interview": False, "recording": False, "biometrics": False}


def test_consent_kinds_are_known(api: Api, owner: User) -> None:
    response = api(owner).post(reverse("consents"), {"kind": "soul", "version": "1", "granted": True}, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["kind"])
    assert not Consent.objects.exists()


def test_a_deleted_person_s_tokens_are_refused(owner: User) -> None:
    refresh = str(RefreshToken.for_user(owner))
    owner.delete()
    status, body = post("/api/v1/auth/token/refresh/", {"refresh": refresh})
    assert (status, body["success"], body["code"]) == (401, False, "user_not_found")


def test_a_new_password_ends_the_old_tokens(owner: User, api: Api) -> None:
    refresh = RefreshToken.for_user(owner)
    client = api(owner)
    owner.set_password("another horse battery")
    owner.save()
    assert client.get("/api/v1/consents/").status_code == 401
    assert post("/api/v1/auth/token/refresh/", {"refresh": str(refresh)})[0] == 401
    with pytest.raises(tokens.BadToken):
        tokens.user_of_token(str(refresh.access_token))


@pytest.mark.parametrize(
    ("zone", "told"), [("Asia/Seoul", "2026-12-01T10:00:00+09:00"), ("No/Where", "2026-12-01T10:00:00Z")]
)
def test_a_time_without_a_zone_is_the_person_s_own_however_they_signed_in(
    api: Api, owner: User, owner_client: Client, zone: str, told: str
) -> None:
    User.objects.update(time_zone=zone)
    about = {"position_name": "Dev", "position_type": "backend", "position_description": "x"}
    data = json.dumps({**about, "interview_time": "2026-12-01T10:00:00"})
    for client in (api(owner), owner_client):
        answer = client.post("/interviews/create/", data, content_type="application/json")
        assert (answer.status_code, answer.json()["interview_time"]) == (201, told)
        assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/api/v1/auth/register/", "/accounts/sign-up/"])
def test_of_two_who_register_one_address_at_once_one_gets_it(path: str) -> None:
    data = {"email": "New@Example.com", "password": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    barrier = Barrier(3)

    def register(_: int) -> int:
        client = Client()
        client.get("/accounts/sign-in/")  # what is imported late is imported now
        barrier.wait()
        try:
            kind = "application/json" if "api" in path else MULTIPART_CONTENT
            return client.post(path, data, content_type=kind).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        statuses = sorted(pool.map(register, range(3)))
    refused, made = (400, 201) if "api" in path else (200, 302)
    assert statuses == sorted([made, refused, refused])
    assert User.objects.get().email == "new@example.com"


@pytest.mark.django_db(transaction=True)
def test_of_those_who_spend_a_refresh_token_at_once_one_gets_another(owner: User) -> None:
    refresh, barrier = str(RefreshToken.for_user(owner)), Barrier(4)

    def spend(_: int) -> int:
        Client().get("/accounts/sign-in/")  # what is imported late is imported now
        barrier.wait()
        try:
            return post("/api/v1/auth/token/refresh/", {"refresh": refresh})[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(spend, range(4))) == [200, 401, 401, 401]
    assert OutstandingToken.objects.count() == 2


def test_the_loser_of_that_race_is_told() -> None:
    """The race above may be won by the check before the write; this is the write itself."""
    people.register("a@example.com", PASSWORD)
    with pytest.raises(people.EmailTaken):
        people.register("A@example.com", PASSWORD)
    assert User.objects.count() == 1
