"""What the page of a resume needs to show the file beside the profile."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resumes.domain import fields
from resumes.domain.original import pictures
from resumes.domain.original.job import MOST_PAGES
from resumes.models import Resume

MOST_LINES = 2_000
HIDDEN: dict[str, Promise] = {
    "white": gettext_lazy("in the colour of the paper"),
    "tiny": gettext_lazy("too small to be read"),
    "off_page": gettext_lazy("outside the page"),
    "invisible": gettext_lazy("drawn without ink"),
    "covered": gettext_lazy("covered by something"),
    "hidden": gettext_lazy("marked as hidden"),
    "smuggled": gettext_lazy("in characters that are not shown"),
}


@dataclass(frozen=True)
class Sheet:
    """A page: `width` and `height` in points, `marks` as shares of them (left, top, width, height; percent)."""

    number: int
    width: float
    height: float
    marks: list[tuple[float, float, float, float]]


@dataclass(frozen=True)
class Line:
    """A line of a file without pages; `start` and `end` are offsets into the resume's text."""

    start: int
    end: int
    text: str


def sheets(resume: Resume, *, marked: bool) -> list[Sheet]:
    """The pages that can be shown; `marked` for who may see where poisoned text stands."""
    told = pictures.outline(resume)
    return [
        Sheet(
            number,
            width,
            height,
            [share(mark["box"], width, height) for mark in told.marks if marked and mark["page"] == number],
        )
        for number, (width, height) in enumerate(told.sizes, 1)
    ]


def share(box: list[float], width: float, height: float) -> tuple[float, float, float, float]:
    """A box (left, bottom, right, top; points from the lower left corner) in percent of the page, from its top."""
    left, right = max(0.0, box[0]), min(width, box[2])
    bottom, top = max(0.0, box[1]), min(height, box[3])
    across, down = 100 / max(width, 1.0), 100 / max(height, 1.0)
    edges = (left * across, (height - top) * down, max(0.0, right - left) * across, max(0.0, top - bottom) * down)
    return (round(edges[0], 2), round(edges[1], 2), round(edges[2], 2), round(edges[3], 2))


def lines(resume: Resume) -> list[Line]:
    found: list[Line] = []
    start = 0
    for text in resume.text.split("\n")[:MOST_LINES]:
        found.append(Line(start, start + len(text), text))
        start += len(text) + 1
    return found


def read_by(resume: Resume) -> str:
    """Who made the profile, in words; nothing where nobody has."""
    if not resume.read_by:
        return ""
    if resume.read_by == "offline":
        return _("Read on this server, without a language model.")
    if resume.read_by == "ocr":
        return _("The pages are pictures. Their text was recognised on this server and may have small errors.")
    return _("Read by the language model %(model)s. Every value was found in the file.") % {"model": resume.read_by}


def findings(resume: Resume) -> list[dict[str, Any]]:
    """What flagged a resume, with its words, for recruiters."""
    return [
        {
            **finding,
            "what": _("Hidden text") if finding["code"] == "hidden_text" else _("Text that addresses a language model"),
            "how": str(HIDDEN.get(finding.get("why", ""), "")),
        }
        for finding in resume.findings
    ]


def beside(resume: Resume, *, is_recruiter: bool, may_edit: bool) -> dict[str, Any]:
    """What `resumes/beside.html` shows. Where and what suspicious text is, only recruiters see."""
    if not resume.is_usable:
        return {"resume": resume}
    drawn = sheets(resume, marked=is_recruiter)
    return {
        "resume": resume,
        "sections": fields.sections(resume, may_edit=may_edit),
        "sheets": drawn,
        "lines": [] if drawn else lines(resume),
        "read_by": read_by(resume),
        "findings": findings(resume) if is_recruiter else [],
        "more_pages": len(drawn) == MOST_PAGES,
    }
