"""A small server that speaks OpenAI's audio protocol."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class AudioServer:
    """`answers` holds a status for each request to come (200 when empty); `requests` what was asked."""

    url: str = ""
    text: str = "hello world"
    pcm: bytes = b""
    answers: list[int] = field(default_factory=list)
    requests: list[dict[str, object]] = field(default_factory=list)

    async def transcribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        fields: dict[str, object] = {name: value for name, value in form.items() if isinstance(value, str)}
        upload = form["file"]
        assert isinstance(upload, web.FileField)
        fields |= {"file": upload.file.read(), "file_name": upload.filename, "type": upload.content_type}
        self.requests.append({**fields, "authorization": request.headers["Authorization"]})
        return self._refusal() or web.json_response({"text": self.text})

    async def speak(self, request: web.Request) -> web.StreamResponse:
        self.requests.append({**await request.json(), "authorization": request.headers["Authorization"]})
        if refusal := self._refusal():
            return refusal
        response = web.StreamResponse()
        await response.prepare(request)
        for start in range(0, len(self.pcm), 999):  # pieces that end within a sample
            await response.write(self.pcm[start : start + 999])
        return response

    def _refusal(self) -> web.Response | None:
        status = self.answers.pop(0) if self.answers else 200
        # The client would wait half a second before it tries again; it may as well try at once.
        headers = {"retry-after-ms": "1"}
        return (
            None
            if status == 200
            else web.json_response({"error": {"message": "a secret"}}, status=status, headers=headers)
        )


@pytest.fixture
async def audio_server() -> AsyncIterator[AudioServer]:
    server = AudioServer()
    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", server.transcribe)
    app.router.add_post("/v1/audio/speech", server.speak)
    async with TestServer(app) as running:
        server.url = str(running.make_url("/v1"))
        yield server
