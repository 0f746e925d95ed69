"""Reads an uploaded file into a profile. May run twice, or be killed at any line, without harm."""

import logging
import time
import traceback
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.domain import files
from providers.documents.base import DocumentError
from resumes.domain import corrections, foreign, lifecycle, parsing, profiles, reasons, structuring
from resumes.domain.parsing import Found
from resumes.domain.uploads import KINDS
from resumes.models import Resume, Status

logger = logging.getLogger(__name__)
FINDING = ("code", "page", "excerpt", "why")  # what is kept of one: its places are in the text that was not
MOST_FINDINGS = 50
MOST_READINGS = 3  # that ended their readers
PATIENCE = timedelta(days=1)  # with a storage or a database that is away
TOTAL_S = 270.0  # below the task's own limit, which kills, and that of the sweeper, which asks again


def read(resume_id: int) -> None:
    """Bring a pending resume to `parsed` or `failed`. Does nothing for one that is gone, read, or being read.

    Raises what the storage and the database raise while they are away: the sweeper asks again.
    """
    resume = claim(resume_id)
    if resume is None:
        return
    until = time.monotonic() + TOTAL_S
    try:
        found = parsing.parse(_bytes(resume), KINDS[resume.content_type])
        finish(resume, structuring.structured(found, until - time.monotonic()))
    except DocumentError as error:
        fail(resume, error.reason)
    except FileNotFoundError:
        fail(resume, reasons.FILE_MISSING)
    except lifecycle.Superseded:
        logger.info("reading %d of resume %d came too late", resume.attempts, resume.pk)
    except Exception as error:  # whatever a document brings up must not leave it "being read"
        if files.is_away(error):
            _broken_off(resume, error)
            raise
        logger.error("resume %d could not be parsed: %s", resume.pk, where(error))  # noqa: TRY400  # see `where`
        fail(resume, reasons.INTERNAL)


def claim(resume_id: int) -> Resume | None:
    """The resume, now being read by this process; None if it is not waiting or another process was faster."""
    resume = Resume.objects.filter(pk=resume_id, status=Status.PENDING).first()
    if resume is None:
        return None
    try:
        lifecycle.move(resume, Status.PARSING, attempts=resume.attempts + 1)
    except lifecycle.Superseded:
        return None
    return resume


def is_hopeless(resume: Resume) -> bool:
    """Whether a file has ended so many of its readers that no other is to try."""
    return resume.attempts - resume.broken_off >= MOST_READINGS


def finish(resume: Resume, found: Found) -> None:
    """Store what was read, beside what a person has corrected. Raises Superseded when a later reading has begun."""
    profile, sources = corrections.kept(resume.profile, resume.sources, found.profile, found.sources)
    profile = profiles.cleaned(profile, sources)
    with transaction.atomic():
        lifecycle.move(
            resume,
            Status.PARSED,
            text=found.text,
            language=found.language,
            warnings=warnings_of(found, said=resume.language),
            sources=sources,
            read_by=found.read_by,
            flagged=bool(found.findings),
            findings=[{name: finding[name] for name in FINDING} for finding in found.findings[:MOST_FINDINGS]],
            **profiles.columns(profile),
        )
        profiles.index_skills(resume)


def fail(resume: Resume, code: str) -> None:
    try:
        lifecycle.move(resume, Status.FAILED, reason=code)
    except lifecycle.Superseded:
        logger.info("reading %d of resume %d came too late", resume.attempts, resume.pk)


def warnings_of(found: Found, said: str = "") -> list[dict[str, Any]]:
    """Each once, in the order of its kind, then of its page. `said` is the language that the file was uploaded as."""
    pages = [
        *((reasons.PAGE_WITHOUT_TEXT, page) for page in found.document.blank_pages),
        *((reasons.OCR_LANGUAGE, page) for page in found.document.doubtful_pages),
        *((reasons.PAGE_UNREAD, page) for page in found.document.unread_pages),
        *((finding["code"], finding["page"]) for finding in found.findings),
    ]
    warnings: list[dict[str, Any]] = [{"code": code, "page": page} for code, page in dict.fromkeys(pages)]
    if foreign.is_foreign(found.text):
        warnings.append({"code": reasons.FOREIGN_LANGUAGE})
    elif said and said != found.language:
        warnings.append({"code": reasons.OTHER_LANGUAGE})
    if not any(found.profile.get(part) for part in ("skills", "work", "education")):
        warnings.append({"code": reasons.NOTHING_RECOGNISED})
    return warnings


def where(error: Exception) -> str:
    """An error's type and line. Its message, which a whole traceback ends with, may quote the resume."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return " at ".join([type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in last)])


def _broken_off(resume: Resume, error: Exception) -> None:
    """No fault of the file's: for a day such a reading is not counted among those after which a file is given up."""
    logger.warning("reading %d of resume %d was broken off: %s", resume.attempts, resume.pk, where(error))
    if timezone.now() - resume.created_at < PATIENCE:
        with suppress(DatabaseError):  # it counts, then
            begun = Resume.objects.filter(pk=resume.pk, status=Status.PARSING, attempts=resume.attempts)
            begun.update(broken_off=F("broken_off") + 1)


def _bytes(resume: Resume) -> bytes:
    with resume.file.open("rb") as file:
        data: bytes = file.read()
    return data
