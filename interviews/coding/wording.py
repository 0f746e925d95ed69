"""What messages and rows call by a key, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from providers.sandbox.base import LABELS

Words = str | Promise
RESULTS: dict[str, Words] = {
    "ok": gettext_lazy("Passed"),
    "wrong_answer": gettext_lazy("Wrong answer"),
    "runtime_error": gettext_lazy("The program failed"),
    "compile_error": gettext_lazy("It does not compile"),
    "time_limit": gettext_lazy("Too slow"),
    "memory_limit": gettext_lazy("Too much memory"),
    "output_limit": gettext_lazy("Too much output"),
}
LANGUAGES: dict[str, Words] = {**LABELS, "text": gettext_lazy("Text")}


def result(status: str) -> Words:
    """What became of a test; the key itself where it is unknown."""
    return RESULTS.get(status, status)


def language(key: str) -> Words:
    """What a candidate wrote in; the key itself where it is unknown."""
    return LANGUAGES.get(key, key)
