"""Which of the four languages a person reads."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_HEADER = 500


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


def of_header(text: str) -> list[str]:
    """The codes of an `Accept-Language` header, the most wanted first."""
    return [code for code, _quality in parse_accept_lang_header(text[:LONGEST_HEADER])]


def language_of_request(request: HttpRequest) -> str:
    """The user's own language, the one chosen in this browser, the browser's, the default: in this order."""
    user = getattr(request, "user", None)
    own = user.language if user is not None and user.is_authenticated else None
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return choose(own, chosen, *of_header(request.headers.get("Accept-Language", "")))
