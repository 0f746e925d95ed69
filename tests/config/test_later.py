"""What is asked of Celery: after the commit only, and never at the price of the request."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery, current_app

from config import later

TASK = "reports.tasks.evaluate_interview"


@pytest.fixture
def queue() -> Iterator[Callable[..., Celery]]:
    """`queue("memory://")` is where tasks are sent during a test."""
    usual = current_app._get_current_object()

    def use(url: str, **options: str) -> Celery:
        app = Celery("viva", broker=url, set_as_current=True)
        app.conf.update(task_publish_retry=False, task_ignore_result=True, broker_transport_options=options)
        return app

    yield use
    usual.set_current()


def waiting(app: Celery) -> list[tuple[str, Any, bool]]:
    """Of each message its task, its arguments, and whether it is for later."""
    found = list[tuple[str, Any, bool]]()
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as messages:
        while messages.qsize():
            message = messages.get_nowait()
            found.append((message.headers["task"], message.payload[0], message.headers["eta"] is not None))
            message.ack()
    return found


def test_what_is_asked_waits_in_the_queue(queue: Callable[..., Celery]) -> None:
    app = queue("memory://")
    assert later.ask(TASK, 12, "now")
    assert later.ask(TASK, 12, countdown=5.0)
    assert waiting(app) == [(TASK, [12, "now"], False), (TASK, [12], True)]


@pytest.mark.django_db
def test_nothing_is_asked_before_the_commit(
    queue: Callable[..., Celery], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    app = queue("memory://")
    with django_capture_on_commit_callbacks(execute=True):
        later.ask_after_commit(TASK, 12)
        assert waiting(app) == []
    assert waiting(app) == [(TASK, [12], False)]


def test_a_dead_queue_is_said_and_stops_nobody(
    queue: Callable[..., Celery], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path / "gone")}
    queue("filesystem://localhost", control_folder=str(tmp_path / "control"), **folders)
    assert not later.ask(TASK, 12, "now")
    assert caplog.messages == [f"{TASK} 12 now waits: the queue does not answer"]
