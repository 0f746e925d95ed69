"""Asks an HTTP runner that may be broken: within a time, for so many bytes, and so that another thread can end it."""

import json
import socket
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import httpx2

from providers.sandbox.base import CLOSED

CONNECT_S = 5.0
OPENED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}
ALONE = httpx2.Limits(max_keepalive_connections=0)  # a connection a request: to end the one ends the other
PLAIN = {"Accept-Encoding": "identity"}  # what is packed may unpack to any size


class RunnerFailed(Exception):
    """The runner did not do as it was asked. The message is for an operator."""


class Exchange:
    """A request under way, and what becomes of it."""

    def __init__(self) -> None:
        self.answer: Future[bytes] = Future()
        self._socket: socket.socket | None = None
        self._over = False
        self._lock = threading.Lock()

    def on_event(self, event: str, info: Mapping[str, Any]) -> None:
        """What the client does, told by itself."""
        if event not in OPENED:
            return
        with self._lock:
            self._socket = info["return_value"].get_extra_info("socket")
            self._shut()

    def end(self) -> None:
        """From any thread. A socket that is closed leaves its reader waiting; one that is shut down wakes it."""
        with self._lock:
            self._over = True
            self._shut()

    def _shut(self) -> None:
        if self._over and self._socket is not None:
            with suppress(OSError):  # it is closed already
                self._socket.shutdown(socket.SHUT_RDWR)


class Asker:
    """Speaks to the runner at `url`, which has no path, as in http://runner:2000."""

    def __init__(self, url: str, transport: httpx2.BaseTransport | None = None) -> None:
        self.url = url
        self._client = httpx2.Client(base_url=f"{url}/api/v2", transport=transport, limits=ALONE, headers=PLAIN)
        self._under_way: set[Exchange] = set()
        self._closed = False
        self._lock = threading.Lock()

    def close(self) -> None:
        """Ends what is under way; nothing is asked from then on."""
        with self._lock:
            self._closed = True
            for one in self._under_way:
                one.end()

    def ask(self, method: str, path: str, body: Any = None, *, within_s: float, most: int) -> Any:
        """The JSON of the answer, which may have `most` bytes. Raises RunnerFailed, after `within_s` at the latest.

        What the runner says of a request that it refuses stays out of the message: it may quote the program.
        """
        data = self._waited_for(self._begun(method, path, body, within_s, most), within_s)
        try:
            return json.loads(data.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise RunnerFailed(f"The code runner at {self.url} does not answer in JSON.") from error

    def _begun(self, method: str, path: str, body: Any, within_s: float, most: int) -> Exchange:
        """In a thread that nobody has to wait for: a host's name that is looked up cannot be interrupted."""
        exchange = Exchange()
        with self._lock:
            if self._closed:
                raise RunnerFailed(CLOSED)
            self._under_way.add(exchange)
        request = self._client.build_request(
            method,
            path,
            content=None if body is None else json.dumps(body),  # in ASCII: half a surrogate pair has no UTF-8
            headers={} if body is None else {"Content-Type": "application/json"},
            timeout=httpx2.Timeout(within_s, connect=min(CONNECT_S, within_s)),
            extensions={"trace": exchange.on_event},
        )
        threading.Thread(target=self._carry_out, args=(exchange, request, most), daemon=True).start()
        return exchange

    def _waited_for(self, exchange: Exchange, within_s: float) -> bytes:
        try:
            return exchange.answer.result(within_s)
        except TimeoutError as error:
            raise RunnerFailed(f"The code runner at {self.url} does not answer within {within_s:.0f} s.") from error
        finally:
            exchange.end()
            with self._lock:
                self._under_way.discard(exchange)

    def _carry_out(self, exchange: Exchange, request: httpx2.Request, most: int) -> None:
        try:
            exchange.answer.set_result(self._fetched(request, most))
        except BaseException as error:  # noqa: BLE001  # raised again by who waits for the answer
            exchange.answer.set_exception(error)

    def _fetched(self, request: httpx2.Request, most: int) -> bytes:
        try:
            response = self._client.send(request, stream=True)
            try:
                return self._body(response, most)
            finally:
                response.close()
        except (httpx2.HTTPError, OSError, ValueError) as error:  # a header that is no text is a ValueError
            raise RunnerFailed(f"The code runner at {self.url} does not answer ({type(error).__name__}).") from error

    def _body(self, response: httpx2.Response, most: int) -> bytes:
        if response.status_code != httpx2.codes.OK:
            hint = " Raise the limits in its configuration." if response.status_code == httpx2.codes.BAD_REQUEST else ""
            raise RunnerFailed(f"The code runner at {self.url} answered {response.status_code}.{hint}")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise RunnerFailed(f"The code runner at {self.url} packs its answers.")
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > most:
                raise RunnerFailed(f"The code runner at {self.url} answers with more than {most} bytes.")
        return bytes(data)
