"""Runs that a crash left behind, or that no server has: judged in the worker."""

import logging

from interviews.coding import runs, sandboxes
from interviews.coding.holding import Flag, Hold, stopping
from providers.sandbox.base import Sandbox

log = logging.getLogger(__name__)


def sweep(sandbox: Sandbox | None = None, stop: Flag = stopping) -> int:
    """How many runs were judged or given up. With `stop` up no more is begun, and what runs is left to the next."""
    given_up = runs.give_up()
    left = (pk for pk in runs.left_behind() if not stop.is_up)
    return given_up + sum(_guarded(pk, sandbox or sandboxes.current(), stop) for pk in left)


def _guarded(pk: int, sandbox: Sandbox, stop: Flag) -> bool:
    try:
        return _judge(pk, sandbox, stop)
    except Exception as error:  # noqa: BLE001  # logged; the row is tried again, and those behind it are not to wait
        log.warning("code run %s: the judging failed (%s)", pk, type(error).__name__)
        return False


def _judge(pk: int, sandbox: Sandbox, stop: Flag) -> bool:
    job = runs.begin(pk)
    if job is None:
        return False
    with Hold(pk, sandbox, stop):
        verdict = runs.verdict_of(job, sandbox)
    if stop.is_up and not (verdict and verdict.available):
        runs.hand_back([pk], [])
        return False
    if verdict is None:
        return False
    runs.finish(pk, verdict)
    return True
