"""What was written: task by task, the text as it stands and what was handed in. Two queries, or none if prefetched."""

from typing import Any

from django.db.models import Prefetch

from interviews.coding import tasks
from interviews.models import CodeDocument, CodeRun, Interview, RunKind

# To be prefetched: of all that was run no more than what is shown.
SUBMISSIONS = Prefetch("code_runs", CodeRun.objects.filter(kind=RunKind.SUBMISSION).defer("stdin"))


def code(interview: Interview, *, tests: bool = False) -> list[dict[str, Any]]:
    """`[{task_id, title, language, text, seq, submissions}]`, the newest last.

    `submissions`: `[{run_id, language, source, created_at, taken, status, hidden}]`. `taken`: as it stood at the end,
    handed in by nobody. `status` is empty until it was judged, `hidden` `{passed, total}` or None. With `tests`, for
    recruiters alone, each submission has `tests`, `[{name, status, hidden}]`.
    """
    handed_in = [row for row in interview.code_runs.all() if row.kind == RunKind.SUBMISSION]
    documents = {row.task_id: row for row in interview.documents.all()}
    ids = dict.fromkeys([*documents, *(row.task_id for row in handed_in)])
    return [_task(interview, task_id, documents.get(task_id), handed_in, tests) for task_id in ids]


def _task(
    interview: Interview, task_id: str, document: CodeDocument | None, handed_in: list[CodeRun], tests: bool
) -> dict[str, Any]:
    own = [row for row in handed_in if row.task_id == task_id]
    return {
        "task_id": task_id,
        "title": tasks.title_given(interview, task_id),
        "language": document.language if document else own[-1].language,
        "text": document.text if document else "",
        "seq": document.seq if document else 0,
        "submissions": [_submission(row) | ({"tests": _tests(row)} if tests else {}) for row in own],
    }


def _submission(run: CodeRun) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "language": run.language,
        "source": run.source,
        "created_at": run.created_at,
        "taken": run.taken,
        "status": run.result.get("status", ""),
        "hidden": run.hidden,
    }


def _tests(run: CodeRun) -> list[dict[str, Any]]:
    return [
        {"name": test["name"], "status": test["status"], "hidden": kind == "hidden"}
        for kind in ("tests", "hidden")
        for test in run.result.get(kind, [])
    ]
