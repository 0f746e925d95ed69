"""A vacancy's file: what is taken, and why one is not."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.children.base import MEBIBYTE
from providers.documents.base import DocumentError, Kind, Reason
from providers.documents.kinds import kind_of
from vacancies.domain import parsing

MOST_BYTES = 10 * MEBIBYTE
KINDS = (Kind.PDF, Kind.DOCX, Kind.TXT)
TOO_HARD = _("Reading the file took too much time or memory. Paste its text into the form instead.")
TEXTS: dict[Reason, Promise] = {
    Reason.CORRUPT: _("The file is damaged. Open it, save it anew as PDF, DOCX or text, and upload that."),
    Reason.EMPTY: _("There is no text in the file. Check that it is the right one."),
    Reason.PASSWORD_PROTECTED: _("The file is protected by a password. Save it without one and upload it again."),
    Reason.NO_TEXT_LAYER: _("The file holds pictures and no text. Upload a file whose text can be selected."),
    Reason.TOO_MANY_PAGES: _("The file is far longer than a vacancy. Upload the vacancy alone."),
    Reason.TOO_LONG: _("The file is far longer than a vacancy. Upload the vacancy alone."),
}


class FileRefused(Exception):
    """A file that is not read; the message is for the person. `code` is a machine word."""

    code = "unreadable"


class FileTooLarge(FileRefused):
    code = "too_large"


class FileUnsupported(FileRefused):
    code = "unsupported_media_type"


def read(file: "UploadedFile[Any]") -> parsing.Parsed:
    """What a file says; nothing is stored. Raises FileRefused."""
    data: bytes = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileTooLarge(_("The file is larger than 10 MB. Upload a smaller one, with fewer pictures."))
    if not data.strip():
        raise FileRefused(TEXTS[Reason.EMPTY])
    kind = kind_of(data)
    if kind not in KINDS:
        raise FileUnsupported(_("This is not a PDF, DOCX or plain text file."))
    try:
        return parsing.read(data, kind)
    except DocumentError as error:
        raise FileRefused(TEXTS.get(error.reason, TOO_HARD)) from error
