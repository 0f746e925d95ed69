"""Why a resume was not read, and what was odd about one that was: codes in the database, words for the person."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INTERNAL = "internal"
GAVE_UP = "gave_up"
PAGE_WITHOUT_TEXT = "page_without_text"
NOTHING_RECOGNISED = "nothing_recognised"
FILE_MISSING = "file_missing"
OCR_LANGUAGE = "ocr_language"
PAGE_UNREAD = "page_unread"
OTHER_LANGUAGE = "other_language"
FOREIGN_LANGUAGE = "foreign_language"

TEXTS: dict[str, Promise] = {
    "corrupt": _("The file is damaged. Open it, export it as PDF or DOCX anew, and upload that."),
    "empty": _("There is no text in the file. Check that it is the right one and upload it again."),
    "password_protected": _("The file is protected by a password. Save it without one and upload it again."),
    "no_text_layer": _(
        "The file holds pictures of pages, such as a scan, and no text was found in them. Upload a PDF or DOCX with "
        "text that can be selected."
    ),
    "form": _("The file is a form that only some programs can show. Print it to a PDF and upload that."),
    OCR_LANGUAGE: _(
        "This is a picture of text, such as a scan, in letters that cannot be read here. Upload a PDF or DOCX with "
        "text that can be selected."
    ),
    "too_many_pages": _("The file has more than 100 pages. Upload the resume alone."),
    "too_long": _("The text is far longer than a resume. Upload the resume alone."),
    "too_large_inside": _("The file unpacks to far more than a resume holds. Export it anew as PDF and upload that."),
    "too_slow": _("Reading the file took too long. Export it anew as a simple PDF and upload that."),
    "too_heavy": _("Reading the file took too much memory. Export it anew as a simple PDF and upload that."),
    FILE_MISSING: _("The stored file is gone. Upload it again."),
    GAVE_UP: _("Reading the file was broken off several times. Export it anew as a simple PDF and upload that."),
    INTERNAL: _("Something went wrong on our side. Upload the file again; if it fails again, tell the company."),
    "hidden_text": _(
        "There is text in the file that nobody sees who looks at the page. It was left out. If that was not your "
        "intention, export the resume from its original anew."
    ),
    "addresses_a_model": _(
        "There is text in the file that speaks to a machine instead of a person. It was left out, and recruiters are "
        "told of it. Take it out and upload the resume again."
    ),
    PAGE_UNREAD: _(
        "This page is a picture of text, such as a scan, and was not read: only the first pages of that kind are. "
        "Upload a PDF or DOCX with text that can be selected."
    ),
    PAGE_WITHOUT_TEXT: _("No text was found on this page, so nothing was read from it."),
    OTHER_LANGUAGE: _(
        "The resume is in another language than you said. If this is the wrong file, upload the right one."
    ),
    FOREIGN_LANGUAGE: _(
        "The resume seems to be in a language that is not read here. Upload one in English, Chinese, Russian or "
        "Korean, or correct by hand what was recognised."
    ),
    NOTHING_RECOGNISED: _("Neither skills nor work nor education were recognised. Fill them in by hand."),
}


def text(code: str) -> str:
    """The words of a code in the active language; nothing for no code."""
    return str(TEXTS.get(code, TEXTS[INTERNAL])) if code else ""


def warnings(stored: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored `{code, page?}` with their `message` in the active language."""
    return [{**warning, "message": text(warning["code"])} for warning in stored]
