"""A server that hears the same words in everything."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pytest_django.fixtures import Settings


class Handler(BaseHTTPRequestHandler):
    """Speaks OpenAI's protocol of transcription."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"text": "what was said"}).encode())

    def log_message(self, *_arguments: object) -> None:
        """Not on the console."""


@pytest.fixture(scope="session")
def transcription_server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def recognition(settings: Settings, transcription_server: str) -> None:
    """Of "what was said", whatever it was."""
    settings.STT_PROVIDER = "openai"
    settings.OPENAI_BASE_URL = transcription_server
