"""Where sockets lead."""

import pytest
from channels.testing import WebsocketCommunicator

from config.routing import sockets


@pytest.mark.parametrize(
    "path", ["/", "/ws/", "/ws/nope/", "/ws/webrtc/x", "/admin/", "/api/v1/ai/ws/streaming-interview/x"]
)
async def test_a_socket_to_nowhere_is_refused_and_nothing_raises(path: str) -> None:
    communicator = WebsocketCommunicator(sockets, path)
    connected, _code = await communicator.connect()
    assert not connected
    await communicator.wait()
