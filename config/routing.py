"""Where each socket and each worker channel leads."""

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ChannelNameRouter, URLRouter
from django.urls import re_path

from config.socket_users import SocketUser
from interviews.consumers.streaming import StreamingConsumer
from interviews.consumers.webrtc import WebRtcConsumer
from proctoring.consumers import ProctoringConsumer


class Nowhere(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Any other path: refused, where the router alone would raise and every stranger could fill the log."""

    async def connect(self) -> None:
        await self.close()


sockets = SocketUser(
    URLRouter(
        [
            re_path(r"^ws/webrtc/?$", WebRtcConsumer.as_asgi()),
            re_path(r"^api/v1/ai/ws/streaming-interview/?$", StreamingConsumer.as_asgi()),
            re_path(r"", Nowhere.as_asgi()),
        ]
    )
)
channels = ChannelNameRouter({"proctoring": ProctoringConsumer.as_asgi()})
