"""Tiny consumers that behave badly on purpose, for the tests of the server's bounds."""

import asyncio
from pathlib import Path
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path


def leave_word(code: int) -> None:
    Path(settings.DATA_DIR, f"closed-{code}").touch()


class Echo(AsyncWebsocketConsumer):
    """Sends back what it hears; leaves a file when it is told of the end."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data, bytes_data=bytes_data)

    async def disconnect(self, code: int) -> None:
        await asyncio.sleep(0.2)  # a checkpoint takes its time, and the server has to wait for it
        leave_word(code)


class Deaf(AsyncWebsocketConsumer):
    """Takes the first message and then none for a long time."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await asyncio.sleep(3600)


class Torrent(AsyncWebsocketConsumer):
    """Sends for ever, faster than anybody reads."""

    pause = 0.002

    async def connect(self) -> None:
        await self.accept()
        self.task = asyncio.create_task(self.pour())

    async def pour(self) -> None:
        while True:
            await self.send(text_data="x" * 65536)
            await asyncio.sleep(self.pause)

    async def disconnect(self, code: int) -> None:
        self.task.cancel()
        leave_word(code)


class Drizzle(Torrent):
    """Sends so little that only time, not size, shows that nobody reads."""

    pause = 0.1


class Stubborn(AsyncWebsocketConsumer):
    """Does not end when its socket closes."""

    async def disconnect(self, code: int) -> None:
        await asyncio.sleep(3600)


PATHS = {"echo": Echo, "deaf": Deaf, "torrent": Torrent, "drizzle": Drizzle, "stubborn": Stubborn}
sockets: list[Any] = [re_path(rf"^ws/{name}/$", kind.as_asgi()) for name, kind in PATHS.items()]
application = ProtocolTypeRouter({"http": get_asgi_application(), "websocket": URLRouter(sockets)})
