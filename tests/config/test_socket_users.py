"""Who a socket belongs to: by token, by this site's cookie, or nobody."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from config.socket_users import SocketUser

pytestmark = pytest.mark.django_db(transaction=True)


async def opened(headers: dict[str, str] | None = None, query: str = "") -> dict[str, Any]:
    """The scope that the consumer behind `SocketUser` is given."""
    seen: dict[str, Any] = {}

    async def consumer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.update(scope)

    pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "websocket", "path": "/ws/webrtc/", "headers": pairs, "query_string": query.encode()}
    await SocketUser(consumer)(scope, None, None)
    return seen


def cookie_of(client: Client) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


async def test_a_page_of_this_site(owner: User, owner_client: Client) -> None:
    scope = await opened({"cookie": cookie_of(owner_client), "origin": "http://localhost:8000"})
    assert (scope["user"].pk, scope["token"]) == (owner.pk, "")


async def test_a_program_sends_no_origin(owner: User, owner_client: Client) -> None:
    scope = await opened({"cookie": cookie_of(owner_client)})
    assert scope["user"].pk == owner.pk


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null", "http://"])
async def test_a_page_of_another_site_is_a_stranger(owner_client: Client, origin: str) -> None:
    scope = await opened({"cookie": cookie_of(owner_client), "origin": origin})
    assert scope["user"].is_anonymous


async def test_without_anything() -> None:
    scope = await opened()
    assert (scope["user"].is_anonymous, scope["token"]) == (True, "")


async def test_a_token_in_the_address_counts_before_a_cookie(owner_client: Client) -> None:
    scope = await opened({"cookie": cookie_of(owner_client)}, "a=1&token=one%2Btwo")
    assert (scope["user"].is_anonymous, scope["token"]) == (True, "one+two")


@pytest.mark.parametrize(
    ("value", "token"), [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("Bearer", "")]
)
async def test_a_token_in_a_header(value: str, token: str) -> None:
    assert (await opened({"authorization": value}))["token"] == token


async def test_bytes_that_are_no_text_harm_nobody() -> None:
    scope = {"type": "websocket", "headers": [(b"origin", b"\xff\xfe")], "query_string": b"token=%ff\xff"}
    seen: list[dict[str, Any]] = []

    async def consumer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope)

    await SocketUser(consumer)(scope, None, None)
    assert seen[0]["user"].is_anonymous
