"""Things that tests of interviews are about."""

from typing import Any

from accounts.models import User
from interviews.models import Interview
from resumes.models import Resume, Status

PROFILE: dict[str, Any] = {
    "basics": {"name": "Alice Archer"},
    "skills": [{"name": "Languages", "keywords": ["Python", "Go"]}, {"name": "PostgreSQL"}, {"name": "Kafka"}],
    "projects": [{"name": "Night Owl"}, {"name": "Harbour"}],
    "work": [{"name": "Acme", "position": "Backend developer", "startDate": "2019-01"}],
}
NUMBER = iter(range(1_000_000))


def make_resume(owner: User, **fields: Any) -> Resume:
    """A resume that has been read."""
    values = {
        "name": "Backend resume",
        "expected_position": "Backend developer",
        "file": "resumes/none",
        "file_name": "resume.pdf",
        "content_type": "application/pdf",
        "size": 1,
        "sha256": f"{next(NUMBER):064x}",
        "status": Status.PARSED,
        "language": "en",
        "profile": PROFILE,
        "years": 4.0,
    }
    return Resume.objects.create(owner=owner, **{**values, **fields})


def make_interview(owner: User, **fields: Any) -> Interview:
    values = {"position_name": "Backend developer", "position_type": "backend", "language": "en"}
    return Interview.objects.create(owner=owner, **{**values, **fields})
