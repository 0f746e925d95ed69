"""What a resume is searched by meaning with: its work, not its person.

Names, contacts, addresses, dates of birth and pictures never get into a vector, nor to the server that makes it.
"""

from collections.abc import Iterator
from typing import Any

from resumes.domain import profiles
from resumes.domain.words import positions
from resumes.models import Resume

TITLED = ("position", "studyType", "area", "summary", "description")
LISTED = ("highlights", "keywords", "courses", "roles")
PARTS = ("work", "projects", "education", "certificates", "volunteer", "publications", "awards")
HEADLINE = 6  # what a resume is about weighs more than how often it says "team"
LONGEST = 20_000


def compose(resume: Resume, *, headline: int = HEADLINE) -> str:
    """Positions and skills, `headline` times, then what the profile tells in sentences."""
    head = "\n".join([*positions(resume), ", ".join(profiles.keys_of(resume.profile))]).strip()
    body = "\n".join(_sentences(resume.profile))
    return "\n".join([head] * headline + [body])[:LONGEST]


def _sentences(profile: dict[str, Any]) -> Iterator[str]:
    if summary := profile.get("basics", {}).get("summary"):
        yield summary
    for part in PARTS:
        for row in profile.get(part, []):
            yield from (row[name] for name in TITLED if row.get(name))
            yield from (text for name in LISTED for text in row.get(name, []))
    yield from (
        row["name"] for part in ("projects", "certificates") for row in profile.get(part, []) if row.get("name")
    )
    yield from (row["language"] for row in profile.get("languages", []) if row.get("language"))
