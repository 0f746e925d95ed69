"""`manage.py check` (and `check --deploy`): what is set up wrongly, naming the variable and the fix."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  # Django's name

LIVEKIT = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")


@register()
def half_configured(**_: Any) -> list[CheckMessage]:
    """Services that were begun and not finished: they would fail at the first use."""
    return [*livekit(), *openai(), *elevenlabs(), *static_files()]


def livekit() -> Iterator[CheckMessage]:
    missing = [name for name in LIVEKIT if not getattr(settings, name)]
    if 0 < len(missing) < len(LIVEKIT):
        hint = f"Set {' and '.join(missing)} too, or none of {', '.join(LIVEKIT)}."
        yield Error("LiveKit is configured by half.", hint=hint, id="viva.E001")


def openai() -> Iterator[CheckMessage]:
    for name in ("STT_PROVIDER", "TTS_PROVIDER"):
        if getattr(settings, name) == "openai" and not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
            hint = f"Set OPENAI_API_KEY (or OPENAI_BASE_URL for a server without keys), or {name}=auto."
            yield Error(f"{name}=openai has no server to ask.", hint=hint, id="viva.E002")


def elevenlabs() -> Iterator[CheckMessage]:
    if settings.TTS_PROVIDER == "elevenlabs" and not settings.ELEVENLABS_API_KEY:
        hint = "Set ELEVENLABS_API_KEY, or TTS_PROVIDER=auto."
        yield Error("TTS_PROVIDER=elevenlabs has no key.", hint=hint, id="viva.E004")


def static_files() -> Iterator[CheckMessage]:
    if not settings.STATIC_URL.endswith("/"):
        yield Error("STATIC_URL does not end with a slash.", hint="Add one: STATIC_URL=/static/.", id="viva.E003")


@register(deploy=True)
def fit_for_strangers(**_: Any) -> list[CheckMessage]:
    """What is fine on one's own machine and is not on the Internet."""
    return [*exposure(), *durability()]


def exposure() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG shows settings and code to strangers.", hint="Unset DEBUG.", id="viva.E010")
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts this site is reached by: ALLOWED_HOSTS=viva.example.com."
        yield Error("ALLOWED_HOSTS accepts every host.", hint=hint, id="viva.E011")
    if not settings.SECURE_COOKIES:
        hint = "Serve over HTTPS and set SECURE_COOKIES=1 (browsers give no microphone without HTTPS anyway)."
        yield Warning("Session cookies travel over plain HTTP.", hint=hint, id="viva.W010")
    if settings.SECURE_COOKIES and not settings.SECURE_PROXY_SSL_HEADER:
        hint = "Set BEHIND_TLS_PROXY=1 where a proxy ends TLS, and let it overwrite X-Forwarded-Proto."
        yield Warning("HTTPS requests are taken for HTTP ones.", hint=hint, id="viva.W011")


def durability() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        hint = "Set EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and EMAIL_HOST."
        yield Warning("Password resets are printed, not sent.", hint=hint, id="viva.W012")
    if settings.REDIS_URL and not settings.DATABASE_URL.startswith("postgres"):
        hint = "Set DATABASE_URL=postgresql://…: with Redis there are several processes, and SQLite lets one write."
        yield Warning("Several services share one SQLite file.", hint=hint, id="viva.W013")
