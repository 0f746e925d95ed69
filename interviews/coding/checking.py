"""The look at a submission after it came in: can it be replayed, how was it written, what is it like.

The row of the submission comes first and the task second; what a crash left behind is asked for again. Looking twice
changes nothing. What is found are signals on the proctoring time line, never a part of a score.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config import later
from interviews.coding import integrity, replay, similarity, tasks
from interviews.coding.writing_time import LATEST_MS
from interviews.domain import outbox
from interviews.models import CodeDocument, CodeRun, Interview, RunKind, Status, SubmissionCheck
from proctoring.domain import timeline
from proctoring.domain.timeline import Notice
from proctoring.models import SignalName, Source

log = logging.getLogger(__name__)
TASK = "interviews.tasks.check_submission"
OVERDUE = timedelta(minutes=1)
OLDEST = timedelta(days=7)
MOST_ATTEMPTS = 3
BATCH = 100

COMPARED = 200  # the latest submissions of other people to the same task
LIKE = 0.6  # of the smaller program; different programs of the bank share 0.39 at most, see docs/replay.md
LEAST_SHARED = 10  # fingerprints: about 60 tokens, for short programs are alike by chance


class _Other(NamedTuple):
    interview_id: int
    at_ms: int
    prints: frozenset[int]


def request(run_id: int) -> None:
    """Have a submission looked at once its row is committed."""
    later.ask_after_commit(TASK, run_id)


def sweep() -> int:
    """Ask again for the submissions of the last week that nobody has looked at; how many."""
    now = timezone.now()
    handed_in = CodeRun.objects.filter(kind=RunKind.SUBMISSION, created_at__range=(now - OLDEST, now - OVERDUE))
    missed = handed_in.filter(submission_check=None)
    broken_off = handed_in.filter(
        submission_check__status=SubmissionCheck.Status.PENDING, submission_check__attempts__lt=MOST_ATTEMPTS
    )
    ids = [*missed.values_list("pk", flat=True)[:BATCH], *broken_off.values_list("pk", flat=True)[:BATCH]]
    for run_id in ids:
        later.ask(TASK, run_id)
    return len(ids)


def check(run_id: int) -> None:
    """Look at a submission, once; one that was looked at, tried too often or erased is left alone."""
    run = CodeRun.objects.select_related("interview").filter(pk=run_id, kind=RunKind.SUBMISSION).first()
    if run is None:
        return
    family = similarity.family(run.language)
    row, _ = SubmissionCheck.objects.get_or_create(run=run, defaults={"task_id": run.task_id, "family": family})
    undone = SubmissionCheck.objects.filter(pk=row.pk, status=SubmissionCheck.Status.PENDING)
    if not undone.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
        return
    document = CodeDocument.objects.filter(interview=run.interview_id, task_id=run.task_id).first()
    comparison, prints = replay.compare(document, run).public(), _fingerprints(run)
    notices = [*_writing(run, document), *_likeness(run, family, prints)]
    found = {"comparison": comparison, "fingerprints": similarity.packed(prints)}
    with transaction.atomic():
        if undone.update(status=SubmissionCheck.Status.DONE, **found):  # of two that look at once, one stores it
            _note(run.interview, notices)
    log.info("submission %s was looked at: replay %s, %s signals", run_id, comparison["outcome"], len(notices))


def _writing(run: CodeRun, document: CodeDocument | None) -> list[Notice]:
    """How the document was written."""
    if document is None:
        return []
    rows = document.operations.order_by("seq").values_list("seq", "at_ms", "wall_ms", "changes")
    steps = [integrity.Step(*row) for row in rows.iterator(chunk_size=2_000)]
    known = _given(run)
    return [
        *(_paste(run, paste) for paste in integrity.pastes(steps, known)),
        *(_burst(run, burst) for burst in integrity.bursts(steps)),
    ]


def _paste(run: CodeRun, paste: integrity.Paste) -> Notice:
    detail = {"seq": paste.seq, "writing_ms": paste.at_ms, "lines": paste.lines, "characters": paste.characters}
    return Notice(run.interview_id, SignalName.LARGE_PASTE, Source.EDITOR, paste.wall_ms, detail)


def _burst(run: CodeRun, burst: integrity.Burst) -> Notice:
    seconds = max(1, burst.until_ms - burst.at_ms) / 1000
    detail = {
        "seq": burst.seq,
        "writing_ms": burst.at_ms,
        "characters": burst.characters,
        "seconds": round(seconds, 1),
    }
    until_ms = min(LATEST_MS, burst.wall_ms + burst.until_ms - burst.at_ms)
    return Notice(run.interview_id, SignalName.FAST_TYPING, Source.EDITOR, burst.wall_ms, detail, until_ms=until_ms)


def _likeness(run: CodeRun, family: str, prints: frozenset[int]) -> list[Notice]:
    """The submission that is most alike, where it is alike enough: for both time lines. One query."""
    others = _others(run, family) if family and len(prints) >= LEAST_SHARED else {}
    nobodys = similarity.common([other.prints for other in others.values()])
    own = prints - nobodys
    best, like = None, 0.0
    for other in others.values():
        found = similarity.likeness(own, other.prints - nobodys)
        if len(own & other.prints) >= LEAST_SHARED and found > like:
            best, like = other, found
    if best is None or like < LIKE:
        return []
    pair = ((run.interview_id, run.at_ms, best.interview_id), (best.interview_id, best.at_ms, run.interview_id))
    return [
        Notice(of, SignalName.SIMILAR_CODE, Source.SERVER, at_ms, {"share": round(like, 2), "interview": other_id})
        for of, at_ms, other_id in pair
    ]


def _others(run: CodeRun, family: str) -> dict[int, _Other]:
    """The latest submissions of other people, by interview."""
    rows = SubmissionCheck.objects.filter(task_id=run.task_id, family=family, status=SubmissionCheck.Status.DONE)
    rows = rows.exclude(run__interview__owner=run.interview.owner_id).order_by("-id")
    stored = rows.values_list("run__interview_id", "run__at_ms", "fingerprints")[:COMPARED]
    found = (_Other(number, at_ms, similarity.unpacked(bytes(raw))) for number, at_ms, raw in reversed(stored))
    return {other.interview_id: other for other in found}


def _fingerprints(run: CodeRun) -> frozenset[int]:
    task = tasks.given_or_none(run.interview, run.task_id)
    starters = task.starters.get(run.language, {}).values() if task is not None else ()
    return similarity.fingerprints(run.source, run.language, starters)


def _given(run: CodeRun) -> Iterable[str]:
    """What the task shows: to copy it is no paste of somebody else's."""
    task = tasks.given_or_none(run.interview, run.task_id)
    if task is None:
        return ()
    shown = (text for test in task.visible for text in (test.input, test.expected))
    starters = (text for texts in task.starters.values() for text in texts.values())
    return [*task.statements.values(), *task.subject.values(), task.setup, *starters, *shown]


def _note(interview: Interview, notices: list[Notice]) -> None:
    """Store what was noticed; tell the candidate of what CANDIDATE_SIGNALS names, as long as they are there.

    Whose earlier submission is alike is told nothing: they did not write after somebody.
    """
    for notice in notices:
        own = notice.interview_id == interview.pk
        written = timeline.store(notice, reachable=own and interview.status == Status.ACTIVE)
        if written is not None and written.signal is not None:
            outbox.send(interview.pk, outbox.SIGNAL, {**written.signal.payload(), "at_ms": notice.at_ms})
