"""HTTP requests with a bounded body: Daphne alone stores whatever comes, and then reads all of it into memory."""

import json
from typing import Any

from daphne.http_protocol import WebRequest

MAX_BODY_BYTES = 64 * 1024 * 1024  # above every limit that an upload has of its own
PATIENCE = 4  # so many times the limit is read and thrown away, so that the client gets to read the answer
REFUSAL = {
    "success": False,
    "code": "too_large",
    "message": f"A request may hold at most {MAX_BODY_BYTES // 1024 // 1024} MiB.",
    "errors": {},
}


class BoundedRequest(WebRequest):  # type: ignore[misc]  # daphne has no types
    """Answers 413 instead of asking the application when the body is too long."""

    received = 0

    def gotLength(self, length: int | None) -> None:  # noqa: N802  # Twisted's name
        super().gotLength(0 if length is not None and length > MAX_BODY_BYTES else length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        self.received += len(data)
        if self.received <= MAX_BODY_BYTES:
            super().handleContentChunk(data)
        elif self.received > PATIENCE * MAX_BODY_BYTES:
            self.transport.abortConnection()

    def process(self) -> Any:
        if self.received <= MAX_BODY_BYTES:
            return super().process()
        headers = [(b"Content-Type", b"application/json"), (b"Connection", b"close")]
        self.handle_reply({"type": "http.response.start", "status": 413, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": json.dumps(REFUSAL).encode()})
        return None


def bound(factory: Any) -> None:
    """Make a Daphne `HTTPFactory` use `BoundedRequest`; its own `buildProtocol` names the class it uses."""
    build = factory.buildProtocol

    def build_bounded(address: Any) -> Any:
        protocol = build(address)
        protocol.requestFactory = BoundedRequest
        return protocol

    factory.buildProtocol = build_bounded
