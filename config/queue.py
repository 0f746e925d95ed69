"""Celery's queue in a folder, for installations without Redis: Kombu's, but nothing in it is ever seen half-written.

Kombu opens a file under its final name and then writes; a reader that comes between the two finds it empty, and the
JSON error ends the worker.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # as Kombu's own
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        try:
            place(Path(self.data_folder_out) / name, dumps(payload), os.replace)
        except OSError as error:
            raise ChannelError(f"Cannot add file {name!r} to the queue's folder") from error

    def _get(self, queue: str) -> Any:  # type: ignore[override]  # as Kombu's own
        try:
            return super()._get(queue)
        except ValueError:  # a power cut, or an older version; what it asked for, a sweeper asks again
            logger.warning("A damaged message of the queue %s was left out", queue)
            raise Empty from None

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        table: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # missing in the stubs
        if not table.exists():
            self.control_folder.mkdir(exist_ok=True)
            place(table, dumps([]), link)
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def place(path: Path, text: str, move: Callable[[Path, Path], None]) -> None:
    """Write beside `path`, under a name that is no queue's, and move it there in one step."""
    draft = path.with_name(f"{uuid4()}.draft")
    try:
        draft.write_text(text, encoding="utf-8")
        move(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def link(draft: Path, path: Path) -> None:
    """Give `path` the draft's content, unless another process was faster: its entries must stay."""
    try:
        os.link(draft, path)
    except OSError:  # it is there, or this file system has no links and Kombu writes the file itself
        logger.debug("%s was not made", path.name)


def install() -> None:
    """Make `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
