"""What was written: task by task, the text as it stands and what was handed in. Two queries, or none if prefetched."""

from typing import Any

from interviews.coding import tasks
from interviews.models import CodeDocument, CodeRun, Interview, RunKind


def code(interview: Interview) -> list[dict[str, Any]]:
    """`[{task_id, title, language, text, seq, submissions: [{run_id, language, source, created_at}]}]`, newest last."""
    handed_in = [row for row in interview.code_runs.all() if row.kind == RunKind.SUBMISSION]
    documents = {row.task_id: row for row in interview.documents.all()}
    ids = dict.fromkeys([*documents, *(row.task_id for row in handed_in)])
    return [_task(interview, task_id, documents.get(task_id), handed_in) for task_id in ids]


def _task(
    interview: Interview, task_id: str, document: CodeDocument | None, handed_in: list[CodeRun]
) -> dict[str, Any]:
    own = [row for row in handed_in if row.task_id == task_id]
    return {
        "task_id": task_id,
        "title": _title(task_id, interview.language),
        "language": document.language if document else own[-1].language,
        "text": document.text if document else "",
        "seq": document.seq if document else 0,
        "submissions": [
            {"run_id": row.run_id, "language": row.language, "source": row.source, "created_at": row.created_at}
            for row in own
        ],
    }


def _title(task_id: str, language: str) -> str:
    try:
        return tasks.get(task_id).title(language)
    except tasks.UnknownTask:  # the bank of a later release may have dropped it
        return task_id
