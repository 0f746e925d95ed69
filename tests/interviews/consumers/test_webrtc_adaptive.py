"""An interview that adapts to its candidate, over the main protocol: with and without a language model."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pytest_django import Settings

from interviews.domain.plan import question_of
from interviews.live import store
from interviews.live.engines import Ensemble
from interviews.models import Interview, ModelExchange, Turn
from providers.base import ProviderError
from providers.llm.base import Usage
from providers.llm.scripted import Reply, ScriptedLanguageModel, decision
from reports.domain import dialogue
from resumes.models import Resume
from tests.interviews.domain.interviewer.briefs import THIN
from tests.interviews.live.asked import all_written
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)
Call = Callable[..., Caller]
WORDS = "Thank you, that is clear so far. Which part of it would you do differently today?"


class Modelled(FakeEngines):
    """With a language model beside the scripted ears and voice."""

    def __init__(self, model: ScriptedLanguageModel, **options: Any) -> None:
        super().__init__(**options)
        self.model = model

    def ensemble(self, language: str, *, voice: bool) -> Ensemble:
        return replace(super().ensemble(language, voice=voice), model=self.model)


@pytest.fixture(autouse=True)
def _adaptive(settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True


async def answer_everything(caller: Caller, interview: Interview, resume: Resume) -> list[dict[str, Any]]:
    """The same thin answer to all that is asked; gives what was asked."""
    await caller.begin(interview, resume, input="text")
    asked = [await caller.introduce()]
    while asked[-1]["kind"] in {"question", "follow_up"}:
        caller.send("text_answer", text=THIN)
        asked.append(await caller.next("interview_message", within_s=60))
    caller.send("control", action="end_interview")
    await caller.closed()
    return asked[:-1]


async def turns_of(interview: Interview) -> list[Turn]:
    return await store.default().run(lambda: list(interview.turns.filter(phase="question")))


async def test_follow_ups_belong_to_their_question(call: Call, interview: Interview, resume: Resume) -> None:
    asked = await answer_everything(call(), interview, resume)
    kinds = Counter(message["kind"] for message in asked)
    assert kinds == {"question": asked[0]["question_count"], "follow_up": 6}
    numbers = [message["question_number"] for message in asked if message["kind"] == "question"]
    assert numbers == list(range(1, asked[0]["question_count"] + 1))
    turns = await turns_of(interview)
    assert [turn.kind for turn in turns] == [message["kind"] for message in asked]
    assert [turn.question_number for turn in turns] == [message["question_number"] for message in asked]
    for before, turn in pairwise(turns):
        if turn.kind == "follow_up":
            assert question_of(turn.question_key) == question_of(before.question_key)
    read = await store.default().run(dialogue.read, interview)
    assert len([answer for answer in read.answers if answer.phase == "question"]) == kinds["question"]


async def test_the_same_answers_bring_the_same_interview(call: Call, interview: Interview, resume: Resume) -> None:
    first = [message["text"] for message in await answer_everything(call(), interview, resume)]
    again = await store.default().run(
        lambda: Interview.objects.create(
            pk=interview.pk + 4 * 12,  # wordings vary with the number of an interview
            owner=interview.owner,
            position_name=interview.position_name,
            position_type=interview.position_type,
            language="en",
        )
    )
    await store.default().run(lambda: Interview.objects.filter(pk=interview.pk).delete())
    assert [message["text"] for message in await answer_everything(call(), again, resume)] == first


async def test_a_model_asks_and_its_costs_are_kept(
    call: Call, interview: Interview, resume: Resume, settings: Settings
) -> None:
    settings.OPENAI_PRICE_IN, settings.OPENAI_PRICE_OUT = 1, 2
    model = ScriptedLanguageModel([Reply(decision(WORDS), first_ms=300, usage=Usage(1_000, 100))])
    caller = call(Modelled(model))
    await caller.begin(interview, resume, input="text")
    assert (await caller.introduce())["text"] == WORDS
    await caller.hang_up()
    await all_written()
    rows = await store.default().run(lambda: list(ModelExchange.objects.values_list("outcome", "turn_number", "cost")))
    assert [(outcome, number, str(cost)) for outcome, number, cost in rows] == [("used", 1, "0.001200")]


async def test_a_model_that_is_busy_is_not_noticed(call: Call, interview: Interview, resume: Resume) -> None:
    model = ScriptedLanguageModel([Reply(error=ProviderError("429", retryable=True))])
    caller = call(Modelled(model))
    await caller.begin(interview, resume, input="text")
    question = await caller.introduce()
    row = await store.default().run(lambda: Interview.objects.get(pk=interview.pk))
    assert question["text"] == row.plan[0]["text"]
    assert not caller.of("error")
    await caller.hang_up()
