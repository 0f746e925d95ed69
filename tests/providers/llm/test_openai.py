"""Chat completions over OpenAI's protocol, against a server on this machine."""

import logging
import time
from typing import Any

import pytest

from providers.base import BadInputError, ProviderError
from providers.llm.base import Request
from providers.llm.factory import LanguageModelSettings, build
from providers.llm.openai import OpenAILanguageModel
from tests.providers.llm.server import DROPS, SILENCE, ChatServer, completion

REQUEST = Request(rules="Some rules", data="Ann Lee's words", name="profile", schema={"type": "object"})
SCHEMA = {"type": "json_schema", "json_schema": {"name": "profile", "schema": {"type": "object"}, "strict": True}}


def model(server: ChatServer, **options: Any) -> OpenAILanguageModel:
    return OpenAILanguageModel("key", "small", base_url=server.url, sleep=lambda _seconds: None, **options)


def test_an_object_is_asked_for_and_given(server: ChatServer) -> None:
    server.answers = [{"name": "Ann Lee"}]
    assert model(server).structured(REQUEST, 10) == {"name": "Ann Lee"}
    (asked,) = server.requests
    assert (asked["path"], asked["authorization"], asked["model"]) == ("/v1/chat/completions", "Bearer key", "small")
    assert asked["messages"] == [
        {"role": "system", "content": "Some rules"},
        {"role": "user", "content": "Ann Lee's words"},
    ]
    assert asked["response_format"] == SCHEMA


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_without_schemas_is_given_them_in_words_and_asked_so_from_then_on(
    server: ChatServer, status: int
) -> None:
    server.answers = [status, {"n": 1}]
    asking = model(server)
    assert [asking.structured(REQUEST, 10) for _ in range(2)] == [{"n": 1}] * 2
    assert [asked["response_format"]["type"] for asked in server.requests] == [
        "json_schema",
        "json_object",
        "json_object",
    ]
    assert '{"type": "object"}' in server.requests[1]["messages"][0]["content"]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_tried_once_more(server: ChatServer, status: int) -> None:
    server.answers = [status, {"n": 1}]
    assert model(server).structured(REQUEST, 10) == {"n": 1}
    server.answers = [status]
    with pytest.raises(ProviderError) as raised:
        model(server).structured(REQUEST, 10)
    assert raised.value.retryable
    assert len(server.requests) == 4


@pytest.mark.parametrize(("status", "tries"), [(400, 2), (401, 1), (404, 1)])
def test_what_stays_wrong_is_raised_without_the_servers_words(server: ChatServer, status: int, tries: int) -> None:
    server.answers = [status]
    with pytest.raises(ProviderError) as raised:
        model(server).structured(REQUEST, 10)
    assert not raised.value.retryable
    assert f"answered {status}" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert len(server.requests) == tries


@pytest.mark.parametrize(
    "answer",
    [
        "I cannot do that.",
        "[1]",
        "",
        "[" * 100_000,
        b"<html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        completion({"n": 1}, finish="length"),
        b"\xff\xfe" * 1000,
        b" " * 2_000_000,
    ],
    ids=range(11),
)
def test_garbage_is_an_error_that_quotes_nothing(server: ChatServer, answer: Any) -> None:
    server.answers = [answer]
    with pytest.raises(ProviderError) as raised:
        model(server).structured(REQUEST, 10)
    assert not raised.value.retryable
    assert len(server.requests) == 1
    assert "cannot do" not in str(raised.value)


@pytest.mark.parametrize("answer", [SILENCE, DROPS], ids=["silence", "drops"])
def test_a_slow_server_has_until_the_deadline(server: ChatServer, answer: Any) -> None:
    server.answers = [answer]
    began = time.monotonic()
    with pytest.raises(ProviderError, match="in time"):
        model(server).structured(REQUEST, 0.5)
    assert time.monotonic() - began < 3


def test_a_server_that_breaks_off(server: ChatServer) -> None:
    server.answers = [DROPS]
    asking = model(server, read_s=0.005)
    with pytest.raises(ProviderError) as raised:
        asking.structured(REQUEST, 10)
    assert raised.value.retryable


def test_a_server_that_is_not_there(closed_port: str) -> None:
    asking = OpenAILanguageModel("", "small", base_url=closed_port, sleep=lambda _seconds: None)
    with pytest.raises(ProviderError, match="cannot be reached"):
        asking.structured(REQUEST, 10)


def test_too_long_a_request_is_not_sent(server: ChatServer) -> None:
    with pytest.raises(BadInputError):
        model(server).structured(Request("rules", "a" * 100_000, "profile", {}), 10)
    assert server.requests == []


def test_nothing_that_is_said_is_logged(server: ChatServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers = [{"name": "Boris"}, "Boris?", 500]
    asking = model(server)
    asking.structured(REQUEST, 10)
    for _ in range(2):
        with pytest.raises(ProviderError):
            asking.structured(REQUEST, 10)
    assert not [word for word in ("Ann", "rules", "Boris", "Bearer") if word in caplog.text]
    assert "Ann" not in repr(REQUEST)


def test_without_a_key_or_a_server_there_is_no_model() -> None:
    assert build(LanguageModelSettings("gpt-4o")) is None
    assert build(LanguageModelSettings("offline", "key", "http://127.0.0.1:1")) is None
    made = build(LanguageModelSettings("gpt-4o", "key"))
    assert made is not None
    assert made.name == "gpt-4o"
    assert made is build(LanguageModelSettings("gpt-4o", "key"))
