"""Which of the four languages a person reads."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = ("en", "zh-hans", "ru", "ko")


def normalise(code: str | None) -> str:
    """One of `LANGUAGES`, or "" for any other. `zh`, `zh-CN` and `zh-Hans` mean `zh-hans`; `ru-RU` means `ru`."""
    lowered = (code or "").strip().lower().replace("_", "-")
    if lowered in LANGUAGES:
        return lowered
    primary = lowered.split("-")[0]
    return "zh-hans" if primary == "zh" else primary if primary in LANGUAGES else ""


def choose(*codes: str | None) -> str:
    """The first code that is one of ours, else the installation's default."""
    known = (normalise(code) for code in codes)
    return next((code for code in known if code), settings.DEFAULT_LANGUAGE)


def language_of_request(request: HttpRequest, default: str) -> str:
    """The user's own language, the one chosen in this browser, the browser's, the default: in this order."""
    return next((code for code in candidates(request) if code), default)


def candidates(request: HttpRequest) -> Iterator[str]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        yield normalise(user.language)
    yield normalise(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        yield normalise(code)
