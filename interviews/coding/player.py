"""The replay of a document for its player: one description, and the operations in pieces.

Neither parses what it only hands on: the server that hands it out talks to candidates at the same time.
"""

from typing import Any

from django.db.models import Case, F, Max, Min, TextField, Value, When, Window
from django.db.models.functions import Cast, Coalesce, Lag

from interviews.coding import placing, replay, tasks
from interviews.coding.marks import marks
from interviews.models import CodeDocument, CodeRun, Interview, Phase, RunKind, SubmissionCheck

PIECE = 5_000  # operations
COMPARED_AT_ONCE = 2_000  # operations; a longer document is compared where nobody waits (`coding.checking`)


def document_of(interview: Interview, task_id: str = "") -> CodeDocument | None:
    """The document of a task; without one, the newest."""
    rows = interview.documents.order_by("-pk")
    return (rows.filter(task_id=task_id) if task_id else rows).first()


def description(interview: Interview, document: CodeDocument) -> dict[str, Any]:
    """`{task_id, title, operations, piece, start_ms, end_ms, languages, marks, submission, comparison}`.

    Times are on the document's time line. `languages`: `[{seq, at_ms, language}]`, each from its operation on.
    `submission`: `{run_id, at_ms, language, text}` or None. `comparison`: as `replay.Comparison`, None where nothing
    was handed in or it was not compared yet. Six queries.
    """
    runs = _runs(interview, document.task_id)
    handed_in = next((run for run in reversed(runs) if run.kind == RunKind.SUBMISSION), None)
    line = placing.placing_of(document)
    span = document.operations.aggregate(first=Min("at_ms"), last=Max("at_ms"), first_wall=Min("wall_ms"))
    given_ms = _given_ms(interview)
    start_wall_ms = min(given_ms, span["first_wall"] or given_ms) if given_ms is not None else span["first_wall"] or 0
    shown = marks(interview, runs, line, start_wall_ms)
    start_ms = min(line.place(start_wall_ms), span["first"] if span["first"] is not None else line.place(start_wall_ms))
    ends = [span["last"] or start_ms, *(line.place(run.at_ms) for run in runs)]
    return {
        "task_id": document.task_id,
        "title": tasks.title_given(interview, document.task_id),
        "operations": document.seq,
        "piece": PIECE,
        "start_ms": start_ms,
        "end_ms": max(ends),
        "languages": _languages(document),
        "marks": [mark.public() for mark in shown if mark.at_ms <= max(ends)],
        "submission": _submission(handed_in, line),
        "comparison": _comparison(document, handed_in),
    }


def operations(document: CodeDocument, after: int = -1) -> str:
    """JSON: `{"operations": [[seq, at_ms, changes], …], "next": seq or null}`, those after `after`. One query."""
    rows = document.operations.filter(seq__gt=after).order_by("seq")
    found = list(rows.values_list("seq", "at_ms", Cast("changes", TextField()))[: PIECE + 1])
    more = len(found) > PIECE
    listed = ",".join(f"[{seq},{at_ms},{changes}]" for seq, at_ms, changes in found[:PIECE])
    return f'{{"operations":[{listed}],"next":{found[PIECE - 1][0] if more else "null"}}}'


def _runs(interview: Interview, task_id: str) -> list[CodeRun]:
    """In order. Of programs only what was handed in is read: of the others `source` is empty."""
    handed_in = Case(When(kind=RunKind.SUBMISSION, then=F("source")), default=Value(""), output_field=TextField())
    rows = interview.code_runs.filter(task_id=task_id).defer("source", "stdin").annotate(shown=handed_in)
    found = list(rows.order_by("at_ms", "pk"))
    for run in found:
        run.source = run.shown
    return list(found)


def _given_ms(interview: Interview) -> int | None:
    """When the task was given, on the wall clock."""
    turns = interview.turns.filter(phase=Phase.CODE).order_by("number")
    return turns.values_list("started_ms", flat=True).first()


def _languages(document: CodeDocument) -> list[dict[str, Any]]:
    """The operations at which another language begins."""
    before = Coalesce(Window(Lag("language"), order_by="seq"), Value(""))
    rows = document.operations.annotate(before=before).exclude(language=F("before")).order_by("seq")
    found = rows.values_list("seq", "at_ms", "language")
    return [{"seq": seq, "at_ms": at_ms, "language": language} for seq, at_ms, language in found]


def _submission(run: CodeRun | None, line: placing.Placing) -> dict[str, Any] | None:
    if run is None:
        return None
    return {"run_id": run.run_id, "at_ms": line.place(run.at_ms), "language": run.language, "text": run.source}


def _comparison(document: CodeDocument, run: CodeRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    check = SubmissionCheck.objects.filter(run=run, status=SubmissionCheck.Status.DONE).first()
    if check is not None:
        return dict(check.comparison)
    return replay.compare(document, run).public() if document.seq <= COMPARED_AT_ONCE else None
