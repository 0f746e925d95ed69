"""A server on this machine that speaks OpenAI's chat completions, and says what its script says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ChatServer:
    """`answers` for the requests to come, the last one over and over.

    A dict is the JSON that the model answers, a text its words as they are, a number an HTTP status, bytes the whole
    body; `SILENCE` says nothing, `DROPS` sends a byte now and then, both until the server ends.
    """

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass(frozen=True)
class Streamed:
    """An answer in pieces. `finish` None: it breaks off without an end; `stalls`: then the server says nothing more."""

    pieces: tuple[str, ...]
    finish: str | None = "stop"
    usage: tuple[int, int] | None = None
    stalls: bool = False


SILENCE, DROPS = object(), object()
DROP_S = 0.02


class Handler(BaseHTTPRequestHandler):
    chat: ChatServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.chat.requests.append({**asked, "path": self.path, "authorization": self.headers["Authorization"]})
        answer = self.chat.next()
        if answer is SILENCE:
            self.chat.ended.wait()
        elif answer is DROPS:
            self._drop()
        elif isinstance(answer, Streamed):
            self._stream(answer)
        elif isinstance(answer, int):
            self._send(answer, b'{"error": {"message": "a secret"}}')
        else:
            self._send(200, answer if isinstance(answer, bytes) else completion(answer))

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, answer: Streamed) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for event in events(answer):
            self.wfile.write(f"data: {event}\n\n".encode())
            self.wfile.flush()
        if answer.stalls:
            self.chat.ended.wait()

    def _drop(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.chat.ended.wait(DROP_S):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, *_arguments: Any) -> None:
        """Nothing on the terminal."""


def completion(answer: Any, finish: str = "stop") -> bytes:
    words = answer if isinstance(answer, str) else json.dumps(answer)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": finish}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


def events(answer: Streamed) -> Iterator[str]:
    for number, words in enumerate(answer.pieces, 1):
        whole = number == len(answer.pieces) and not answer.stalls
        yield chunk([{"index": 0, "delta": {"content": words}, "finish_reason": answer.finish if whole else None}])
    if answer.usage:
        yield chunk([], {"prompt_tokens": answer.usage[0], "completion_tokens": answer.usage[1], "total_tokens": 1})
    if answer.finish and not answer.stalls:
        yield "[DONE]"


def chunk(choices: list[dict[str, Any]], usage: dict[str, int] | None = None) -> str:
    return json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": choices, "usage": usage})


@contextmanager
def serving() -> Iterator[ChatServer]:
    chat = ChatServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"chat": chat}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    chat.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield chat
    finally:
        chat.ended.set()
        server.shutdown()
        server.server_close()
