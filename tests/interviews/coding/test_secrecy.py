"""Hidden tests, solutions and planted faults never leave the server: messages, pages and answers are looked through.

The sandbox of these tests prints all that it is given, and all that lies beside the program.
"""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from accounts.models import User
from interviews.coding import tasks
from interviews.coding.judging import judge
from interviews.live import store
from interviews.models import CodeRun, CodingTask, Interview, OutgoingMessage, RunKind
from providers.sandbox.base import Case, Outcome, Program, Status
from reports.domain import evaluate, start
from resumes.models import Resume
from tests.conftest import signed_in
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.interviews.coding.secret_tasks import KINDS, SECRET, document, task_id
from tests.interviews.live.fixtures import call, interview, resume
from tests.interviews.live.virtual_time import VirtualLoop
from tests.interviews.live.world import Caller, FakeEngines

__all__ = ["call", "interview", "resume"]

pytestmark = pytest.mark.django_db(transaction=True)
Call = Callable[..., Caller]
CODES = {
    "sql": "SELECT 1",
    "written": "A plan of some length.",
    "testing": "assert True",
    "function": "def solve(x): ...",
}


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualLoop]]:
    return {"virtual": VirtualLoop}


def telltale(program: Program, case: Case) -> Outcome:
    """A program that prints whatever it can reach, and fails at the hidden tests."""
    reached = "\n".join([case.stdin, *program.files.values(), *case.files.values()])
    status = Status.RUNTIME_ERROR if SECRET in reached else Status.OK
    return Outcome(status, 0, reached, reached, 5, 900)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pinned(interview: Interview, kind: str) -> str:
    """The kind of the task that the interview gives."""
    CodingTask.objects.create(task_id=task_id(kind), document=document(kind), title="Own")
    Interview.objects.filter(pk=interview.pk).update(code_task=task_id(kind))
    return kind


async def played(caller: Caller, interview: Interview, resume: Resume, kind: str) -> None:
    """Run the visible tests, run with own input, hand in, answer what is asked, to the end."""
    await caller.begin(interview, resume, input="text")
    task = (await caller.reach_code())["task"]
    assert task["task_id"] == task_id(kind)
    language = task["languages"][0]
    program = {"task_id": task["task_id"], "language": language, "source": CODES.get(kind, "print(input())")}
    caller.send("code_run", **program, run_id="r1")
    await caller.next("code_result")
    caller.send("code_run", **program, run_id="r2", stdin="own")
    await caller.next("code_result")
    caller.send("code_submit", **program, run_id="r3")
    while caller.code is None:
        await caller.settle()
        caller.send("text_answer", text="Because it is the simplest thing that could work.")
    assert len(caller.of("code_result")) == 3


async def test_no_message_tells(
    call: Call, interview: Interview, resume: Resume, pinned: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engines = FakeEngines(sandbox=ScriptedSandbox(telltale))
    caller = call(engines)
    await played(caller, interview, resume, pinned)
    await engines.runner.settled()
    assert SECRET not in json.dumps(caller.log)
    stored = await store.default().run(lambda: list(OutgoingMessage.objects.values_list("payload", flat=True)))
    assert SECRET not in json.dumps(stored)
    assert SECRET not in caplog.text
    again = call(engines)
    await again.begin(interview, resume, last_seq=0)
    await again.closed()
    assert SECRET not in json.dumps(again.log)
    kept = await store.default().run(lambda: CodeRun.objects.get(run_id="r3").result)
    assert (SECRET in json.dumps(kept)) == (pinned != "written"), "the test tests nothing"


@pytest.fixture
def judged(interview: Interview, resume: Resume, pinned: str) -> Interview:
    """An interview that is over, with everything that was judged, and a report."""
    Interview.objects.filter(pk=interview.pk).update(
        status="completed", phase="finished", resume=resume, code_task_document=document(pinned)
    )
    interview.refresh_from_db()
    task = next(iter(CodingTask.objects.all())).task_id
    for number, run_kind in enumerate(RunKind, start=1):
        interview.code_runs.create(
            run_id=f"r{number}", kind=run_kind, task_id=task, language="python", source="print(1)", status="done",
            hidden_passed=0, hidden_total=3, result=verdict(pinned),
        )  # fmt: skip
    interview.documents.create(task_id=task, language="python", text="print(1)", seq=1)
    start.request_report(interview)
    evaluate.write_report(interview.pk)
    return interview


def verdict(kind: str) -> dict[str, Any]:
    task = tasks.own(document(kind))
    return judge(task, "print(1)", task.languages[0], None, ScriptedSandbox(telltale), hidden=True).kept()


# Pages know nothing of kinds beyond what these two keep.
on_pages = pytest.mark.parametrize("kind", ["program", "testing"])


@on_pages
def test_no_page_and_no_api_answer_tells(
    judged: Interview, owner: User, colleague: User, outsider: User, api: Callable[[User | None], Client]
) -> None:
    seen = 0
    for person in (owner, colleague, outsider):
        for client in (signed_in(person), api(person)):
            for path in paths(judged):
                answer = client.get(path)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
                assert SECRET.encode() not in body, f"{path} for {person.name}"
                seen += answer.status_code == 200
    assert seen > 30, "the walk reached hardly anything"


def paths(interview: Interview) -> list[str]:
    return [f"/{path}" for path in _routes(get_resolver().url_patterns, "", interview) if "logout" not in path]


def _routes(patterns: list[URLPattern | URLResolver], before: str, interview: Interview) -> Iterator[str]:
    for entry in patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        path = before + _filled(entry.pattern, interview)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, path, interview)
        else:
            yield path


def _filled(pattern: RoutePattern, interview: Interview) -> str:
    """The route with the interview's own key, or its resume's, in every place."""
    route = str(pattern)
    for name in pattern.converters:
        start_at = next(at for at in (route.find(f":{name}>"), route.find(f"<{name}>")) if at >= 0)
        begin, end = route.rfind("<", 0, start_at + 1), route.find(">", start_at)
        value = interview.code_task if "task" in name else interview.resume_id if "resume" in name else interview.pk
        route = f"{route[:begin]}{value}{route[end + 1 :]}"
    return route


@on_pages
def test_a_recruiter_reads_the_tests_by_name(judged: Interview, recruiter_client: Client) -> None:
    """Otherwise the walk above would prove nothing."""
    page = recruiter_client.get(f"/admin/interviews/interview/{judged.pk}/change/").content.decode()
    assert SECRET in page
