"""Vectors over OpenAI's protocol, against a server on this machine."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from providers.base import ProviderError
from providers.embeddings.openai import OpenAIEmbedder


class EmbeddingServer:
    """`answers`: a status or a body for each request to come; otherwise a vector of the text's length, in reverse."""

    def __init__(self) -> None:
        self.answers: list = []
        self.requests: list[dict] = []
        self.url = ""

    async def embed(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.requests.append({**asked, "authorization": request.headers["Authorization"]})
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, dict):
            return web.json_response(answer)
        if answer != 200:
            return web.json_response({"error": {"message": "a secret"}}, status=answer)
        rows = [{"object": "embedding", "index": n, "embedding": [len(t), 1.0]} for n, t in enumerate(asked["input"])]
        return web.json_response({"object": "list", "model": "m", "data": rows[::-1]})


@pytest.fixture
async def server():
    made = EmbeddingServer()
    app = web.Application()
    app.router.add_post("/v1/embeddings", made.embed)
    async with TestServer(app) as running:
        made.url = str(running.make_url("/v1"))
        yield made


def embedder(server: EmbeddingServer, **options) -> OpenAIEmbedder:
    made = OpenAIEmbedder("key", "small-3", base_url=server.url, **options)
    made._sleep = lambda _seconds: None  # what it would wait is tested with the base
    return made


async def test_texts_become_rows_in_their_order(server):
    made = embedder(server)
    rows = await asyncio.to_thread(made.embed, ["abc", "", "a" * 9_000])
    assert rows[0] == pytest.approx([3 / 10**0.5, 1 / 10**0.5])
    assert rows[1].tolist() == [0, 0]
    assert rows[2][0] == pytest.approx(1.0)
    assert (made.name, made.dimensions) == ("openai:small-3", 2)
    first, second = server.requests
    assert first["input"] == ["resume"]
    assert (second["model"], second["encoding_format"], second["authorization"]) == ("small-3", "float", "Bearer key")
    assert [len(text) for text in second["input"]] == [3, 6_000]


async def test_many_texts_go_in_batches_of_64(server):
    rows = await asyncio.to_thread(embedder(server).embed, ["text"] * 150)
    assert rows.shape == (150, 2)
    assert [len(request["input"]) for request in server.requests] == [1, 64, 64, 22]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_may_pass_is_tried_again(server, status):
    server.answers = [status, status]
    assert (await asyncio.to_thread(embedder(server).embed, ["abc"])).shape == (1, 2)
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("status", "retryable", "tries"), [(401, False, 1), (400, False, 1), (404, False, 1), (503, True, 3)]
)
async def test_what_stays_wrong_is_raised_without_the_servers_words(server, status, retryable, tries):
    server.answers = [status] * 3
    with pytest.raises(ProviderError) as raised:
        await asyncio.to_thread(embedder(server).embed, ["abc"])
    assert raised.value.retryable is retryable
    assert f"answered {status}" in str(raised.value)
    assert ("OPENAI_API_KEY" in str(raised.value)) is (status == 401)
    assert "secret" not in str(raised.value)
    assert len(server.requests) == tries


@pytest.mark.parametrize(
    "body",
    [
        {"data": []},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": ["a"]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
    ],
)
async def test_answers_that_are_no_vectors(server, body):
    server.answers = [body]
    with pytest.raises(ProviderError) as raised:
        await asyncio.to_thread(embedder(server).embed, ["abc"])
    assert not raised.value.retryable


async def test_another_size_than_before_is_refused(server):
    made = embedder(server)
    await asyncio.to_thread(made.embed, ["abc"])
    server.answers = [{"data": [{"index": 0, "embedding": [1.0, 2.0, 3.0]}]}]
    with pytest.raises(ProviderError, match="shape"):
        await asyncio.to_thread(made.embed, ["abc"])


def test_a_server_that_is_not_there(closed_port):
    made = OpenAIEmbedder("", "m", base_url=closed_port)
    made._sleep = lambda _seconds: None
    with pytest.raises(ProviderError, match="cannot be reached") as raised:
        made.embed(["abc"])
    assert raised.value.retryable
