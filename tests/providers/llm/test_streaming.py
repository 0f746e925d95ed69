"""Answers that are read while they are written: the limits of the base class, the scripted model, and a real stream."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from providers.base import BadInputError, ProviderError
from providers.llm.base import LanguageModel, Patience, Request, Resting, Usage
from providers.llm.openai import OpenAILanguageModel
from providers.llm.scripted import Reply, ScriptedLanguageModel, decision
from tests.interviews.live.virtual_time import VirtualLoop
from tests.providers.llm.server import DROPS, SILENCE, ChatServer, Streamed

pytestmark = pytest.mark.asyncio
REQUEST = Request(rules="Some rules", data="Ann Lee's words", name="next", schema={"type": "object"})
BUSY = Reply(error=ProviderError("The language model answered 429.", retryable=True))
QUICK = Patience(first_s=0.3, gap_s=0.3, whole_s=2)
CALM = Patience(first_s=20, gap_s=20, whole_s=20)  # a busy machine is no failure


def openai(server: ChatServer) -> OpenAILanguageModel:
    return OpenAILanguageModel("key", "small", base_url=server.url, rest_s=0)


async def read(model: LanguageModel, patience: Patience = CALM, request: Request = REQUEST) -> list[str | Usage]:
    return [piece async for piece in model.stream(request, patience)]


async def fails(model: LanguageModel, patience: Patience = CALM) -> ProviderError:
    with pytest.raises(ProviderError) as raised:
        await read(model, patience)
    return raised.value


class TestScripted:
    async def test_pieces_are_the_text(self) -> None:
        model = ScriptedLanguageModel([Reply("One two threefour  ", usage=Usage(1, 2))])
        pieces = await read(model)
        assert "".join(piece for piece in pieces if isinstance(piece, str)) == "One two threefour  "
        assert pieces[-1] == Usage(1, 2)
        assert len(pieces) > 3
        assert model.requests == [REQUEST]

    async def test_replies_in_order_the_last_over_and_over(self) -> None:
        model = ScriptedLanguageModel(["a", "b"])
        assert [await read(model) for _ in range(3)] == [["a"], ["b"], ["b"]]

    async def test_a_function_of_the_request(self) -> None:
        assert await read(ScriptedLanguageModel(lambda request: request.name)) == ["next"]

    async def test_delays_are_the_scripts_and_its_clocks(self) -> None:
        waited: list[float] = []

        async def wait(seconds: float) -> None:
            waited.append(seconds)

        await read(ScriptedLanguageModel([Reply("one two", first_ms=500, token_ms=50)], wait=wait))
        assert waited == [0.5, 0.05]

    async def test_an_error_comes_after_the_words(self) -> None:
        model = ScriptedLanguageModel([Reply("half", error=ProviderError("429", retryable=True))])
        stream = model.stream(REQUEST, QUICK)
        assert await anext(stream) == "half"
        with pytest.raises(ProviderError, match="429"):
            await anext(stream)

    async def test_who_stops_reading_is_noticed(self) -> None:
        model = ScriptedLanguageModel(["one two three"])
        stream = model.stream(REQUEST, QUICK)
        await anext(stream)
        await stream.aclose()
        assert model.cancelled == 1

    async def test_it_answers_whole_requests_too(self) -> None:
        model = ScriptedLanguageModel([decision("Why?"), Reply(error=ProviderError("no", retryable=False))])
        assert model.structured(REQUEST, 5) == {"next": "question", "words": "Why?"}
        with pytest.raises(ProviderError, match="no"):
            model.structured(REQUEST, 5)


def virtually(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it in a loop of its own, in which waiting takes no time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(work())


class TestLimits:
    @pytest.mark.parametrize("reply", [Reply("a b", first_ms=400), Reply("a b", token_ms=400)], ids=["first", "gap"])
    async def test_a_late_piece(self, reply: Reply) -> None:
        error = await fails(ScriptedLanguageModel([reply]), QUICK)
        assert error.retryable
        assert "in time" in str(error)

    async def test_the_whole_has_a_limit_too(self) -> None:
        error = await fails(ScriptedLanguageModel([Reply("a b c d e f", token_ms=50)]), Patience(1, 1, 0.15))
        assert "in time" in str(error)

    async def test_nothing(self) -> None:
        assert (await fails(ScriptedLanguageModel([""]))).retryable

    async def test_too_much(self) -> None:
        assert not (await fails(ScriptedLanguageModel(["word " * 2_000]))).retryable

    async def test_too_long_a_request_is_not_sent(self) -> None:
        model = ScriptedLanguageModel(["x"])
        with pytest.raises(BadInputError):
            await read(model, request=Request("rules", "a" * 100_000, "next", {}))
        assert model.requests == []

    async def test_three_failures_running_make_it_rest(self) -> None:
        await asyncio.to_thread(virtually, self._rests)

    async def _rests(self) -> None:
        model = ScriptedLanguageModel([BUSY, BUSY, "words", BUSY, BUSY, BUSY, BUSY, "words"], rest_s=30)
        await fails(model)
        await fails(model)
        assert await read(model) == ["word", "s"]
        for _ in range(3):
            await fails(model)
        assert isinstance(await fails(model), Resting)
        await asyncio.sleep(30.1)
        assert not isinstance(await fails(model), Resting)
        assert isinstance(await fails(model), Resting)
        await asyncio.sleep(30.1)
        assert await read(model) == ["word", "s"]

    async def test_a_failure_that_stays_costs_no_time_and_is_tried_again(self) -> None:
        wrong = Reply(error=ProviderError("401", retryable=False))
        model = ScriptedLanguageModel([wrong, "yes"])
        await fails(model)
        assert await read(model) == ["yes"]

    async def test_a_vendor_that_does_not_stream_answers_at_once(self) -> None:
        class Whole(ScriptedLanguageModel):
            _stream = LanguageModel._stream

        assert await read(Whole(["all of it"])) == ["all of it"]


class TestOpenAI:
    @pytest.mark.parametrize("usage", [(-1, 5), (10**20, 5), (None, 5)])
    async def test_a_strange_count_costs_no_answer(self, server: ChatServer, usage: Any) -> None:
        server.answers = [Streamed(('{"words": "Why?"}',), usage=usage)]
        assert await read(openai(server)) == ['{"words": "Why?"}']

    async def test_pieces_and_usage(self, server: ChatServer) -> None:
        server.answers = [Streamed(('{"words": ', '"Why?"}'), usage=(12, 5))]
        assert await read(openai(server)) == ['{"words": ', '"Why?"}', Usage(12, 5)]
        (asked,) = server.requests
        assert (asked["stream"], asked["stream_options"], asked["model"]) == (True, {"include_usage": True}, "small")
        assert asked["messages"][0] == {"role": "system", "content": "Some rules"}
        assert asked["messages"][1] == {"role": "user", "content": "Ann Lee's words"}
        assert asked["response_format"]["type"] == "json_schema"

    async def test_it_is_warm_without_a_word_to_the_server(self, server: ChatServer) -> None:
        server.answers = [Streamed(("{}",))]
        model = openai(server)
        await model.warm()
        assert server.requests == []
        assert await read(model) == ["{}"]

    @pytest.mark.parametrize("status", [400, 422])
    async def test_a_server_without_schemas_is_asked_again_in_words(self, server: ChatServer, status: int) -> None:
        server.answers = [status, Streamed(("{}",))]
        model = openai(server)
        assert [await read(model) for _ in range(2)] == [["{}"], ["{}"]]
        assert ["stream_options" in asked for asked in server.requests] == [True, False, False]
        assert '{"type": "object"}' in server.requests[1]["messages"][0]["content"]

    @pytest.mark.parametrize(("status", "retryable"), [(429, True), (500, True), (401, False), (404, False)])
    async def test_errors_come_at_once(self, server: ChatServer, status: int, retryable: bool) -> None:
        server.answers = [status]
        error = await fails(openai(server))
        assert error.retryable == retryable
        assert len(server.requests) == 1
        assert "secret" not in str(error)

    @pytest.mark.parametrize(
        "answer",
        [
            Streamed(("half an answer",), finish=None),
            Streamed(("cut",), finish="length"),
            Streamed(("refused",), finish="content_filter"),
            Streamed(()),
            b"<html>",
            b"data: {broken\n\n",
            b"data: [1]\n\n",
            b'data: {"choices": [{"delta": 5}]}\n\n',
            b'data: {"error": {"message": "Ann Lee"}}\n\n',
        ],
        ids=range(9),
    )
    async def test_what_is_no_whole_answer(self, server: ChatServer, answer: Any) -> None:
        server.answers = [answer]
        assert "Ann" not in str(await fails(openai(server)))

    @pytest.mark.parametrize(
        "answer", [SILENCE, DROPS, Streamed(("Wh",), stalls=True)], ids=["silent", "drops", "stalls"]
    )
    async def test_a_server_that_says_nothing_more(self, server: ChatServer, answer: Any) -> None:
        server.answers = [answer]
        assert "in time" in str(await fails(openai(server), QUICK))

    async def test_a_server_that_is_not_there(self, closed_port: str) -> None:
        error = await fails(OpenAILanguageModel("", "small", base_url=closed_port))
        assert "cannot be reached" in str(error)

    async def test_nothing_that_is_said_is_logged(self, server: ChatServer, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        server.answers = [Streamed(("Boris",)), 500]
        await read(openai(server))
        await fails(openai(server))
        assert not [word for word in ("Ann", "rules", "Boris", "Bearer") if word in caplog.text]
