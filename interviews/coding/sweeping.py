"""Runs that a crash left behind: judged in the worker, and told to the session if the candidate is there."""

import logging

from interviews.coding import runs, sandboxes
from interviews.domain import outbox
from providers.sandbox.base import Sandbox

log = logging.getLogger(__name__)

JUDGED = "code_run"  # kind of the outbox: there is a result that the session did not ask this process for


def sweep(sandbox: Sandbox | None = None) -> int:
    """How many runs were judged or given up."""
    given_up = runs.give_up()
    for interview_id in given_up:
        outbox.send(interview_id, JUDGED)
    return len(given_up) + sum(_guarded(pk, sandbox or sandboxes.current()) for pk in runs.left_behind())


def _guarded(pk: int, sandbox: Sandbox) -> bool:
    try:
        return _judge(pk, sandbox)
    except Exception as error:  # noqa: BLE001  # logged; the row is tried again, and those behind it are not to wait
        log.warning("code run %s: the judging failed (%s)", pk, type(error).__name__)
        return False


def _judge(pk: int, sandbox: Sandbox) -> bool:
    job = runs.begin(pk)
    if job is None:
        return False
    verdict = runs.verdict_of(job, sandbox)
    if verdict is None:
        return False
    runs.finish(pk, verdict)
    outbox.send(job.interview_id, JUDGED)
    return True
