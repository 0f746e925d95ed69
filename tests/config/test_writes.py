"""What the server sends: at once where the kernel takes it, in order where it does not."""

import socket
from collections.abc import Iterator

import pytest
from autobahn.twisted.websocket import WebSocketServerFactory
from twisted.internet import tcp

from config.serve.sockets import BoundedSocket

MEGABYTE = 1024 * 1024


class Reactor:
    """Remembers who waits to write."""

    def __init__(self) -> None:
        self.writers: list[tcp.Connection] = []

    def addWriter(self, writer: tcp.Connection) -> None:  # Twisted's names
        self.writers.append(writer)

    def removeWriter(self, writer: tcp.Connection) -> None:
        self.writers = []


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    here.setblocking(False)
    there.setblocking(False)
    with here, there:
        yield here, there


def opened(here: socket.socket, reactor: Reactor) -> BoundedSocket:
    """The protocol as the handshake leaves it, on a real socket."""
    protocol = BoundedSocket()
    transport = tcp.Connection(here, None, reactor)
    transport.connected = True
    protocol.factory, protocol.transport, protocol.writes_at_once = WebSocketServerFactory(), transport, True
    transport.getTcpNoDelay = transport.setTcpNoDelay = lambda *_: None
    protocol._connectionMade()
    protocol.state = protocol.STATE_OPEN
    return protocol


def read(there: socket.socket) -> bytes:
    """All that has come."""
    pieces = []
    while True:
        try:
            pieces.append(there.recv(MEGABYTE))
        except BlockingIOError:
            return b"".join(pieces)


def test_what_the_kernel_takes_is_sent_at_once(pair: tuple[socket.socket, socket.socket]) -> None:
    reactor = Reactor()
    protocol = opened(pair[0], reactor)
    protocol.sendData(b"one")
    protocol.sendData(b"two")
    assert (read(pair[1]), reactor.writers) == (b"onetwo", [])


def test_what_it_does_not_take_waits_and_nothing_overtakes_it(pair: tuple[socket.socket, socket.socket]) -> None:
    reactor = Reactor()
    protocol = opened(pair[0], reactor)
    large = bytes(range(256)) * 16 * 1024  # 4 MiB
    protocol.sendData(large)
    came = read(pair[1])
    assert 0 < len(came) < len(large)
    protocol.sendData(b"behind")  # though the kernel would take it by now
    while reactor.writers:
        assert protocol.transport.doWrite() is None
        came += read(pair[1])
    protocol.sendData(b"last")
    assert came + read(pair[1]) == large + b"behindlast"


def test_a_connection_that_is_lost_is_left_to_twisted(pair: tuple[socket.socket, socket.socket]) -> None:
    """It learns of it with its next attempt, and tells the protocol in its own order."""
    reactor = Reactor()
    protocol = opened(pair[0], reactor)
    pair[1].close()
    protocol.sendData(b"nobody")
    assert reactor.writers == [protocol.transport]
    assert isinstance(protocol.transport.doWrite(), Exception)
