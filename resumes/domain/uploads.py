"""Taking a file: what says that it will be there first, then the file, its row, and the task."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain import files
from accounts.models import User
from config import later
from providers.children.base import MEBIBYTE
from providers.documents.base import Kind
from providers.documents.kinds import image_type, kind_of
from resumes.domain import jsonresume
from resumes.models import Resume, path_of

TASK = "resumes.tasks.read_resume"
MOST_BYTES = 10 * MEBIBYTE
MOST_RESUMES = 100
IMAGE_TYPES = {"image/jpeg": ".jpg", "image/png": ".png"}
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.TXT: "text/plain",
}
KINDS = {content_type: kind for kind, content_type in CONTENT_TYPES.items()} | dict.fromkeys(IMAGE_TYPES, Kind.IMAGE)
SUFFIXES = {content_type: f".{kind}" for kind, content_type in CONTENT_TYPES.items()} | IMAGE_TYPES


def download_name(resume: Resume) -> str:
    """The person's own file name, ending in what the file is: text called `cv.html` must not open as a page."""
    suffix = SUFFIXES.get(resume.content_type, "")
    return resume.file_name if resume.file_name.lower().endswith(suffix) else resume.file_name + suffix


class UploadRefused(Exception):
    """A file that is not taken. `code` is a machine word, the message is for the person."""

    code = "refused"


class FileTooLarge(UploadRefused):
    code = "too_large"


class FileEmpty(UploadRefused):
    code = "empty"


class FileUnsupported(UploadRefused):
    code = "unsupported_media_type"


class TooManyResumes(UploadRefused):
    code = "too_many_resumes"


def upload(
    owner: User, file: "UploadedFile[Any]", name: str = "", expected_position: str = "", language: str = ""
) -> Resume:
    """Store a file as a pending resume and ask for its reading. Raises UploadRefused.

    `language` is what the person says it is in; once it is read, the resume has the language that it is in.
    """
    file_name = PurePath(file.name or "").name[-255:]
    data, fields = read_json(contents(file), file_name)
    columns = {"content_type": content_type(data), "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    _refuse_full(owner)
    stored = files.store(path_of(Resume(), file_name), ContentFile(data))
    with transaction.atomic():
        _refuse_full(owner)  # others may have come meanwhile
        files.keep([stored])
        resume = Resume.objects.create(
            **fields,
            **columns,
            owner=owner,
            name=(name.strip() or PurePath(file_name).stem or _("Resume"))[:200],
            expected_position=expected_position.strip(),
            language=language,
            file=stored,
            file_name=file_name,
        )
        enqueue(resume.pk)
    return resume


@transaction.atomic
def _refuse_full(owner: User) -> None:
    if is_full(owner):
        raise TooManyResumes(_("You have as many resumes as are kept. Delete one you no longer need."))


def is_full(owner: User) -> bool:
    """Whether no more resumes are kept of this person. The answer holds until the transaction ends: others wait."""
    list(User.objects.select_for_update(no_key=True).filter(pk=owner.pk).values_list("pk"))
    return Resume.objects.filter(owner=owner).count() >= MOST_RESUMES


def read_json(data: bytes, file_name: str) -> tuple[bytes, dict[str, Any]]:
    """A JSON Resume as its text and the columns that it fills; any other file as it is. Raises UploadRefused."""
    if not file_name.lower().endswith(".json"):
        return data, {}
    try:
        profile = jsonresume.read(data)
    except jsonresume.NotTaken as error:
        raise UploadRefused(str(error)) from None
    return jsonresume.as_text(profile).encode(), {"profile": profile, "sources": jsonresume.sources(profile)}


def contents(file: "File[Any]") -> bytes:
    """The bytes, at most `MOST_BYTES` of them ever in memory."""
    data: bytes = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileTooLarge(_("The file is larger than 10 MB. Upload a smaller one, with fewer pictures."))
    if not data.strip():
        raise FileEmpty(_("The file is empty. Choose another one."))
    return data


def content_type(data: bytes) -> str:
    """By what the file holds: its name and what the browser calls it may be anything."""
    kind = kind_of(data)
    if kind is None:
        raise FileUnsupported(
            _("This is not a PDF, DOCX, JPEG, PNG or plain text file. Export the resume as PDF and upload that.")
        )
    return CONTENT_TYPES.get(kind) or image_type(data)


def enqueue(resume_id: int) -> None:
    """Ask for a reading once the row is committed."""
    later.ask_after_commit(TASK, resume_id)
