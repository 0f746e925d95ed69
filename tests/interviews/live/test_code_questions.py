"""From handing in to the end of the interview, over the socket: questions about the code, answered in writing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_django import Settings

from interviews.live import store
from interviews.models import Interview, Turn
from resumes.models import Resume
from tests.interviews.coding.follow_ups.submissions import DUNNO, FULL, PYTHON
from tests.interviews.live.world import Caller

pytestmark = pytest.mark.asyncio
TASK = "algo-rooms"
LANGUAGES = {
    "en": ("line 8", DUNNO),
    "zh-hans": ("第 8 行", "我不清楚。"),
    "ru": ("строк", "Не знаю."),
    "ko": ("8번째 줄", "잘 모르겠습니다."),
}


HandIn = Callable[..., Awaitable[Caller]]


@pytest.fixture
def hand_in(call: Callable[..., Caller], interview: Interview, resume: Resume, settings: Settings) -> HandIn:
    """After the plan, word for word, `await hand_in(source)` is a caller who handed in."""

    async def write(source: str, **fields: Any) -> Caller:
        await store.default().run(lambda: Interview.objects.filter(pk=interview.pk).update(code_task=TASK))
        caller = call()
        await caller.begin(interview, resume, input="text", **fields)
        task = (await caller.reach_code())["task"]
        settings.ADAPTIVE_QUESTIONS = True
        caller.send("code_submit", task_id=task["task_id"], language="python", source=source, run_id="r1")
        return caller

    return write


async def asked(caller: Caller, answer: str) -> list[str]:
    """The texts of all questions, each answered so."""
    texts = []
    while (message := await caller.next("interview_message"))["kind"] != "closing":
        if message["kind"] == "follow_up":
            texts.append(message["text"])
            caller.send("text_answer", text=answer)
    await caller.closed()
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_interviewer_asks_about_the_lines(hand_in: HandIn, language: str) -> None:
    caller = await hand_in(PYTHON, language=language)
    line, answer = LANGUAGES[language]
    texts = await asked(caller, answer)
    assert len(texts) == len(set(texts)) == 2
    assert line in texts[0]
    turns = await store.default().run(lambda: list(Turn.objects.filter(phase="code", kind="follow_up")))
    assert [turn.answer for turn in turns] == [answer, answer]
    assert [turn.question_key for turn in turns] == [f"{TASK}+nested_loop:8", f"{TASK}+vague_name:17"]


async def test_full_answers_are_asked_about_further(hand_in: HandIn) -> None:
    caller = await hand_in(PYTHON)
    assert len(await asked(caller, FULL)) in {3, 4}


async def test_nothing_is_asked_about_nothing(hand_in: HandIn) -> None:
    caller = await hand_in("  \n")
    assert await asked(caller, FULL) == []
