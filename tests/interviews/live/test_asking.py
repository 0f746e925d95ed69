"""Asking what comes next: a model writes it as it is heard, and nobody notices when it fails. In virtual time."""

import asyncio
import logging
from contextlib import aclosing
from decimal import Decimal

import pytest
from pytest_django import Settings

from interviews.live import asking, store
from interviews.live.asking import Decided, Means
from interviews.live.records import Gone
from interviews.live.telemetry import TurnMarks, TurnTimes
from interviews.models import Interview
from providers.base import ProviderError
from providers.llm.base import Usage
from providers.llm.scripted import Reply, ScriptedLanguageModel, decision
from tests.interviews.domain.interviewer.briefs import THIN
from tests.interviews.live.asked import answered, kept, reply

pytestmark = pytest.mark.asyncio
WORDS = "Thank you, that is clear. Let us look at something else: how would you find out why a service answers slowly?"
BUSY = ProviderError("The language model answered 429.", retryable=True)


@pytest.fixture(autouse=True)
def _adaptive(settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True


@pytest.fixture
def asked(interview: Interview) -> Interview:
    return answered(interview)


async def test_without_a_model_the_offline_interviewer_speaks(asked: Interview) -> None:
    said = await reply(asked, None)
    assert said.decided == Decided("follow_up", f"{asked.plan[0]['key']}+more")
    assert len(said.pieces) == 1
    assert await kept(asked) == []


async def test_the_plan_alone_needs_no_model(asked: Interview, settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = False
    model = ScriptedLanguageModel([decision(WORDS)])
    said = await reply(asked, model)
    assert (said.decided, said.text) == (Decided("question", asked.plan[1]["key"]), asked.plan[1]["text"])
    assert model.requests == []


async def test_words_come_while_they_are_written(asked: Interview) -> None:
    model = ScriptedLanguageModel([Reply(decision(WORDS), first_ms=500, token_ms=20, usage=Usage(900, 40))])
    said = await reply(asked, model)
    assert said.decided == Decided("question", asked.plan[1]["key"])
    assert said.text == WORDS
    assert [text for _at, text in said.pieces] == [
        "Thank you, that is clear. Let us look at something else:",
        " how would you find out why a service answers slowly?",
    ]
    assert 0.5 < said.first_s < 1
    assert said.pieces[-1][0] > said.first_s + 0.2


async def test_a_model_may_follow_up_in_its_own_words(asked: Interview) -> None:
    words = "What do you look for first in that plan?"
    said = await reply(asked, ScriptedLanguageModel([decision(words, next_="follow_up")]))
    assert (said.decided, said.text) == (Decided("follow_up", f"{asked.plan[0]['key']}+model"), words)


async def test_another_of_the_offered_questions_may_be_chosen(asked: Interview) -> None:
    other = asked.plan[1]["alternatives"][0]["key"]
    said = await reply(asked, ScriptedLanguageModel([decision(WORDS, next_="question_2")]))
    assert said.decided == Decided("question", other)


async def test_the_exchange_is_kept(asked: Interview, settings: Settings) -> None:
    settings.OPENAI_PRICE_IN, settings.OPENAI_PRICE_OUT = 2.5, 10
    await reply(
        asked, ScriptedLanguageModel([Reply(decision(WORDS), first_ms=500, usage=Usage(1_000, 50))], name="big")
    )
    (row,) = await kept(asked)
    assert (row.outcome, row.detail, row.purpose, row.model) == ("used", "", "interviewer", "big")
    assert (row.tokens_in, row.tokens_out, row.cost) == (1_000, 50, Decimal("0.003000"))
    assert (row.first_token_ms, row.duration_ms) == (500, 500)
    assert row.answer == decision(WORDS)
    assert set(row.request) == {"prompt_version", "name", "rules", "data", "schema"}
    assert THIN in row.request["data"]
    assert THIN not in row.request["rules"]


async def test_what_is_spent_counts_for_the_turn(asked: Interview) -> None:
    times: list[TurnTimes] = []
    marks = TurnMarks(asyncio.get_running_loop().time, lambda one, _again: times.append(one))
    model = ScriptedLanguageModel([Reply(decision(WORDS), usage=Usage(10, 5))])
    marks.turn(2)
    async for _part in asking.ask(Means(store.default(), model, marks), asked.pk, 1, THIN):
        pass
    marks.close()
    assert [(one.number, one.tokens_in, one.tokens_out, one.cost) for one in times] == [(2, 10, 5, None)]


FAULTS = {
    "no first token": Reply(decision(WORDS), first_ms=60_000),
    "too slow": Reply(decision(WORDS), token_ms=1_400),
    "429": Reply(error=BUSY),
    "401": Reply(error=ProviderError("The language model answered 401.", retryable=False)),
    "nothing": Reply(""),
    "only spaces": Reply("   "),
    "prose": Reply("Sure! Here is the next question."),
    "a list": Reply("[1, 2]"),
    "half a JSON": Reply('{"next": "quest'),
    "no words": Reply('{"next": "question"}'),
    "empty words": Reply(decision("")),
    "words that are no text": Reply('{"next": "question", "words": 5}'),
    "an unknown move": Reply(decision(WORDS, next_="hire")),
    "an end that is not due": Reply(decision("", next_="end")),
    "a question that is not offered": Reply(decision(WORDS, next_="question_9")),
    "a score": Reply(decision("I give you 10 out of 10 for that. What is next?")),
    "a verdict": Reply(decision("You are hired! When can you start?")),
    "another language": Reply(decision("Расскажите, пожалуйста, о кэшировании в вашем проекте?")),
    "markup": Reply(decision("**Next**: see https://example.com, how do you cache?")),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_not_noticed(asked: Interview, fault: Reply, caplog: pytest.LogCaptureFixture) -> None:
    """The offline interviewer's words within two seconds, whole, and the exchange says what went wrong."""
    caplog.set_level(logging.DEBUG)
    offline = await reply(asked, None)
    said = await reply(asked, ScriptedLanguageModel([fault]))
    assert (said.decided, said.text) == (offline.decided, offline.text)
    assert said.first_s <= 2
    (row,) = await kept(asked)
    assert row.outcome in {"failed", "refused"}
    assert row.detail
    assert not [words for words in (THIN, "Sure!", "10 out of", "hired", "Alice") if words in caplog.text]


async def test_what_was_asked_before_is_not_asked_again(asked: Interview) -> None:
    offline = await reply(asked, None)
    said = await reply(asked, ScriptedLanguageModel([decision(asked.plan[0]["text"], next_="follow_up")]))
    assert said.text == offline.text


@pytest.mark.parametrize(
    "fault",
    [
        Reply('{"next": "question", "words": "Thank you, that is very clear. And how do y', error=BUSY),
        Reply('{"next": "question", "words": "Thank you, that is very clear. And how do y'),
        Reply(decision("Thank you, that is very clear. I score it with 10 out of 10, well done?")),
    ],
    ids=["broken off", "half an answer", "a score at the end"],
)
async def test_words_that_break_off_go_on_with_a_whole_question(asked: Interview, fault: Reply) -> None:
    said = await reply(asked, ScriptedLanguageModel([fault]))
    assert said.decided == Decided("question", asked.plan[1]["key"])
    assert said.text == f"Thank you, that is very clear. {asked.plan[1]['text']}"


async def test_words_without_end_are_cut(asked: Interview) -> None:
    said = await reply(asked, ScriptedLanguageModel([decision("so " * 5_000)]))
    assert said.text.endswith(f"so {asked.plan[1]['text']}")
    assert len(said.text) <= 500 + len(asked.plan[1]["text"])


async def test_a_follow_up_that_breaks_off_is_followed_by_the_offline_one(asked: Interview) -> None:
    offline = await reply(asked, None)
    half = '{"next": "follow_up", "words": "I see, thank you very much for it. Now wh'
    said = await reply(asked, ScriptedLanguageModel([half]))
    assert said.decided == Decided("follow_up", f"{asked.plan[0]['key']}+model")
    assert said.text == f"I see, thank you very much for it. {offline.text}"


async def test_a_question_that_was_asked_whole_is_not_asked_twice(asked: Interview) -> None:
    half = '{"next": "question", "words": "How would you find a slow query? And th'
    said = await reply(asked, ScriptedLanguageModel([Reply(half, error=BUSY)]))
    assert said.text == "How would you find a slow query?"


async def test_a_stall_in_the_middle_is_over_within_two_seconds(asked: Interview) -> None:
    waits = iter([0.05] * 26 + [60.0] * 99)
    model = ScriptedLanguageModel([Reply(decision(WORDS), token_ms=1)], wait=lambda _s: asyncio.sleep(next(waits)))
    said = await reply(asked, model)
    assert said.text == f"Thank you, that is clear. Let us look at something else: {asked.plan[1]['text']}"
    assert said.pieces[-1][0] - said.pieces[-2][0] <= 2


async def test_a_model_that_failed_three_times_rests(asked: Interview) -> None:
    model = ScriptedLanguageModel([*[Reply(error=BUSY)] * 3, decision(WORDS)])
    said = [(await reply(asked, model)).text for _ in range(4)]
    assert len(set(said)) == 1
    assert said[0] != WORDS
    assert len(model.requests) == 3
    await asyncio.sleep(31)
    assert (await reply(asked, model)).text == WORDS
    assert [row.outcome for row in await kept(asked)] == ["failed", "failed", "failed", "used"]


async def test_what_is_dropped_leaves_its_record_alone(asked: Interview) -> None:
    model = ScriptedLanguageModel([Reply(decision(WORDS), first_ms=400)])
    async with aclosing(asking.ask(Means(store.default(), model), asked.pk, 1, THIN, speculative=True)) as parts:
        task = asyncio.ensure_future(anext(parts))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert (len(model.requests), model.cancelled) == (1, 1)
    (row,) = await kept(asked)
    assert (row.outcome, row.detail, row.answer) == ("dropped", "written ahead of the end of the answer", "")


async def test_an_interview_that_is_gone(asked: Interview) -> None:
    model = ScriptedLanguageModel([Reply(decision(WORDS), first_ms=400)])
    key = asked.pk
    parts = asking.ask(Means(store.default(), model), key, 1, THIN)
    task = asyncio.ensure_future(anext(parts))
    await asyncio.sleep(0.2)
    await store.default().run(lambda: Interview.objects.filter(pk=key).delete())
    assert isinstance(await task, Decided)
    await parts.aclose()
    await store.default().run(lambda: None)
    with pytest.raises(Gone):
        await anext(asking.ask(Means(store.default(), model), key, 1, THIN))
