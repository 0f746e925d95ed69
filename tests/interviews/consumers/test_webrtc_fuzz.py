"""Whatever a client sends: nothing raises, and the interview goes on unharmed."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.consumers import protocol
from interviews.live.registry import sessions
from interviews.models import Interview
from resumes.models import Resume
from tests.interviews.consumers.test_protocol import AUDIO, JPEG, b64, json_values
from tests.interviews.live.virtual_time import VirtualLoop
from tests.interviews.live.world import LOUD, Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

small = st.integers(-1, 3) | st.sampled_from([2**31, 2**63, 1.5]) | json_values
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "interview_id": small,
    "resume_id": small,
    "language": st.sampled_from(["ru", "xx", "python", ""]) | json_values,
    "audio": st.booleans() | json_values,
    "input": st.sampled_from(["voice", "text", "song"]),
    "last_seq": small,
    "audio_data": st.sampled_from([b64(AUDIO), b64(LOUD), b64(LOUD * 20), "", "?"]),
    "end": st.booleans(),
    "n": small,
    "frame_data": st.sampled_from([b64(JPEG), b64(b"x"), ""]),
    "text": st.sampled_from(["hello", "that's all", "", "\0"]) | st.text(),
    "action": st.sampled_from(["answer_done", "repeat_question", "skip_question", "need_time", "typing", "jump"]),
    "task_id": st.text(max_size=5) | json_values,
    "source": st.text(max_size=20),
    "run_id": small,
    "stdin": st.text(max_size=5),
    "base_seq": small,
    "events": st.lists(st.fixed_dictionaries({"t_ms": small, "changes": json_values}), max_size=2) | json_values,
    "name": st.sampled_from(["paste", "tab_hidden", "???"]) | st.text(max_size=5),
    "at_ms": small,
    "detail": json_values,
    "utterance_id": st.sampled_from(["u1", "u2", "u3"]) | json_values,
    "event": st.sampled_from(["started", "progress", "ended", "stopped"]),
    "ms": small,
    "t": json_values,
}
TYPES = sorted(protocol._TYPES - {"disconnect"})


@st.composite
def messages(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(TYPES))
    names = draw(st.sets(st.sampled_from(sorted(FIELDS)), max_size=3)) | fields_of(kind)
    fields = {name: draw(FIELDS[name]) for name in sorted(names)}
    return json.dumps({"type": kind, **fields})


def fields_of(kind: str) -> set[str]:
    struct = next(one for one in protocol.ClientMessage.__args__ if one.__struct_config__.tag == kind)
    return set(struct.__struct_fields__) & set(FIELDS)


garbage = st.text(max_size=50) | st.binary(max_size=50) | st.dictionaries(st.text(), json_values).map(json.dumps)


@pytest.mark.parametrize("voice", [False, True])
@given(script=st.lists(messages() | garbage, max_size=25))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_a_client_sends_harms_the_interview(
    call: Callable[..., Caller],
    interview: Interview,
    resume: Resume,
    caplog: pytest.LogCaptureFixture,
    script: list[str | bytes],
    voice: bool,
) -> None:
    async def play() -> None:
        caller = call(FakeEngines(["one", "two", "that's all"]))
        await caller.begin(interview, resume, audio=voice)
        caller.send("ping", t="begin")
        for message in script:
            caller.send_raw(message)
            await caller.settle()
        if caller.code is None:
            caller.send("ping", t="end")
            await caller.next("pong", t="end")
            await caller.hang_up()
        assert caller.code in (None, 4400)
        assert len(asyncio.all_tasks()) == 1
        assert len(sessions) == 0

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
