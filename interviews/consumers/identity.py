"""Who is at the other end of a socket, and which language they read."""

from typing import Any

from accounts.domain import languages, tokens
from accounts.models import User
from interviews.live.store import Store


async def user_of(scope: dict[str, Any], store: Store) -> User | None:
    """The active user of the socket's token, or of its session where it brought none; None for a stranger.

    `config.socket_users` has read both from the request, and dropped the session of a foreign origin.
    """
    if token := scope.get("token"):
        try:
            return await store.read(tokens.user_of_token, token)
        except tokens.BadToken:
            return None
    user = scope.get("user")
    return user if isinstance(user, User) and user.is_active else None


def language_of(scope: dict[str, Any]) -> str:
    """Of the browser, else the installation's default."""
    headers = dict(scope.get("headers", ()))
    return languages.choose(*languages.of_header(headers.get(b"accept-language", b"").decode("latin1")))
