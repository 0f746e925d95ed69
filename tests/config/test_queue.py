"""The queue in a folder: whoever reads while others write sees whole messages."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from kombu import Connection, Exchange, Queue

from config import queue
from config.celery import app

COUNT = 200


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    for name in ("messages", "processed", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "processed_folder": str(tmp_path / "processed"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://", transport_options=options) as one:
        yield one


@pytest.fixture
def name(tmp_path: Path) -> str:
    """Of this test's queue alone: Kombu remembers bindings as long as the process lives."""
    return f"{tmp_path.name}-{uuid4().hex}"


def put(connection: Connection, name: str, number: int, text: str = "") -> None:
    tasks = Queue(name, Exchange(name), routing_key=name)
    body = {"number": number, "text": text}
    connection.Producer().publish(body, exchange=name, routing_key=name, declare=[tasks])


def taken(connection: Connection, name: str, count: int) -> list[int]:
    found: list[int] = []
    with connection.SimpleQueue(name) as tasks:
        while len(found) < count:
            message = tasks.get(timeout=20)
            found.append(message.payload["number"])
            message.ack()
    return found


def test_celery_uses_it(connection: Connection) -> None:
    assert type(connection.transport) is queue.Transport
    with app.connection_for_write("filesystem://") as celerys:
        assert type(celerys.transport) is queue.Transport


def test_messages_written_while_they_are_read_arrive_whole_and_once(connection: Connection, name: str) -> None:
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(taken, connection.clone(), name, COUNT)
        for number in range(COUNT):
            put(connection, name, number, "x" * 20_000)
        assert sorted(reading.result(60)) == list(range(COUNT))


def test_a_message_appears_under_its_name_in_one_step(connection: Connection, tmp_path: Path, name: str) -> None:
    """What a crash leaves of a draft is no message."""
    (tmp_path / "messages" / "0.draft").write_text('{"half')
    put(connection, name, 1)
    assert sorted(path.suffix for path in (tmp_path / "messages").iterdir()) == [".draft", ".msg"]
    assert taken(connection, name, 1) == [1]


@pytest.mark.parametrize("content", ["", '{"half'])
def test_a_damaged_message_is_left_out(connection: Connection, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "messages" / f"0_damaged.{name}.msg").write_text(content)
    with connection.SimpleQueue(name) as tasks, pytest.raises(Empty):
        tasks.get_nowait()
    put(connection, name, 2)
    assert taken(connection, name, 1) == [2]


def test_a_table_that_another_process_began_is_kept(connection: Connection, tmp_path: Path, name: str) -> None:
    put(connection, name, 3)
    table = tmp_path / "control" / f"{name}.exchange"
    queue.place(table, "[]", queue.link)
    assert json.loads(table.read_text()) == [[name, "", name]]
    assert taken(connection, name, 1) == [3]
