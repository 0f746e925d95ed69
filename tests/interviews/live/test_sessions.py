"""Sessions among others: mail from other processes, shutdown, proctoring, and a log without words."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.db import OperationalError
from redis.exceptions import RedisError

from interviews.domain import lifecycle, outbox
from interviews.live import records, store
from interviews.live.mailbox import Mailbox
from interviews.live.registry import sessions
from interviews.live.session import CHECKPOINT_S
from interviews.live.store import Store
from interviews.models import Interview, Utterance
from proctoring.domain.subscriptions import subscriptions
from proctoring.domain.timeline import Signal
from providers.stt.scripted import Line
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
Reload = Callable[[Interview], Awaitable[Interview]]


async def test_a_recruiters_stop_reaches_the_candidate_within_a_second(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    mail = asyncio.create_task(Mailbox(sessions, store.default()).run())
    caller = call()
    await caller.begin(interview, resume, audio=True)
    await caller.introduce()

    def stop() -> None:
        lifecycle.move(Interview.objects.get(pk=interview.pk), "stopped", "by a recruiter")
        outbox.send(interview.pk, "stop")

    await store.default().run(stop)
    complete = await caller.next("interview_complete", within_s=1)
    assert complete["outcome"] == "stopped"
    assert complete["summary"] == "The interview was stopped by the company."
    assert await caller.closed() == 1000
    assert (await reload(interview)).phase == "stopped"
    mail.cancel()


async def test_with_redis_the_mail_comes_by_the_channel_layer(
    call: Call, interview: Interview, resume: Resume, settings: Any
) -> None:
    settings.REDIS_URL = "redis://unused"  # the layer of the tests is another one
    layer = get_channel_layer()
    mail = asyncio.create_task(Mailbox(sessions, store.default()).run())
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    message = {"type": "outbox.message", "interview_id": interview.pk, "kind": "stop", "payload": {}}
    await layer.group_send(outbox.group(interview.pk), message)
    assert (await caller.next("interview_complete", within_s=1))["outcome"] == "stopped"
    assert await caller.closed() == 1000
    mail.cancel()
    sessions.on_enter = sessions.on_leave = None


async def test_an_interview_begins_while_redis_is_down(
    call: Call, interview: Interview, resume: Resume, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"
    hosts = {"hosts": [settings.REDIS_URL]}
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": hosts}}
    with pytest.raises(RedisError):
        await Mailbox(sessions, store.default()).run()
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    sessions.on_enter = sessions.on_leave = None


async def test_a_stop_that_nobody_could_deliver_is_read_at_the_next_checkpoint(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()

    def stop() -> None:
        lifecycle.move(Interview.objects.get(pk=interview.pk), "stopped", "by a recruiter")

    await store.default().run(stop)
    complete = await caller.next("interview_complete", within_s=CHECKPOINT_S + 1)
    assert complete["outcome"] == "stopped"
    assert await caller.closed() == 1000
    row = await reload(interview)
    assert (row.status, row.phase) == ("stopped", "stopped")


async def test_mail_for_others_and_of_other_kinds_is_left_alone(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume)
    mailbox = Mailbox(sessions, store.default())
    mailbox.deliver(interview.pk + 1, "stop")
    mailbox.deliver(interview.pk, "report_ready")
    await caller.introduce()


async def test_at_shutdown_every_interview_is_kept_and_every_client_told(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    caller = call()
    await caller.begin(interview, resume)
    await caller.prompt()
    await asyncio.sleep(3)
    await sessions.close_all()
    assert await caller.closed() == 4012
    row = await reload(interview)
    assert row.status == "active"
    assert row.seconds_left in (45 * 60 - 3, 45 * 60 - 4)


async def test_a_signal_is_numbered_stored_and_told(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    prompt = await caller.prompt()
    subscriptions.deliver(Signal(interview.pk, "multiple_faces", "More than one person is in view.", 17, 4_000))
    detected = await caller.next("cheat_detected")
    assert detected == {
        "type": "cheat_detected",
        "text": "More than one person is in view.",
        "signal": "multiple_faces",
        "event_id": 17,
        "seq": prompt["seq"] + 1,
    }
    await caller.hang_up()
    assert subscriptions.has(interview.pk) is False
    again = call()
    await again.begin(interview, resume, last_seq=prompt["seq"])
    assert await again.next("cheat_detected") == detected


async def test_a_signal_that_another_process_found_is_told(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    prompt = await caller.prompt()
    payload = {"text": "Several lines.", "signal": "large_paste", "event_id": 17, "at_ms": 4_000}
    mailbox = Mailbox(sessions, store.default())
    mailbox.deliver(interview.pk + 1, "signal", {**payload, "event_id": 18})
    mailbox.deliver(interview.pk, "signal", payload)
    detected = await caller.next("cheat_detected")
    assert (detected["signal"], detected["event_id"], detected["seq"]) == ("large_paste", 17, prompt["seq"] + 1)


async def test_a_page_event_that_makes_no_sense_is_refused(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume)
    caller.send("client_event", name="telepathy", at_ms=5)
    assert (await caller.next("error"))["field"] == "name"
    caller.send("client_event", name="paste", at_ms=5, detail=[1])
    assert (await caller.next("error"))["field"] == "detail"


SECRETS = ["Alice Liddell", "I was fired", "def secret_solution", "alice@example.com"]


async def test_no_word_of_a_candidate_enters_the_log(
    call: Call, interview: Interview, resume: Resume, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caller = call(FakeEngines(["Alice Liddell", Line("I was fired")]))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.prompt()
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"])
    await caller.speak()
    caller.send("text_answer", text="I was fired. That's all.")
    await caller.next("interview_message", kind="question")
    caller.send("text_answer", text=["I was fired"])
    caller.send_raw('{"type": "text_answer", "text": "I was fired')
    await asyncio.sleep(1)
    await caller.hang_up()
    record = "\n".join(record.getMessage() for record in caplog.records)
    assert [secret for secret in SECRETS if secret in record] == []
    assert "token" not in record


class FullDisk(Store):
    """Steps cannot be stored once it is `full`; the error quotes what was about to be."""

    full = False

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        if self.full and function is records.commit_step:
            raise OperationalError(f"disk full while writing {args}")
        return await super().run(function, *args, **kwargs)


async def test_a_fault_of_ours_sends_the_client_away_to_come_back(
    call: Call, interview: Interview, resume: Resume, caplog: pytest.LogCaptureFixture
) -> None:
    door = FullDisk(1)
    caller = call(door=door)
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    door.full = True
    caller.send("text_answer", text="I was fired")
    assert await caller.closed() == 4012
    assert caller.log[-1]["code"] == "internal"
    faults = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(faults) == 1
    assert "OperationalError" in faults[0]
    assert "fired" not in faults[0]
    assert (await call().begin(interview, resume))["resumed"] is True
    await store.default().run(door.close)


class Counting(Store):
    """What was written, by the name of its function and the loop's time."""

    def __init__(self) -> None:
        super().__init__(1)
        self.writes: list[tuple[str, float]] = []

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        if function in (records.commit_step, records.checkpoint):
            self.writes.append((function.__name__, asyncio.get_running_loop().time()))
        return await super().run(function, *args, **kwargs)


async def test_a_checkpoint_comes_five_seconds_after_whatever_was_stored_last(
    call: Call, interview: Interview, resume: Resume
) -> None:
    door = Counting()
    caller = call(door=door)
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await asyncio.sleep(2 * CHECKPOINT_S)
    caller.send("text_answer", text="I build services.")
    caller.send("control", action="answer_done")
    await caller.next("interview_message", kind="question")
    door.writes = door.writes[-1:]
    await asyncio.sleep(2.5 * CHECKPOINT_S)
    assert [name for name, _ in door.writes] == ["commit_step", "checkpoint", "checkpoint"]
    after = [later - earlier for (_, earlier), (_, later) in pairwise(door.writes)]
    assert after == pytest.approx([CHECKPOINT_S, CHECKPOINT_S], abs=0.1)
    caller.send("disconnect")
    await caller.closed()
    await store.default().run(door.close)


class LostAnswer(Store):
    """Once `lost`, the database goes away between a commit and its answer, and the step is tried again."""

    lost = False

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        if self.lost and function is records.commit_step:
            self.lost = False
            await super().run(function, *args, **kwargs)
        return await super().run(function, *args, **kwargs)


async def test_a_step_whose_storing_was_never_confirmed_is_taken_once_and_nobody_elses(
    call: Call, interview: Interview, resume: Resume
) -> None:
    door = LostAnswer(1)
    caller = call(door=door)
    await caller.begin(interview, resume, input="text")
    question = await caller.introduce()
    door.lost = True
    caller.send("text_answer", text="A queue.")
    assert await caller.closed() == 4012
    again = call()
    await again.begin(interview, resume, input="text", last_seq=question["seq"])
    await again.next("interview_message", kind="question", question_number=2)
    texts = await store.default().run(lambda: list(Utterance.objects.values_list("text", flat=True)))
    assert texts == ["I am Alice. That's all.", "A queue."]
    await store.default().run(door.close)
