"""Pictures of a resume's pages: drawn once, in a child that is killed at its limits, and kept beside the file."""

import io
import json
import logging
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.domain import files
from providers.children.base import MEBIBYTE, Allowance, ChildError, Refusal
from providers.children.runner import Child
from providers.documents.base import Kind, Limits
from resumes.domain.original.job import MOST_PAGES, OUTLINE
from resumes.domain.uploads import KINDS
from resumes.models import Resume

logger = logging.getLogger(__name__)
JOB = "resumes.domain.original.job:pages"
ALLOWANCE = Allowance(30.0, 384 * MEBIBYTE)
PAUSE_S = 60  # after a failure that may be the machine's
HAVE_PAGES = (Kind.PDF, Kind.IMAGE)
VERSION = 1  # of what is kept: a higher one draws anew

_child = Child()


@dataclass(frozen=True)
class Outline:
    """Width and height of each drawn page in points, and what is marked on them: `{page, box}`."""

    sizes: list[tuple[float, float]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)


def outline(resume: Resume) -> Outline:
    """Draws the pages where they are not kept yet. An empty one for a file without pages, or that cannot be drawn."""
    if KINDS.get(resume.content_type) not in HAVE_PAGES or resume.is_unfinished:
        return Outline()
    kept = _kept(resume, OUTLINE)
    return _draw(resume) if kept is None else _read(kept)


def page(resume: Resume, number: int) -> bytes | None:
    """A page as WebP; None where there is no such page."""
    if not 1 <= number <= len(outline(resume).sizes):
        return None
    return _kept(resume, str(number))


def folder(file_name: str) -> str:
    """Where all pictures of a file are."""
    return f"pages/{PurePosixPath(file_name).name}-{VERSION}/"


def _kept(resume: Resume, name: str) -> bytes | None:
    try:
        with default_storage.open(f"{folder(str(resume.file.name))}{name}", "rb") as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError:
        return None


def _draw(resume: Resume) -> Outline:
    """What can never be drawn is kept as such; what was too slow is tried again, but not at once."""
    pause = f"resumes.pages.{resume.pk}"
    if cache.get(pause):
        return Outline()
    try:
        drawn = _unpacked(_asked(resume))
    except Refusal as refusal:
        logger.info("resume %d has no pages to be drawn: %s", resume.pk, refusal)
        drawn = {OUTLINE: json.dumps(asdict(Outline())).encode()}
    except (ChildError, FileNotFoundError) as error:
        logger.warning("the pages of resume %d could not be drawn: %s", resume.pk, type(error).__name__)
        cache.set(pause, True, PAUSE_S)
        return Outline()
    _keep(resume, drawn)
    return _read(drawn[OUTLINE])


def _asked(resume: Resume) -> bytes:
    with resume.file.open("rb") as file:
        data: bytes = file.read()
    options = {"kind": KINDS[resume.content_type], "limits": asdict(Limits()), "marked": resume.flagged}
    return _child.run(JOB, data, ALLOWANCE, **options)


def _read(data: bytes) -> Outline:
    told = json.loads(data)
    return Outline([(width, height) for width, height in told["sizes"]], told["marks"])


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name)
            for name in [OUTLINE, *map(str, range(1, MOST_PAGES + 1))]
            if name in archive.NameToInfo
        }


def _keep(resume: Resume, drawn: dict[str, bytes]) -> None:
    """The outline last: whoever finds it finds the pages. Of two who draw at once both have the same."""
    place = folder(str(resume.file.name))
    for name in sorted(drawn, key=lambda name: name == OUTLINE):
        if not default_storage.exists(f"{place}{name}"):
            default_storage.save(f"{place}{name}", ContentFile(drawn[name]))
    if not Resume.objects.filter(pk=resume.pk).exists():
        files.delete(place)  # its deletion found nothing to take along
