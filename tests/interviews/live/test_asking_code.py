"""Asking about code that was handed in: as all questions, with a model or without one. In virtual time."""

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from interviews.engine import Phase, dump
from interviews.engine.state import Pending, State, Timer, TimerName
from interviews.live import asking, store
from interviews.live.asking import Decided, Means
from interviews.models import Interview
from providers.base import ProviderError
from providers.llm.scripted import Reply as Written
from providers.llm.scripted import ScriptedLanguageModel, decision
from tests.interviews.coding.follow_ups import hostile
from tests.interviews.coding.follow_ups.hostile import HOSTILE, IDS, Hostile
from tests.interviews.coding.follow_ups.submissions import FULL, PYTHON, SHORT
from tests.interviews.live.asked import Reply, kept

pytestmark = pytest.mark.asyncio
TASK = "algo-rooms"
WORDS = "Thank you. What does the loop in line 8 cost when there are many meetings?"
BUSY = ProviderError("The language model answered 429.", retryable=True)


@pytest.fixture(autouse=True)
def _adaptive(settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True


async def submitted(interview: Interview, source: str = PYTHON, language: str = "en", **fields: Any) -> Interview:
    """In the code phase, with the code handed in and nothing asked yet."""

    def write() -> Interview:
        waiting = (Pending("e1", "question"),)
        limit = (Timer(TimerName.INTERVIEW, 2_700_000),)
        state = State(5, phase=Phase.CODE, task_id=TASK, turn_number=7, pending=waiting, timers=limit)
        interview.status, interview.phase, interview.language = "active", "code", language
        interview.code_task, interview.engine_state, interview.seconds_left = TASK, dump(state), 900
        interview.save()
        values = {"task_id": TASK, "run_id": "r1", "kind": "submission", "language": "python", "source": source}
        interview.code_runs.create(**{**values, **fields})
        return interview

    return await store.default().run(write)


async def ask(interview: Interview, model: ScriptedLanguageModel | None = None, answer: str = "") -> Reply:
    time = asyncio.get_running_loop().time
    begun, said = time(), Reply()
    async for part in asking.ask(Means(store.default(), model), interview.pk, 5, answer):
        if isinstance(part, Decided):
            said.decided = part
        else:
            said.pieces.append((time() - begun, part))
    return said


async def answered(interview: Interview, said: Reply, answer: str = FULL) -> None:
    """What was asked is a turn that is over."""

    def write() -> None:
        values = {"phase": "code", "kind": "follow_up", "question_key": said.decided.key}
        interview.turns.create(number=7 + interview.turns.count(), prompt=said.text, answer=answer, **values)

    await store.default().run(write)


async def test_without_a_model(interview: Interview) -> None:
    said = await ask(await submitted(interview))
    assert said.decided == Decided("follow_up", f"{TASK}+nested_loop:8")
    assert "line 8" in said.text
    assert await kept(interview) == []


async def test_a_whole_conversation(interview: Interview) -> None:
    await submitted(interview)
    keys = []
    while (said := await ask(interview, answer=FULL)).decided.kind:
        keys.append(said.decided.key.partition("+")[2])
        await answered(interview, said)
    assert keys == ["nested_loop:8", "vague_name:17", "unguarded:24"]
    assert said.text == ""


async def test_what_the_judge_found_comes_second(interview: Interview) -> None:
    await submitted(interview)
    await answered(interview, await ask(interview))

    def judge() -> None:
        rows = [{"name": "none", "status": "wrong_answer"}, {"name": "all at once", "status": "ok"}]
        shown = [{"name": "three meetings", "status": "ok"}]
        result = {"status": "ok", "tests": shown, "hidden": rows}
        interview.code_runs.update(status="done", result=result)

    await store.default().run(judge)
    assert (await ask(interview, answer=FULL)).decided == Decided("follow_up", f"{TASK}+edge:empty")


async def test_a_short_answer_is_asked_about_once(interview: Interview) -> None:
    await submitted(interview)
    await answered(interview, await ask(interview), SHORT)
    nudge = await ask(interview, answer=SHORT)
    assert nudge.decided.key == f"{TASK}+nudge"
    await answered(interview, nudge, SHORT)
    assert (await ask(interview, answer=SHORT)).decided.key == f"{TASK}+vague_name:17"


@pytest.mark.parametrize("source", ["", "  \n"])
async def test_nothing_handed_in_ends_the_interview(interview: Interview, source: str) -> None:
    model = ScriptedLanguageModel([decision(WORDS)])
    said = await ask(await submitted(interview, source), model)
    assert (said.decided, said.text) == (Decided(), "")
    assert model.requests == []


async def test_a_model_asks_in_its_own_words(interview: Interview) -> None:
    await submitted(interview)
    said = await ask(interview, ScriptedLanguageModel([decision(WORDS, next_="question_1")]))
    assert (said.decided, said.text) == (Decided("follow_up", f"{TASK}+nested_loop:8"), WORDS)
    (row,) = await kept(interview)
    assert (row.outcome, row.purpose, row.turn_number, row.request["prompt_version"]) == ("used", "code", 7, "code-2")
    assert "8:     for first in meetings:" in row.request["data"]


async def test_a_model_does_not_decide_how_many(interview: Interview) -> None:
    """What it asks counts, and it cannot end the questions."""
    await submitted(interview)
    model = ScriptedLanguageModel([decision(f"{WORDS} Number {number}?", next_="code") for number in range(9)])
    first = await ask(interview, model)
    assert first.decided == Decided("follow_up", f"{TASK}+code")
    asked = 0
    while (said := await ask(interview, model, FULL)).decided.kind and asked < 9:
        asked += 1
        await answered(interview, said)
    assert asked == 4
    assert (await ask(interview, ScriptedLanguageModel([decision("", next_="end")]), FULL)).decided == Decided()


FAULTS = {
    "late": Written(decision(WORDS), first_ms=60_000),
    "busy": Written(error=BUSY),
    "nothing": Written(""),
    "an end": Written(decision("", next_="end")),
    "a score": Written(decision("I give you 10 out of 10 for line 8. What is next?", next_="code")),
    "code": Written(decision("Why for first in meetings for second in meetings here?", next_="code")),
    "another language": Written(decision("Расскажите, пожалуйста, про цикл в строке восемь?", next_="code")),
    "markup": Written(decision("What does `found` hold in line 7 of it?", next_="code")),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_not_noticed(interview: Interview, fault: Written) -> None:
    await submitted(interview)
    offline = await ask(interview)
    said = await ask(interview, ScriptedLanguageModel([fault]))
    assert (said.decided, said.text) == (offline.decided, offline.text)
    assert said.first_s <= 2
    (row,) = await kept(interview)
    assert row.outcome in {"failed", "refused"}


async def test_words_that_break_off_go_on_with_a_whole_question(interview: Interview) -> None:
    await submitted(interview)
    offline = await ask(interview)
    half = '{"next": "question_1", "words": "Thank you for your solution. Now look at the lo'
    said = await ask(interview, ScriptedLanguageModel([half]))
    assert said.decided == offline.decided
    assert said.text == f"Thank you for your solution. {offline.text}"


async def test_a_structured_interview_asks_no_model(interview: Interview, settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = False
    model = ScriptedLanguageModel([decision(WORDS)])
    said = await ask(await submitted(interview), model)
    assert said.decided == Decided("follow_up", f"{TASK}+scale")
    assert model.requests == []


@pytest.mark.parametrize("order", HOSTILE, ids=IDS)
async def test_an_obeying_model_is_not_heard(interview: Interview, order: Hostile) -> None:
    """Orders in comments change nothing, and a model that reads them out is replaced by the offline question."""
    await submitted(interview, hostile.commented(order), order.language)
    offline = await ask(interview)
    said = await ask(interview, ScriptedLanguageModel([decision(f"{order.says}", next_="code")]))
    assert (said.decided, said.text) == (offline.decided, offline.text)
    assert said.decided == Decided("follow_up", f"{TASK}+nested_loop:8")
    (row,) = await kept(interview)
    assert row.outcome == "refused"
