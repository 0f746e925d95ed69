"""Access tokens outside a request: sockets carry theirs in the URL."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, TokenError
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
from rest_framework_simplejwt.tokens import AccessToken, Token

from accounts.models import User


class BadToken(Exception):
    """The token is malformed, expired, older than the password, or its user is gone or blocked."""


def user_of_token(token: str) -> User:
    """The active user an access token was given to. One query; raises `BadToken`."""
    try:
        return holder(AccessToken(token))  # type: ignore[arg-type]  # takes str too
    except (TokenError, AuthenticationFailed, ValueError):
        raise BadToken from None  # the cause would print the token


def holder(token: Token) -> User:
    """Whose token it is. One query; raises AuthenticationFailed for who is gone or blocked, and for an old password."""
    user = JWTAuthentication().get_user(token)
    assert isinstance(user, User)  # noqa: S101  # there is no other kind
    return user


def hold(token: Token) -> None:
    """Until the transaction ends nobody else spends this refresh token: whether it is revoked is to be asked after."""
    OutstandingToken.objects.select_for_update().filter(jti=token["jti"]).first()
