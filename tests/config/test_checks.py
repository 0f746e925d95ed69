"""`manage.py check` names the variable and the fix."""

import pytest
from django.core.checks import CheckMessage, run_checks
from django.test import override_settings
from django.utils import translation

from config import checks

SAFE = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["viva.example.com"],
    "SECURE_COOKIES": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "REDIS_URL": "",
}


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def test_the_defaults_have_no_errors() -> None:
    assert [message for message in run_checks() if message.is_serious()] == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"LIVEKIT_URL": "ws://livekit"}, ["viva.E001"]),
        ({"LIVEKIT_URL": "ws://livekit", "LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "secret"}, []),
        ({"STT_PROVIDER": "openai", "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, ["viva.E002"]),
        ({"TTS_PROVIDER": "openai", "OPENAI_API_KEY": "", "OPENAI_BASE_URL": "http://localhost:8080"}, []),
        ({"TTS_PROVIDER": "elevenlabs", "ELEVENLABS_API_KEY": ""}, ["viva.E004"]),
        ({"TTS_PROVIDER": "elevenlabs", "ELEVENLABS_API_KEY": "key"}, []),
        ({"S3_ENDPOINT_URL": "http://minio:9000"}, ["viva.E005"]),
        ({"S3_ACCESS_KEY_ID": "viva", "S3_SECRET_ACCESS_KEY": "key"}, ["viva.E005"]),
        ({"S3_ENDPOINT_URL": "http://minio:9000", "S3_BUCKET_NAME": "viva"}, []),
        ({"SANDBOX": "piston", "PISTON_URL": ""}, ["viva.E006"]),
        ({"SANDBOX": "piston", "PISTON_URL": "http://runner:2000"}, []),
        ({"EMBEDDING_MODEL": "small", "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, ["viva.E007"]),
        ({"EMBEDDING_MODEL": "small", "OPENAI_API_KEY": "key"}, []),
        ({"STATIC_URL": "/static"}, ["viva.E003"]),
    ],
)
def test_half_configured(values: dict[str, str], expected: list[str]) -> None:
    with override_settings(**values):
        assert ids(checks.half_configured()) == expected


def test_half_configured_names_what_is_missing() -> None:
    with override_settings(LIVEKIT_URL="ws://livekit", LIVEKIT_API_KEY="key"):
        [message] = checks.half_configured()
    assert message.hint == (
        "Set these too: LIVEKIT_API_SECRET. Or none of these: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET."
    )


def test_keys_without_a_bucket_are_named() -> None:
    with override_settings(S3_ACCESS_KEY_ID="viva", S3_SECRET_ACCESS_KEY="key"):
        [message] = checks.half_configured()
    assert message.msg == "Without S3_BUCKET_NAME files stay on this machine's disk."
    assert message.hint == "Set S3_BUCKET_NAME, or unset S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY."


def test_what_is_wrong_is_said_in_the_language_of_the_installation() -> None:
    with translation.override("ru"), override_settings(SANDBOX="piston", PISTON_URL=""):
        [message] = checks.half_configured()
    assert message.hint == "Задайте PISTON_URL или SANDBOX=auto."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"DEBUG": True}, ["viva.E010"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["viva.E011"]),
        ({"SECURE_COOKIES": False}, ["viva.W010"]),
        ({"SECURE_PROXY_SSL_HEADER": None}, ["viva.W011"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, ["viva.W012"]),
    ],
)
def test_deployment(values: dict[str, object], expected: list[str]) -> None:
    with override_settings(**{**SAFE, **values}):
        assert ids(checks.fit_for_strangers()) == expected


@pytest.mark.parametrize(("database", "expected"), [("", ["viva.W013"]), ("postgresql://db/viva", [])])
def test_sqlite_beside_redis_is_warned_about(database: str, expected: list[str]) -> None:
    with override_settings(**{**SAFE, "REDIS_URL": "redis://redis", "DATABASE_URL": database}):
        assert ids(checks.fit_for_strangers()) == expected
