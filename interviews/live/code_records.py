"""What is written and run at a code task, with its refusals as the client reads them. `live.store` runs these."""

from typing import Any

from interviews.coding import documents, runs, tasks
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.records import running_interview
from interviews.models import CodeRun, RunKind


def editor_events(
    interview_id: int, task_id: str, base_seq: int, events: list[dict[str, Any]], language: str = "", wall_ms: int = 0
) -> int:
    """Apply the events, which came at `wall_ms`; the document's last number. Raises LiveError, Superseded."""
    try:
        return documents.apply_events(running_interview(interview_id), task_id, base_seq, events, language, wall_ms)
    except documents.Gap as error:
        raise LiveError(ErrorCode.EDITOR_GAP, "base_seq") from error
    except documents.BadEvents as error:
        raise LiveError(ErrorCode.INVALID, "events") from error
    except tasks.UnknownTask as error:
        raise LiveError(ErrorCode.UNKNOWN_TASK, "task_id") from error


def is_known_run(interview_id: int, run_id: str) -> bool:
    """Whether it was asked for before: then the message came twice."""
    return CodeRun.objects.filter(interview_id=interview_id, run_id=run_id).exists()


def handed_in(interview_id: int, task_id: str) -> str | None:
    """The `run_id` of the task's submission."""
    rows = CodeRun.objects.filter(interview_id=interview_id, task_id=task_id, kind=RunKind.SUBMISSION)
    return rows.values_list("run_id", flat=True).first()


def ask_run(interview_id: int, asked: runs.Asked) -> int | None:
    """Keep a run or a submission; its key, or None where it is known. Raises LiveError, Superseded."""
    try:
        run, fresh = runs.ask(running_interview(interview_id), asked)
    except documents.WrongLanguage as error:
        raise LiveError(ErrorCode.INVALID, "language") from error
    except runs.TakenId as error:
        raise LiveError(ErrorCode.INVALID, "run_id") from error
    except runs.TooManyRuns as error:
        raise LiveError(ErrorCode.TOO_MANY_RUNS, for_good=True) from error
    except documents.TooBig as error:
        raise LiveError(ErrorCode.BAD_SIZE, "source") from error
    except tasks.UnknownTask as error:
        raise LiveError(ErrorCode.UNKNOWN_TASK, "task_id") from error
    return run.pk if fresh else None
