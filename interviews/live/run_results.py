"""What a candidate is told of a run: how it went, the visible tests one by one, and of the hidden ones two numbers."""

from typing import Any

from django.db.models.fields.json import KT
from django.utils import translation
from django.utils.translation import gettext, gettext_noop, ngettext

from interviews.coding import tasks
from interviews.live.messages import CodeResult
from interviews.models import CodeRun, OutgoingMessage, RunKind, RunStatus
from providers.sandbox.base import Status

TEXTS = {
    "ok": gettext_noop("The program ran to its end."),
    Status.RUNTIME_ERROR: gettext_noop("The program ended with an error."),
    Status.COMPILE_ERROR: gettext_noop("The program could not be compiled."),
    Status.TIME_LIMIT: gettext_noop("The program took too long."),
    Status.MEMORY_LIMIT: gettext_noop("The program needed too much memory."),
    Status.OUTPUT_LIMIT: gettext_noop("The program wrote too much."),
    Status.UNAVAILABLE: gettext_noop("Your code is kept. It could not be run here."),
}
TEST_FIELDS = ("name", "status", "time_ms", "memory_kb", "stdout")


def untold(interview_id: int) -> list[CodeRun]:
    """Runs that are done and whose result was not sent yet, in the order in which they were asked for. One query."""
    sent = OutgoingMessage.objects.filter(interview_id=interview_id, type="code_result")
    told = sent.values_list(KT("payload__run_id"), flat=True)
    done = CodeRun.objects.filter(interview_id=interview_id, status=RunStatus.DONE).exclude(run_id__in=told)
    return list(done.exclude(result={}).select_related("interview").defer("source", "stdin"))


def message(run: CodeRun, language: str) -> CodeResult:
    """Not numbered yet. `language` is the interview's. May read the task from the database."""
    result, names = run.result, _names(run, language)
    return CodeResult(
        task_id=run.task_id,
        run_id=run.run_id,
        kind=run.kind,
        status=result["status"],
        text=_text(run, language),
        stdout=result["stdout"],
        stderr=result["stderr"],
        compile_output=result["compile_output"],
        tests=[
            {name: test[name] for name in TEST_FIELDS} | {"name": names.get(test["name"], test["name"])}
            for test in result["tests"]
        ],
        hidden=run.hidden,
        time_ms=result["time_ms"],
        memory_kb=result["memory_kb"],
    )


def _names(run: CodeRun, language: str) -> dict[str, str]:
    """What the visible tests are called, by the names under which results are kept."""
    task = tasks.given_or_none(run.interview, run.task_id) if run.result["tests"] else None
    return {} if task is None else {test.name: test.called(language) for test in task.visible}


def _text(run: CodeRun, language: str) -> str:
    with translation.override(language):
        tests: list[dict[str, Any]] = run.result["tests"]
        if tests and run.result["status"] != Status.COMPILE_ERROR:
            passed = sum(test["status"] == "ok" for test in tests)
            text = ngettext("%(passed)s of %(total)s test passed.", "%(passed)s of %(total)s tests passed.", len(tests))
            return text % {"passed": passed, "total": len(tests)}
        if run.kind == RunKind.SUBMISSION and run.result["status"] == "ok":
            return gettext("Your solution is handed in.")
        return gettext(TEXTS[run.result["status"]])
