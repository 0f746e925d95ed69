"""Why a file of an import became no resume: codes in the database, words for the recruiter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resumes.domain import reasons

TOO_LARGE = "file_too_large"
EMPTY = "file_empty"
UNSUPPORTED = "file_unsupported"
NOT_JSON = "not_json_resume"
LOCKED = "entry_locked"
DAMAGED = "entry_damaged"
NESTED = "archive_in_archive"
ARCHIVE_DAMAGED = "archive_damaged"
ARCHIVE_TOO_LARGE = "archive_too_large"
TOO_MANY = "archive_too_many"
NO_FILES = "archive_without_files"

TEXTS: dict[str, Promise] = {
    TOO_LARGE: _("The file is larger than 10 MB. Import a smaller one, with fewer pictures."),
    EMPTY: _("The file is empty. Ask for it again."),
    UNSUPPORTED: _("This is not a PDF, DOCX, JPEG, PNG or plain text file. Export the resume as PDF and import that."),
    NOT_JSON: _("The file is not a JSON Resume. Export it again, or import the resume as PDF."),
    LOCKED: _("The archive is protected by a password. Unpack it and import the files."),
    DAMAGED: _("This file is damaged within the archive. Pack it anew, or import it by itself."),
    NESTED: _("This is an archive within an archive. Unpack it and import its files."),
    ARCHIVE_DAMAGED: _("The archive is damaged. Pack it anew as ZIP, or import the files themselves."),
    ARCHIVE_TOO_LARGE: _("The archive unpacks to more than 2 GB. Divide it into several."),
    TOO_MANY: _("An import holds at most 10,000 files. Divide the archive into several."),
    NO_FILES: _("There is no file in the archive. Check that it is the right one."),
}


def text(code: str) -> str:
    """The words of a code of an import or of a reading, in the active language; nothing for no code."""
    return str(TEXTS[code]) if code in TEXTS else reasons.text(code)
