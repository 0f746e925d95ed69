"""`manage.py check` (and `check --deploy`): what is set up wrongly, naming the variable and the fix."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  # Django's name
from django.utils.translation import gettext as _

LIVEKIT = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
BUCKETS = ("S3_ENDPOINT_URL", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")


@register()
def half_configured(**_options: Any) -> list[CheckMessage]:
    """Services that were begun and not finished: they would fail at the first use, or silently not be used."""
    return [*livekit(), *openai(), *elevenlabs(), *bucket(), *piston(), *embeddings(), *static_files()]


def livekit() -> Iterator[CheckMessage]:
    missing = [name for name in LIVEKIT if not getattr(settings, name)]
    if 0 < len(missing) < len(LIVEKIT):
        hint = _("Set these too: %(missing)s. Or none of these: %(all)s.")
        hint %= {"missing": ", ".join(missing), "all": ", ".join(LIVEKIT)}
        yield Error(_("LiveKit is configured by half."), hint=hint, id="viva.E001")


def openai() -> Iterator[CheckMessage]:
    for name in ("STT_PROVIDER", "TTS_PROVIDER"):
        if getattr(settings, name) == "openai" and not has_model_server():
            hint = _("Set OPENAI_API_KEY (or OPENAI_BASE_URL for a server without keys), or %(name)s=auto.")
            message = _("%(name)s=openai has no server to ask.")
            yield Error(message % {"name": name}, hint=hint % {"name": name}, id="viva.E002")


def has_model_server() -> bool:
    return bool(settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL)


def elevenlabs() -> Iterator[CheckMessage]:
    if settings.TTS_PROVIDER == "elevenlabs" and not settings.ELEVENLABS_API_KEY:
        hint = _("Set ELEVENLABS_API_KEY, or TTS_PROVIDER=auto.")
        yield Error(_("TTS_PROVIDER=elevenlabs has no key."), hint=hint, id="viva.E004")


def bucket() -> Iterator[CheckMessage]:
    given = [name for name in BUCKETS if getattr(settings, name)]
    if given and not settings.S3_BUCKET_NAME:
        hint = _("Set S3_BUCKET_NAME, or unset %(given)s.") % {"given": ", ".join(given)}
        yield Error(_("Without S3_BUCKET_NAME files stay on this machine's disk."), hint=hint, id="viva.E005")


def piston() -> Iterator[CheckMessage]:
    if settings.SANDBOX == "piston" and not settings.PISTON_URL:
        hint = _("Set PISTON_URL, or SANDBOX=auto.")
        yield Error(_("SANDBOX=piston has no server to ask."), hint=hint, id="viva.E006")


def embeddings() -> Iterator[CheckMessage]:
    if settings.EMBEDDING_MODEL and not has_model_server():
        hint = _("Set OPENAI_API_KEY (or OPENAI_BASE_URL for a server without keys), or unset EMBEDDING_MODEL.")
        yield Error(_("EMBEDDING_MODEL has no server to ask."), hint=hint, id="viva.E007")


def static_files() -> Iterator[CheckMessage]:
    if not settings.STATIC_URL.endswith("/"):
        hint = _("Add one: STATIC_URL=/static/.")
        yield Error(_("STATIC_URL does not end with a slash."), hint=hint, id="viva.E003")


@register(deploy=True)
def fit_for_strangers(**_options: Any) -> list[CheckMessage]:
    """What is fine on one's own machine and is not on the Internet."""
    return [*exposure(), *cookies(), *durability()]


def exposure() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error(_("DEBUG shows settings and code to strangers."), hint=_("Unset DEBUG."), id="viva.E010")
    if "*" in settings.ALLOWED_HOSTS:
        hint = _("Name the hosts this site is reached by: ALLOWED_HOSTS=viva.example.com.")
        yield Error(_("ALLOWED_HOSTS accepts every host."), hint=hint, id="viva.E011")


def cookies() -> Iterator[CheckMessage]:
    if not settings.SECURE_COOKIES:
        hint = _("Serve over HTTPS and set SECURE_COOKIES=1 (browsers give no microphone without HTTPS anyway).")
        yield Warning(_("Session cookies travel over plain HTTP."), hint=hint, id="viva.W010")
    elif not settings.SECURE_PROXY_SSL_HEADER:
        hint = _("Set BEHIND_TLS_PROXY=1 where a proxy ends TLS, and let it overwrite X-Forwarded-Proto.")
        yield Warning(_("HTTPS requests are taken for HTTP ones."), hint=hint, id="viva.W011")


def durability() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        hint = _("Set EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and EMAIL_HOST.")
        yield Warning(_("Password resets are printed, not sent."), hint=hint, id="viva.W012")
    if settings.REDIS_URL and not settings.DATABASE_URL.startswith("postgres"):
        hint = _("Set DATABASE_URL=postgresql://…: with Redis there are several processes, and SQLite lets one write.")
        yield Warning(_("Several services share one SQLite file."), hint=hint, id="viva.W013")
