"""A submission as its interviewer sees it, read from the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from interviews.coding import tasks
from interviews.coding.definitions import ACCEPTS, Task
from interviews.coding.follow_ups.about import About, Failure, Verdict
from interviews.coding.follow_ups.edges import Edge, edge
from interviews.domain import resume_topics
from interviews.domain.interviewer import briefing
from interviews.domain.interviewer.brief import Exchange
from interviews.engine import Kind, Phase, State
from interviews.models import CodeDocument, CodeRun, Interview, RunKind, RunStatus

PASSED, UNAVAILABLE, NOT_COMPILED = "ok", "unavailable", "compile_error"
LONGEST_POSITION = 160


@dataclass(frozen=True, slots=True)
class _HandedIn:
    language: str
    source: str
    verdict: Verdict | None = None


def about(interview: Interview, state: State | None, answer: str) -> About:
    """`state` is in the code phase; `answer` is the last one, of the turn that is over or so far of the open one.

    Without a state that can be read there is nothing to ask about.
    """
    task = tasks.given_or_none(interview, state.task_id) if state is not None else None
    if state is None or task is None:
        return About(interview.pk, interview.language, interview.code_task)
    code = _handed_in(interview, task)
    return About(
        interview_id=interview.pk,
        language=interview.language,
        task_id=task.task_id,
        kind=task.kind,
        code_language=code.language,
        source=code.source,
        starter=task.starters.get(code.language, {}).get(interview.language, ""),
        title=task.title(interview.language),
        statement=task.statements[interview.language],
        position=resume_topics.clean(interview.position_name, LONGEST_POSITION),
        verdict=code.verdict,
        exchanges=_exchanges(interview, state, answer),
        seconds_left=interview.seconds_left,
        turn_number=state.turn_number,
        adaptive=settings.ADAPTIVE_QUESTIONS,
    )


def verdict(task: Task, result: Mapping[str, Any]) -> Verdict | None:
    """Of a `CodeRun.result`; None where nothing was judged. Of a hidden test only its class of edge is taken over."""
    shown, hidden = result.get("tests") or [], result.get("hidden") or []
    tested = [*shown, *hidden]
    if not tested or result.get("status") == UNAVAILABLE:
        return None
    examples, inputs = [test.input for test in task.visible], {test.name: test.input for test in task.hidden}
    return Verdict(
        passed=sum(row["status"] == PASSED for row in tested),
        total=len(tested),
        compiled=any(row["status"] != NOT_COMPILED for row in tested),
        accepts=all(row["status"] == PASSED for row in tested if row["name"] == ACCEPTS),
        failures=tuple(
            Failure(edge(inputs[row["name"]], examples) if row["name"] in inputs else Edge.OTHER, row["status"])
            for row in hidden
            if row["status"] != PASSED
        ),
    )


def _handed_in(interview: Interview, task: Task) -> _HandedIn:
    """The last submission; without one, what was written."""
    runs = CodeRun.objects.filter(interview=interview, task_id=task.task_id, kind=RunKind.SUBMISSION)
    run = runs.order_by("-pk").first()
    if run is not None:
        judged = run.status == RunStatus.DONE
        return _HandedIn(run.language, run.source, verdict(task, run.result) if judged else None)
    written = CodeDocument.objects.filter(interview=interview, task_id=task.task_id).first()
    return _HandedIn(written.language, written.text) if written is not None and written.seq else _HandedIn("", "")


def _exchanges(interview: Interview, state: State, answer: str) -> tuple[Exchange, ...]:
    turns = briefing.over(interview, state).filter(phase=Phase.CODE, kind=Kind.FOLLOW_UP)
    exchanges = [Exchange(0, turn.question_key, turn.prompt, turn.answer, True) for turn in turns]
    prompt = state.prompt
    if prompt is not None and prompt.kind is Kind.FOLLOW_UP:
        exchanges.append(Exchange(0, prompt.key, prompt.heard or prompt.text, answer, True))
    return tuple(exchanges)
