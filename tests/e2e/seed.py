"""People and interviews in the database of a live server. Runs inside its `manage.py shell`."""

import json
from dataclasses import dataclass

from tests.server import LiveServer


@dataclass(frozen=True)
class Guest:
    """A candidate with a parsed resume and an interview that nobody opened yet."""

    token: str
    resume: int
    interview: int


def guests(server: LiveServer, count: int) -> list[Guest]:
    """New candidates, without the time that signing up, uploading and parsing take."""
    printed = server.manage("shell", "-c", f"from tests.e2e import seed; seed.make_guests({count})")
    return [Guest(**row) for row in json.loads(printed.splitlines()[-1])]


def recruiter(server: LiveServer) -> str:
    """A new recruiter's access token."""
    return server.manage("shell", "-c", "from tests.e2e import seed; seed.make_recruiter()").splitlines()[-1]


def shorten(server: LiveServer, interview: str, questions: int) -> None:
    """Leave the first of the planned questions: an interview in a third of the time."""
    server.manage("shell", "-c", f"from tests.e2e import seed; seed.cut_plan({interview}, {questions})")


def make_guests(count: int) -> None:
    from accounts.models import User
    from tests.conftest import access_token
    from tests.interviews.factories import make_interview, make_resume

    rows = []
    for number in range(count):
        user = User.objects.create_user(f"guest{number}@example.com", None, name=f"Guest {number}")
        resume = make_resume(user)
        interview = make_interview(user, resume=resume)
        rows.append({"token": access_token(user), "resume": resume.pk, "interview": interview.pk})
    print(json.dumps(rows))


def cut_plan(interview: int, questions: int) -> None:
    from interviews.models import Interview

    row = Interview.objects.get(pk=interview)
    row.plan = row.plan[:questions]
    row.save(update_fields=["plan"])


def make_recruiter() -> None:
    from accounts.models import Role, User
    from tests.conftest import access_token

    print(access_token(User.objects.create_user("recruiter@example.com", None, role=Role.RECRUITER)))
