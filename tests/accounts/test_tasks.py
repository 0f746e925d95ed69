"""What happens to accounts without anybody asking."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken

from accounts import tasks
from accounts.models import User
from config.celery import app


def issue(user: User, *, expired: bool, revoked: bool = False) -> OutstandingToken:
    token = RefreshToken.for_user(user)
    if revoked:
        token.blacklist()
    row = OutstandingToken.objects.get(jti=token["jti"])
    if expired:
        row.expires_at = timezone.now() - timedelta(seconds=1)
        row.save()
    return row


def session(key: str, seconds: float) -> None:
    Session.objects.create(session_key=key, expire_date=timezone.now() + timedelta(seconds=seconds))


def test_expired_tokens_and_sessions_are_forgotten_and_others_kept(owner: User) -> None:
    for revoked in (False, True):
        issue(owner, expired=True, revoked=revoked)
    kept = [issue(owner, expired=False), issue(owner, expired=False, revoked=True)]
    session("past", -1)
    session("future", 60)
    tasks.forget_expired()
    assert list(OutstandingToken.objects.order_by("pk")) == kept
    assert [black.token for black in BlacklistedToken.objects.all()] == kept[1:]
    assert [one.session_key for one in Session.objects.all()] == ["future"]


def test_every_task_of_the_schedule_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
    assert settings.CELERY_BEAT_SCHEDULE["forget-expired"]["schedule"] == 24 * 3_600
