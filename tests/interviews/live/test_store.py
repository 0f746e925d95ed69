"""Writing that nobody waits for: done in its turn, and a fault of it is logged without its words."""

import logging

import pytest
from django.db import IntegrityError

from interviews.live.store import Store


def fails() -> None:
    raise IntegrityError("Alice said so")


def test_it_is_done_in_its_turn() -> None:
    done: list[int] = []
    store = Store(1)
    for number in range(3):
        store.later(done.append, number)
    store.close()
    assert done == [0, 1, 2]


def test_a_fault_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    store = Store(1)
    store.later(fails)
    store.close()
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [
        "database: IntegrityError in fails, which nobody waits for"
    ]
    assert "Alice" not in caplog.text
