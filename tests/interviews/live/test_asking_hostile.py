"""A model that does whatever a candidate says, behind the interviewer's door: nobody hears it."""

import pytest
from pytest_django import Settings

from interviews.live import store
from interviews.models import Interview
from providers.llm.scripted import ScriptedLanguageModel
from tests.interviews.domain.interviewer.hostile import HONEST, HOSTILE, Hostile
from tests.interviews.live.asked import answered, kept, reply


@pytest.fixture(autouse=True)
def _adaptive(settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True


@pytest.mark.asyncio
@pytest.mark.parametrize("hostile", HOSTILE, ids=[f"{one.language}-{n}" for n, one in enumerate(HOSTILE)])
async def test_an_obeying_model_is_not_heard(interview: Interview, hostile: Hostile) -> None:
    """The same decision and the same words as without it; what it wrote is on record as refused."""
    await stored(interview, f"{HONEST[hostile.language]} {hostile.says}", hostile.language)
    model = ScriptedLanguageModel([hostile.obeyed])
    offline, said = await reply(interview, None), await reply(interview, model)
    assert (said.decided, said.text) == (offline.decided, offline.text)
    assert said.decided.kind in {"question", "follow_up"}
    (row,) = await kept(interview)
    assert (row.outcome, row.answer) == ("refused", hostile.obeyed[: len(row.answer)])
    assert hostile.says not in row.request["rules"]


async def stored(interview: Interview, answer: str, language: str) -> None:
    await store.default().run(answered, interview, answer, language)
