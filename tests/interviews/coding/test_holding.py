"""What a worker judges is its own until it stops; then nothing keeps it, and the next worker begins at once."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from celery.signals import worker_shutting_down
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.coding import holding, runs, sweeping, tasks
from interviews.coding.holding import Flag, Hold
from interviews.models import CodeRun, RunKind
from providers.sandbox.base import Case, Outcome, Program, Status
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.interviews.factories import make_interview

LONG_AGO = timedelta(minutes=3)


@pytest.fixture
def flag() -> Iterator[Flag]:
    made = Flag()
    yield made
    made.close()


def left_behind(owner: User, *run_ids: str) -> list[CodeRun]:
    interview = make_interview(owner)
    task = tasks.of(interview)
    assert task is not None
    for run_id in run_ids:
        runs.ask(interview, runs.Asked(task.task_id, "python", "x", run_id, RunKind.RUN, stdin=""))
    CodeRun.objects.update(alive_at=timezone.now() - LONG_AGO)
    return list(CodeRun.objects.all())


class Sleeping(ScriptedSandbox):
    """Its first program sleeps until the sandbox is closed, just when the worker is told to stop."""

    def __init__(self, flag: Flag) -> None:
        super().__init__(self.sleep)
        self.flag, self.closed = flag, threading.Event()

    def sleep(self, _program: Program, _case: Case) -> Outcome:
        self.flag.lift()
        assert self.closed.wait(30)
        return Outcome(Status.UNAVAILABLE)

    def close(self) -> None:
        self.closed.set()


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_renewed_while_it_is_judged(owner: User, flag: Flag) -> None:
    (run,) = left_behind(owner, "1")
    deadline = time.monotonic() + 20
    with Hold(run.pk, ScriptedSandbox(), flag, every_s=0.05):
        while runs.left_behind() and time.monotonic() < deadline:
            pass
    assert runs.left_behind() == []


def test_a_worker_that_stops_leaves_its_run_to_the_next(owner: User, flag: Flag, settings: Settings) -> None:
    settings.REDIS_URL = ""
    left_behind(owner, "1", "2")
    sandbox = Sleeping(flag)
    assert sweeping.sweep(sandbox, flag) == 0
    assert (sandbox.closed.is_set(), len(sandbox.asked)) == (True, 1)
    assert list(CodeRun.objects.values_list("status", "attempts", "result")) == [("queued", 0, {})] * 2
    assert len(runs.left_behind()) == 2


def test_what_is_judged_in_time_leaves_the_sandbox_open(owner: User, flag: Flag, settings: Settings) -> None:
    settings.REDIS_URL = ""
    left_behind(owner, "1", "2")
    sandbox = Sleeping(flag)
    sandbox.answer = lambda _program, _case: Outcome(Status.OK, 0)
    assert sweeping.sweep(sandbox, flag) == 2
    assert not sandbox.closed.is_set()
    assert "code-run-hold" not in {thread.name for thread in threading.enumerate()}


def test_celery_tells_of_the_stop() -> None:
    import_module("interviews.tasks")  # as the worker does
    assert not holding.stopping.is_up
    worker_shutting_down.send(sender="worker", sig="TERM", how="Warm", exitcode=0)
    assert holding.stopping.is_up
    os.read(holding.stopping.descriptor, 1)
    assert not holding.stopping.is_up
