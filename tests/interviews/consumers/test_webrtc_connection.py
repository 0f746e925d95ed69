"""Who gets in, what a connection may do, and how it ends."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from autobahn.exception import Disconnected
from django.test import Client
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from interviews.live import store
from interviews.live.registry import sessions
from interviews.models import Interview
from resumes.models import Resume, Status
from tests.interviews.consumers.test_protocol import AUDIO, JPEG, b64
from tests.interviews.live.fixtures import interview_of, resume_of
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]


async def test_a_connection_is_established(call: Call) -> None:
    caller = call()
    established = await caller.next("connection_established")
    assert established["text"] == "WebRTC connection established"
    assert len(established["session_id"]) == 16


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
async def test_a_stranger_is_told_and_closed(transactional_db: None, token: str) -> None:
    caller = Caller(FakeEngines(), token)
    assert await caller.closed() == 4401
    assert [message["code"] for message in caller.log] == ["unauthenticated"]


async def test_an_expired_token_is_no_token(owner: User) -> None:
    token = AccessToken.for_user(owner)
    token.set_exp(lifetime=-timedelta(minutes=2))
    assert await Caller(FakeEngines(), str(token)).closed() == 4401


async def test_a_token_of_before_the_clock_was_set_back_counts(owner: User) -> None:
    token = AccessToken.for_user(owner)
    token.set_iat(at_time=token.current_time + timedelta(seconds=30))
    caller = Caller(FakeEngines(), str(token))
    await caller.next("connection_established")
    await caller.hang_up()


async def test_an_open_socket_outlives_its_token(call: Call, interview: Interview, resume: Resume, owner: User) -> None:
    """A new password ends the old tokens as time does."""
    old = str(AccessToken.for_user(owner))
    caller = Caller(FakeEngines(), old)
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    owner.set_password("another battery staple")
    await store.default().run(owner.save)
    caller.send("text_answer", text="I am Alice. That's all.")
    await caller.next("interview_message", kind="question")
    await caller.hang_up()
    assert await Caller(FakeEngines(), old).closed() == 4401
    assert (await call().begin(interview, resume))["resumed"] is True


@pytest.mark.parametrize(
    ("origin", "welcome"), [("http://testserver", True), ("", True), ("https://evil.example", False)]
)
async def test_a_session_cookie_counts_from_our_own_pages(owner_client: Client, origin: str, welcome: bool) -> None:
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in owner_client.cookies.items())
    headers = [(b"cookie", cookie.encode()), *([(b"origin", origin.encode())] if origin else [])]
    caller = Caller(FakeEngines(), headers=headers)
    if welcome:
        await caller.next("connection_established")
    else:
        assert await caller.closed() == 4401


async def test_the_browser_language_is_read_where_the_user_has_none(owner: User) -> None:
    caller = Caller(FakeEngines(), "nonsense", headers=[(b"accept-language", b"fr, ru;q=0.8")])
    await caller.closed()
    assert caller.log[0]["code"] == "unauthenticated"


@pytest.mark.parametrize("t", [1, 1.5, "x", None])
async def test_a_ping_is_answered_with_its_own_t(call: Call, t: object) -> None:
    caller = call()
    caller.send("ping", t=t)
    assert (await caller.next("pong"))["t"] == t


async def test_disconnect_closes_and_the_interview_can_be_resumed(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume)
    caller.send("disconnect")
    assert await caller.closed() == 1000
    assert (await call().begin(interview, resume))["resumed"] is True


async def test_twenty_errors_in_a_row_close(call: Call) -> None:
    caller = call()
    for _ in range(19):
        caller.send_raw("nonsense")
    caller.send("ping")
    for _ in range(20):
        caller.send_raw("nonsense")
    assert await caller.closed() == 4400
    codes = [message["code"] for message in caller.of("error")]
    assert codes == ["bad_json"] * 39 + ["too_many_errors"]


async def test_an_error_names_what_is_wrong(call: Call) -> None:
    caller = call()
    caller.send("text_answer")
    error = await caller.next("error")
    text = "A field of the message is missing or has a wrong value."
    assert error == {"type": "error", "text": text, "code": "invalid", "retryable": False, "field": "text"}


async def test_media_before_the_stream_get_one_error_and_are_not_counted(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    for _ in range(30):
        caller.send("audio_frame", audio_data=b64(AUDIO))
        caller.send("video_frame", frame_data=b64(JPEG))
        caller.send("audio_frame", audio_data="?")
    await caller.begin(interview, resume)
    assert [error["code"] for error in caller.of("error")] == ["no_stream"]


async def test_an_answer_that_is_full_is_refused_until_it_is_done(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    for _ in range(4):
        caller.send("text_answer", text="a" * 10_000)
    refused = await caller.next("error")
    assert (refused["code"], refused["field"], refused["retryable"]) == ("answer_full", "text", False)
    caller.send("control", action="answer_done")
    await caller.next("interview_message", kind="question")
    await caller.hang_up()


@pytest.mark.parametrize("kind", ["text_answer", "control", "code_run", "editor_events", "client_event", "playback"])
async def test_the_rest_needs_a_stream_too(call: Call, kind: str) -> None:
    fields = {
        "text_answer": {"text": "x"},
        "control": {"action": "answer_done"},
        "code_run": {"task_id": "t", "language": "python", "source": ""},
        "editor_events": {"task_id": "t", "base_seq": 0, "events": []},
        "client_event": {"name": "paste"},
        "playback": {"utterance_id": "u", "event": "ended"},
    }
    caller = call()
    caller.send(kind, **fields[kind])
    assert (await caller.next("error"))["code"] == "no_stream"


async def test_audio_that_is_too_fast_for_ten_seconds_is_cut(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume)
    for _ in range(12):
        for _ in range(9):
            caller.send("audio_frame", audio_data=b64(bytes(32_000)))
        await asyncio.sleep(1)
    assert await caller.closed() == 4429
    assert caller.log[-1]["code"] == "too_fast"


async def test_a_second_stream_on_one_connection_is_refused(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume)
    caller.send("create_stream", interview_id=interview.pk, resume_id=resume.pk)
    assert (await caller.next("error"))["code"] == "stream_exists"
    caller.send("text_answer", text="That's all.")
    await caller.next("interview_message", phase="question")


@pytest.fixture
def others(colleague: User, owner: User) -> dict[str, int]:
    return {
        "their_interview": interview_of(colleague).pk,
        "their_resume": resume_of(colleague).pk,
        "unread_resume": resume_of(owner, Status.PARSING).pk,
    }


@pytest.mark.parametrize(
    ("ids", "code", "field"),
    [
        ({"interview_id": "their_interview"}, "interview_not_found", "interview_id"),
        ({"interview_id": 999_999}, "interview_not_found", "interview_id"),
        ({"interview_id": "9" * 60}, "interview_not_found", "interview_id"),
        ({"interview_id": "x"}, "interview_not_found", "interview_id"),
        ({"resume_id": "their_resume"}, "resume_not_found", "resume_id"),
        ({"resume_id": 999_999}, "resume_not_found", "resume_id"),
        ({"resume_id": None}, "resume_not_found", "resume_id"),
        ({"resume_id": "unread_resume"}, "resume_not_ready", "resume_id"),
    ],
)
async def test_only_ones_own_and_ready_things_open(
    call: Call,
    interview: Interview,
    resume: Resume,
    others: dict[str, int],
    ids: dict[str, object],
    code: str,
    field: str,
) -> None:
    named = {name: others.get(str(value), value) for name, value in ids.items()}
    caller = call()
    caller.send("create_stream", **{"interview_id": interview.pk, "resume_id": resume.pk, **named})
    error = await caller.next("error")
    assert (error["code"], error["field"]) == (code, field)
    await caller.begin(interview, resume)


async def test_another_resume_in_a_running_interview_is_refused(
    call: Call, interview: Interview, resume: Resume, owner: User
) -> None:
    from interviews.live import store

    caller = call()
    await caller.begin(interview, resume)
    await caller.hang_up()
    another = await store.default().run(resume_of, owner)
    again = call()
    again.send("create_stream", interview_id=interview.pk, resume_id=another.pk)
    assert (await again.next("error"))["code"] == "resume_mismatch"


async def test_without_an_interview_the_newest_open_one_is_meant(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    caller.send("create_stream", resume_id=resume.pk)
    assert (await caller.next("stream_created"))["interview_id"] == str(interview.pk)


async def test_a_language_may_be_chosen_until_the_interview_begins(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    assert (await caller.begin(interview, resume, language="ru-RU"))["state"]["language"] == "ru"
    await caller.hang_up()
    again = call()
    assert (await again.begin(interview, resume, language="en"))["state"]["language"] == "ru"


async def test_binary_frames_are_read_as_text(call: Call) -> None:
    caller = call()
    caller.send_raw(json.dumps({"type": "ping", "t": 1}).encode())
    assert (await caller.next("pong"))["t"] == 1


@pytest.mark.parametrize("frame", [bytes(1_280), bytes(32_000)], ids=["40 ms", "1 s"])
async def test_a_flood_lets_the_others_have_their_turns(
    call: Call, interview: Interview, resume: Resume, frame: bytes
) -> None:
    caller = call()
    await caller.begin(interview, resume)
    await caller.prompt()
    for _ in range(120):
        caller.audio(frame)
    caller.send("ping", t="behind them")
    turns = 0
    while not caller.of("pong"):
        await asyncio.sleep(0)
        turns += 1
    assert turns >= 120 / 8


class Vanishing(Caller):
    """Its network is gone; the server finds out by sending."""

    async def _receive(self, message: dict[str, object]) -> None:
        if not self.reading.is_set():
            raise Disconnected("Attempt to send on a closed protocol")
        await super()._receive(message)


async def test_sending_to_a_client_that_has_gone_is_no_fault(
    owner: User, interview: Interview, resume: Resume, caplog: pytest.LogCaptureFixture
) -> None:
    caller = Vanishing(FakeEngines(), str(AccessToken.for_user(owner)))
    await caller.begin(interview, resume)
    await caller.prompt()
    caller.reading.clear()
    caller.send("ping", t=1)
    caller.send("text_answer", text="That's all.")
    caller.send_raw("{")
    await asyncio.sleep(1)
    await caller.hang_up()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert len(sessions) == 0
