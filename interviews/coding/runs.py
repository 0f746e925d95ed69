"""Rows of what a candidate ran and handed in: asked for, begun, finished. The programs are judged elsewhere."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from interviews.coding import changes, checking, documents
from interviews.coding.definitions import Task
from interviews.coding.documents import MOST_BYTES, TooBig, WrongLanguage
from interviews.coding.judging import Verdict, judge
from interviews.domain import outbox
from interviews.models import CodeDocument, CodeRun, Interview, RunKind, RunStatus
from providers.sandbox.base import Sandbox
from providers.sandbox.piston import Piston
from reports.domain import start

MOST_ATTEMPTS = 3
MOST_RUNS = 300  # of an interview, beside its submission
JUDGED = "code_run"  # kind of the outbox: a run is done, whichever process has judged it
ALIVE_EVERY_S = 30.0  # whoever has a run says so
LEFT_BEHIND = timedelta(seconds=75)  # unsaid for so long that anybody has the run


class TakenId(ValueError):
    """The `run_id` of a submission is that of a run."""


class TooManyRuns(ValueError):
    """The interview has had MOST_RUNS."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a candidate asks for, or with `taken` nobody did: it is what stood in the editor at the end.

    `stdin` is None for the visible tests; `at_ms` is interview time.
    """

    task_id: str
    language: str
    source: str
    run_id: str
    kind: RunKind
    stdin: str | None = None
    at_ms: int = 0
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One run that was begun: all that judging it takes."""

    pk: int
    interview_id: int
    task: Task
    language: str
    source: str
    stdin: str | None
    hidden: bool


def ask(interview: Interview, asked: Asked) -> tuple[CodeRun, bool]:
    """The run, once a `run_id`, and whether it is new. Of submissions there is one: a second is the first.

    Raises TakenId, TooBig, TooManyRuns, WrongLanguage, tasks.UnknownTask.
    """
    if asked.language not in documents.task_of(interview, asked.task_id).languages:
        raise WrongLanguage(asked.language)
    source = changes.storable(asked.source)
    if len(source.encode()) > MOST_BYTES:
        raise TooBig(f"more than {MOST_BYTES} bytes")
    if asked.kind == RunKind.SUBMISSION and (first := submission(interview, asked.task_id)) is not None:
        return first, False
    if asked.kind == RunKind.RUN and _others(interview, asked.run_id) >= MOST_RUNS:
        raise TooManyRuns
    run, fresh = _kept(interview, asked, source)
    if run.kind != asked.kind:
        raise TakenId(asked.run_id)
    if fresh and run.kind == RunKind.SUBMISSION:
        checking.request(run.pk)
    return run, fresh


def _kept(interview: Interview, asked: Asked, source: str) -> tuple[CodeRun, bool]:
    """The row, and whether it was made here. Of two processes that take a submission at once one makes it."""
    stdin = None if asked.stdin is None else changes.storable(asked.stdin)
    fields = {"task_id": asked.task_id, "kind": asked.kind, "language": asked.language, "at_ms": max(0, asked.at_ms)}
    defaults = {**fields, "source": source, "stdin": stdin, "taken": asked.taken}
    try:
        return CodeRun.objects.get_or_create(interview=interview, run_id=asked.run_id[:64], defaults=defaults)
    except IntegrityError:
        first = submission(interview, asked.task_id)
        if first is None:
            raise
        return first, False


def hand_in(interview_id: int, task_id: str, at_ms: int) -> CodeRun | None:
    """Take what the editor has as the submission. None: there is one already, or nothing was written.

    Raises as `ask`.
    """
    interview = Interview.objects.get(pk=interview_id)
    document = CodeDocument.objects.filter(interview=interview, task_id=task_id).first()
    if document is None or submission(interview, task_id) is not None or not _is_work(interview, document):
        return None
    run_id, text = secrets.token_hex(8), document.text
    last_ms = document.operations.order_by("-seq").values_list("wall_ms", flat=True).first() or 0
    moment = max(at_ms, last_ms)  # the interview's state may be seconds older than what was typed last
    asked = Asked(task_id, document.language, text, run_id, RunKind.SUBMISSION, at_ms=moment, taken=True)
    run, fresh = ask(interview, asked)
    return run if fresh else None


def leave(pk: int) -> None:
    """Whoever looks next may begin it."""
    CodeRun.objects.filter(pk=pk, attempts=0).update(alive_at=_long_silent())


def submission(interview: Interview, task_id: str) -> CodeRun | None:
    """What was handed in."""
    return CodeRun.objects.filter(interview=interview, task_id=task_id, kind=RunKind.SUBMISSION).first()


def begin(pk: int) -> Job | None:
    """Count an attempt. None: it is done, was tried often enough, or another process has it."""
    rows = CodeRun.objects.filter(pk=pk, attempts__lt=MOST_ATTEMPTS).exclude(status=RunStatus.DONE)
    rows = rows.filter(Q(attempts=0) | Q(alive_at__lt=_silent_since()))
    if not rows.update(status=RunStatus.RUNNING, attempts=F("attempts") + 1, alive_at=timezone.now()):
        return None
    run = CodeRun.objects.select_related("interview").get(pk=pk)
    task = documents.task_of(run.interview, run.task_id)
    hidden = run.kind == RunKind.SUBMISSION
    return Job(pk, run.interview_id, task, run.language, run.source, run.stdin, hidden)


def verdict_of(job: Job, sandbox: Sandbox) -> Verdict | None:
    """Blocks. None: the sandbox failed at a submission, which the sweep tries again."""
    verdict = judge(job.task, job.source, job.language, job.stdin, sandbox, hidden=job.hidden)
    away = sandbox.name == Piston.name and bool(sandbox.reason)  # a runner on another machine may come later
    failed = not verdict.available and (away or job.language in sandbox.languages())
    return None if failed and job.hidden else verdict


@transaction.atomic
def finish(pk: int, verdict: Verdict) -> None:
    """Keep the verdict; of two, the first. The candidate's session, wherever it is, and the report may wait for it."""
    counts = {"hidden_passed": verdict.hidden_passed, "hidden_total": len(verdict.hidden)} if verdict.hidden else {}
    open_ = CodeRun.objects.filter(pk=pk).exclude(status=RunStatus.DONE)
    kept = open_.update(status=RunStatus.DONE, result=verdict.kept(), finished_at=timezone.now(), **counts)
    if not kept:
        return
    interview_id, kind = CodeRun.objects.values_list("interview_id", "kind").get(pk=pk)
    outbox.send(interview_id, JUDGED)
    if kind == RunKind.SUBMISSION:
        start.judged(interview_id)


def keep(pks: Collection[int]) -> None:
    """Say that these are waiting here, or running."""
    CodeRun.objects.filter(pk__in=pks).exclude(status=RunStatus.DONE).update(alive_at=timezone.now())


def hand_back(begun: Collection[int], waiting: Collection[int]) -> None:
    """A process that stops leaves its runs to the next, at once; to have been broken off counts as no attempt."""
    silent = _long_silent()
    rows = CodeRun.objects.exclude(status=RunStatus.DONE)
    mine = rows.filter(pk__in=begun, attempts__gt=0)
    mine.update(status=RunStatus.QUEUED, attempts=F("attempts") - 1, alive_at=silent)
    rows.filter(pk__in=waiting, attempts=0).update(alive_at=silent)


def unfinished(interview_id: int) -> list[int]:
    """What a session may take up: runs that nobody has begun, or whose process is silent."""
    rows = CodeRun.objects.filter(interview_id=interview_id).exclude(status=RunStatus.DONE)
    return list(rows.filter(Q(attempts=0) | Q(alive_at__lt=_silent_since())).values_list("pk", flat=True))


def left_behind(limit: int = 20) -> list[int]:
    """The oldest runs that a crash left, of all interviews."""
    rows = CodeRun.objects.filter(alive_at__lt=_silent_since(), attempts__lt=MOST_ATTEMPTS)
    return list(rows.exclude(status=RunStatus.DONE).order_by("pk").values_list("pk", flat=True)[:limit])


@transaction.atomic
def give_up() -> int:
    """Runs that were tried often enough are done, without a verdict; how many."""
    rows = CodeRun.objects.filter(alive_at__lt=_silent_since(), attempts__gte=MOST_ATTEMPTS)
    given_up = list(rows.exclude(status=RunStatus.DONE).values_list("pk", flat=True))
    for pk in given_up:
        finish(pk, Verdict("unavailable", ""))
    return len(given_up)


def _others(interview: Interview, run_id: str) -> int:
    return CodeRun.objects.filter(interview=interview, kind=RunKind.RUN).exclude(run_id=run_id[:64]).count()


def _is_work(interview: Interview, document: CodeDocument) -> bool:
    """Whether there is anything that the editor did not begin with."""
    starters = documents.task_of(interview, document.task_id).starters.values()
    begun_with = {texts.get(language, "").strip() for texts in starters for language in (interview.language, "en")}
    return bool(document.text.strip()) and document.text.strip() not in begun_with


def _silent_since() -> datetime:
    return timezone.now() - LEFT_BEHIND


def _long_silent() -> datetime:
    return timezone.now() - 2 * LEFT_BEHIND
