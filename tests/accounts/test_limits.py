"""How often somebody may try: pages, admin and API together, whatever the client claims to be."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.settings import api_settings

from accounts.models import User

pytestmark = pytest.mark.django_db
WRONG = {"username": "alice@example.com", "password": "wrong"}


def statuses(client: Client, path: str, data: dict[str, str], times: int, **options: Any) -> list[int]:
    return [client.post(path, data, **options).status_code for _ in range(times)]


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/admin/login/"])
def test_passwords_are_not_to_be_guessed_on_pages(client: Client, owner: User, path: str) -> None:
    assert statuses(client, path, WRONG, 21) == [200] * 20 + [429]
    refused = client.post(path, WRONG)
    assert (1 <= int(refused.headers["Retry-After"]) <= 60, b"viva.css" in refused.content) == (True, True)
    assert client.get(path).status_code == 200


def test_pages_admin_and_api_share_one_count(client: Client, owner: User) -> None:
    statuses(client, "/accounts/sign-in/", WRONG, 10)
    statuses(client, "/admin/login/", WRONG, 10)
    body = {"email": "alice@example.com", "password": "wrong"}
    assert client.post("/api/v1/auth/token/", body, content_type="application/json").status_code == 429


def test_an_account_of_one_s_own_does_not_help(colleague_client: Client) -> None:
    assert statuses(colleague_client, "/admin/login/", WRONG, 21)[-1] == 429


@pytest.mark.parametrize("path", ["/accounts/sign-up/", "/accounts/reset/"])
def test_addresses_are_not_to_be_tried_out(client: Client, path: str) -> None:
    assert statuses(client, path, {"email": "x"}, 21) == [200] * 20 + [429]


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/api/v1/auth/token/"])
def test_a_made_up_forwarded_address_does_not_help(client: Client, path: str) -> None:
    tried = [client.post(path, WRONG, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(21)]
    assert tried[-1] == 429


def test_behind_a_proxy_people_are_counted_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy appends the address it sees, so the last one counts and what the client sent before it does not."""
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    tried = [client.post("/accounts/sign-in/", WRONG, headers=forwarded(n, "10.0.0.1")).status_code for n in range(21)]
    assert tried[-1] == 429
    assert client.post("/accounts/sign-in/", WRONG, headers=forwarded(1, "10.0.0.2")).status_code == 200


def forwarded(claimed: int, seen: str) -> dict[str, str]:
    return {"X-Forwarded-For": f"192.0.2.{claimed}, {seen}"}
