"""Sign-up, tokens and consents over HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.domain import consents, tokens
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
    expired.set_exp(lifetime=timedelta(seconds=-1))
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
