"""The proctoring worker as a service: `manage.py runworker proctoring`."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from channels.consumer import AsyncConsumer, get_handler_name
from channels.exceptions import ChannelFull

from config.serve.supervisor import say_ready
from proctoring.domain.looking import HELLO, Answer, FrameWorker, encode_answer

logger = logging.getLogger(__name__)

# MediaPipe is made and used by this one thread; the loop goes on fetching messages meanwhile.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proctoring")


@cache
def worker() -> FrameWorker:
    """Made with the first message: the server imports this module too and must not load MediaPipe."""
    from providers.vision.mediapipe import MediaPipeFaceCounter

    return FrameWorker(MediaPipeFaceCounter())


class ProctoringConsumer(AsyncConsumer):  # type: ignore[misc]
    """Answers each message to the channel it names in `reply`."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without Channels' clean-up of database connections before each message: the worker uses no database."""
        await getattr(self, get_handler_name(message))(message)

    async def hello(self, message: dict[str, Any]) -> None:
        await asyncio.get_running_loop().run_in_executor(_thread, worker)
        say_ready()
        await self.answer(message["reply"], Answer(HELLO))

    async def frame(self, message: dict[str, Any]) -> None:
        await self.answer(message["reply"], await asyncio.get_running_loop().run_in_executor(_thread, look, message))

    async def answer(self, channel: str, answer: Answer) -> None:
        try:
            await self.channel_layer.send(channel, {"type": "answer", "answer": encode_answer(answer)})
        except ChannelFull:
            logger.warning("A server does not fetch its proctoring answers")


def look(message: dict[str, Any]) -> Answer:
    return worker().look(message["ticket"], message["jpeg"], thorough=message["thorough"])
