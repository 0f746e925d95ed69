"""One row of a vacancies' file: its cells as fields, and what is wrong with them."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain import languages
from interviews.domain import positions
from interviews.models import PositionType
from vacancies.domain import writing
from vacancies.models import Status

MOST_TITLE = 200
REQUIREMENT = re.compile(r"^(must|nice)(?:\s+(\d{1,3}(?:\.\d{1,20})?))?\s*:\s*(.*)$", re.IGNORECASE)


def line(row: dict[str, Any]) -> str:
    """`must 3: Python`."""
    return f"{row['kind']} {row['weight']!r}: {row['text']}"


def fields(cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Fields of a vacancy, and the faults of the row in words."""
    wanted = {name: cells.get(name, "").strip() for name in ("title", "company_name", "description")}
    kind = cells.get("position_type", "").strip().casefold()
    found: dict[str, Any] = {
        **wanted,
        "position_type": kind or positions.guess(wanted["title"]).value,
        "language": languages.normalise(cells.get("language")),
        "status": cells.get("status", "").strip().casefold() or Status.OPEN.value,
        "requirements": [],
    }
    faults = [*_faults(found, cells)]
    for text in cells.get("requirements", "").splitlines():
        if text.strip():
            _read(text.strip(), found["requirements"], faults)
    if len(found["requirements"]) > writing.MOST_REQUIREMENTS:
        faults.append(_("There are more than %(most)s requirements.") % {"most": writing.MOST_REQUIREMENTS})
    return found, faults


def _faults(found: dict[str, Any], cells: dict[str, str]) -> Iterator[str]:
    if not found["title"]:
        yield _("The title is missing.")
    limits = {"title": MOST_TITLE, "company_name": MOST_TITLE, "description": writing.MOST_DESCRIPTION}
    for name, most in limits.items():
        if len(found[name]) > most:
            yield _("%(column)s has more than %(most)s characters.") % {"column": name, "most": most}
    choices = {"position_type": PositionType.values, "status": Status.values}
    for name, known in choices.items():
        if found[name] not in known:
            yield _("%(column)s is one of: %(choices)s.") % {"column": name, "choices": ", ".join(known)}
    if cells.get("language", "").strip() and not found["language"]:
        yield _("%(column)s is one of: %(choices)s.") % {"column": "language", "choices": "en, zh-hans, ru, ko"}


def _read(text: str, rows: list[dict[str, Any]], faults: list[str]) -> None:
    """A line of the requirements' cell; without a kind before it a text is a must."""
    match = REQUIREMENT.match(text)
    kind, weight, wanted = (match[1].casefold(), match[2], match[3]) if match else ("must", None, text)
    number = float(weight) if weight else None
    if number is not None and not writing.LEAST_WEIGHT <= number <= writing.MOST_WEIGHT:
        faults.append(_("A weight is from 0.1 to 100: %(text)s") % {"text": text[:80]})
    elif not wanted.strip():
        faults.append(_("A requirement has no text: %(text)s") % {"text": text[:80]})
    elif len(wanted) > writing.MOST_TEXT:
        faults.append(_("A requirement has more than %(most)s characters.") % {"most": writing.MOST_TEXT})
    else:
        rows.append(writing.requirement(wanted, kind, number))
