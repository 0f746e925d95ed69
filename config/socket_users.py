"""Who is at the other end of a socket: a token in its address, or the session cookie of a page of this site."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from asgiref.sync import ThreadSensitiveContext
from channels.auth import AuthMiddlewareStack
from channels.security.websocket import AllowedHostsOriginValidator
from django.contrib.auth.models import AnonymousUser

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class SocketUser:
    """Sets `scope["token"]` (str, empty where none was sent) and `scope["user"]`.

    A token is only read here; the consumer verifies it, because a bad one is answered by an `error` message.
    Without a token the user is the session's. Browsers name the page's origin and send cookies from any page,
    so a foreign origin makes the socket a stranger's. Programs send no origin: their cookie counts.
    """

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        token = token_of(scope)
        user = AnonymousUser() if token or not own_origin(scope) else await user_of_session(scope)
        await self.inner({**scope, "token": token, "user": user}, receive, send)


def header(scope: Scope, name: bytes) -> str:
    headers: list[tuple[bytes, bytes]] = scope.get("headers", [])
    return next((value.decode("latin1") for key, value in headers if key == name), "")


def token_of(scope: Scope) -> str:
    """The access token of `?token=` or of an `Authorization: Bearer` header, else an empty string."""
    query: bytes = scope.get("query_string", b"")
    if values := parse_qs(query.decode("latin1")).get("token"):
        return values[0]
    scheme, _, value = header(scope, b"authorization").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def own_origin(scope: Scope) -> bool:
    origin = header(scope, b"origin")
    return not origin or bool(AllowedHostsOriginValidator(None).valid_origin(urlsplit(origin)))


async def user_of_session(scope: Scope) -> Any:
    found: Scope = {}

    async def keep(inner: Scope, receive: Any, send: Any) -> None:
        found.update(inner)

    # An own thread: Channels' shared one would make every socket wait for this query.
    async with ThreadSensitiveContext():
        await AuthMiddlewareStack(keep)(scope, None, None)
    return found["user"]
