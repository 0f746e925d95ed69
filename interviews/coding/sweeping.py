"""Runs that a crash left behind, or that no server has: judged in the worker."""

import logging

from interviews.coding import runs, sandboxes
from providers.sandbox.base import Sandbox

log = logging.getLogger(__name__)


def sweep(sandbox: Sandbox | None = None) -> int:
    """How many runs were judged or given up."""
    return runs.give_up() + sum(_guarded(pk, sandbox or sandboxes.current()) for pk in runs.left_behind())


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
    return True
