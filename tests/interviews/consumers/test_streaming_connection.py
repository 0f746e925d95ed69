"""Who gets in at the streaming protocol, what a connection may do, and how it ends."""

import asyncio
import base64
import gc
import json
import logging

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from interviews.live.registry import sessions
from interviews.models import Interview
from providers.stt.scripted import Line
from providers.webm.base import HEADER
from providers.webm.scripted import GARBAGE
from tests.interviews.consumers.streaming_world import GREETING, Dial, Recorder, listen, recorder_of
from tests.interviews.consumers.test_protocol import json_values
from tests.interviews.live.fixtures import interview_of, resume_of
from tests.interviews.live.virtual_time import VirtualLoop
from tests.interviews.live.world import LOUD, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def others(colleague: User, owner: User) -> dict[str, int]:
    return {"theirs": interview_of(colleague, resume=resume_of(colleague)).pk, "without": interview_of(owner).pk}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ({"interview_id": "theirs"}, "interview_not_found"),
        ({"interview_id": 999_999}, "interview_not_found"),
        ({"interview_id": "x"}, "interview_not_found"),
        ({"interview_id": "9" * 60}, "interview_not_found"),
        ({"interview_id": "without"}, "resume_not_found"),
        ({"resume_id": 999_999}, "resume_not_found"),
    ],
)
async def test_only_ones_own_interview_opens(
    dial: Dial, others: dict[str, int], address: dict[str, object], code: str
) -> None:
    recorder = dial(**{name: others.get(str(value), value) for name, value in address.items()})
    assert await recorder.closed() == 4404
    assert [(one["type"], one["code"]) for one in recorder.log] == [("error", code)]


async def test_without_an_id_the_newest_open_interview_is_meant(dial: Dial) -> None:
    assert (await dial(interview_id="").line()).startswith(GREETING)


@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_a_stranger_is_told_and_closed(transactional_db: None, token: str) -> None:
    recorder = recorder_of(token)
    assert await recorder.closed() == 4401
    assert [one["code"] for one in recorder.log] == ["unauthenticated"]


async def test_a_newer_connection_takes_the_interview_over(dial: Dial) -> None:
    first = dial()
    await first.line()
    second = dial()
    await second.line()
    assert await first.closed() == 4409
    assert first.log[-1]["code"] == "superseded"


async def test_twenty_errors_in_a_row_close(dial: Dial) -> None:
    recorder = dial()
    for _ in range(20):
        recorder.send_raw("nonsense")
    assert await recorder.closed() == 4400


async def test_twenty_recordings_without_a_sound_close(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    for _ in range(25):
        recorder.chunk(HEADER)
    assert await recorder.closed() == 4400
    assert [one["code"] for one in recorder.of("error")] == ["too_many_errors"]
    assert recorder.decoders.opened == recorder.decoders.closed == 19


async def test_recordings_with_sound_may_be_many(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    for _ in range(25):
        recorder.chunk(HEADER + LOUD)
    await recorder.settle()
    assert recorder.code is None
    assert recorder.decoders.opened == 25


async def test_sound_that_is_too_fast_for_ten_seconds_is_cut(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    for _ in range(12):
        await recorder.stream(9_000)
        await asyncio.sleep(1)
    assert await recorder.closed() == 4429


async def test_a_client_that_leaves_leaves_nothing_behind(dial: Dial) -> None:
    recorder = dial(FakeEngines(["That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    await recorder.stream(2_000, loud=True)
    await recorder.hang_up()
    assert recorder.decoders.opened == recorder.decoders.closed == 1
    assert len(asyncio.all_tasks()) == 1


async def test_a_ping_is_answered(dial: Dial) -> None:
    recorder = dial()
    recorder.send("ping", t="x")
    assert (await recorder.next("pong"))["t"] == "x"


@pytest.mark.parametrize(("origin", "welcome"), [("http://testserver", True), ("https://evil.example", False)])
async def test_a_session_cookie_counts_from_our_own_pages(
    dial: Dial, owner_client: Client, interview: Interview, origin: str, welcome: bool
) -> None:
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in owner_client.cookies.items())
    headers = [(b"cookie", cookie.encode()), (b"origin", origin.encode())]
    recorder = Recorder(FakeEngines(), address={"interview_id": interview.pk}, headers=headers)
    if welcome:
        assert (await recorder.line()).startswith(GREETING)
    else:
        assert await recorder.closed() == 4401


async def test_a_recogniser_that_lags_slows_the_sender(dial: Dial) -> None:
    recorder = dial(FakeEngines([Line("never", backlog_ms=3_001), "That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    for _ in range(20):
        await recorder.stream(1_000, loud=True)
    assert recorder.unread > 0  # the server reads no further, and nothing is dropped
    await asyncio.sleep(60)
    assert recorder.unread == 0
    assert "recognition_failed" in [one["code"] for one in recorder.of("error")]


async def test_a_flood_lets_the_others_have_their_turns(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    recorder.chunk(bytes(640_000), format="pcm16")
    recorder.send("ping", t="behind it")
    turns = 0
    while not recorder.of("pong"):
        await asyncio.sleep(0)
        turns += 1
    assert turns >= 15


sounds = st.sampled_from([HEADER, HEADER[:1], HEADER + LOUD, LOUD, LOUD * 20, GARBAGE, b"", b"odd"]).map(
    lambda sound: base64.b64encode(sound).decode()
)
messages = st.fixed_dictionaries(
    {"type": st.just("audio_chunk"), "data": sounds}, optional={"format": st.sampled_from(["pcm16", "webm", "x", ""])}
).map(json.dumps)
garbage = st.text(max_size=50) | st.binary(max_size=50) | st.dictionaries(st.text(), json_values).map(json.dumps)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Without what tests before this one left to be collected."""
    gc.collect()
    caplog.clear()
    return caplog


@given(script=st.lists(messages | garbage, max_size=25))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_a_client_sends_harms_the_interview(
    dial: Dial, log: pytest.LogCaptureFixture, script: list[str | bytes]
) -> None:
    async def play() -> None:
        recorder = dial(FakeEngines(["one", "two", "that's all"]))
        for message in script:
            recorder.send_raw(message)
            await recorder.settle()
        if recorder.code is None:
            recorder.send("ping", t="end")
            await recorder.next("pong")
            await recorder.hang_up()
        assert recorder.code in (None, 4400)
        assert recorder.decoders.opened == recorder.decoders.closed
        assert len(asyncio.all_tasks()) == 1
        assert len(sessions) == 0

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
    assert [record for record in log.records if record.levelno >= logging.ERROR] == []
