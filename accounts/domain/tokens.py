"""Access tokens outside a request: sockets carry theirs in the URL."""

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User


class BadToken(Exception):
    """The token is malformed, expired, or its user is gone or blocked."""


def user_of_token(token: str) -> User:
    """The active user an access token was given to. One query; raises `BadToken`."""
    try:
        user_id = AccessToken(token)[api_settings.USER_ID_CLAIM]  # type: ignore[arg-type]  # takes str too
        return User.objects.get(pk=user_id, is_active=True)
    except (TokenError, KeyError, ValueError, User.DoesNotExist):
        raise BadToken from None  # the cause would print the token
