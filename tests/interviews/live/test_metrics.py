"""What `/metrics/` says of interviews: parts of replies, sessions, failures; and no label that could grow."""

from collections.abc import Callable

import pytest
from django.test import Client
from prometheus_client import REGISTRY
from pytest_django import Settings

from interviews.domain.timings import Parts
from interviews.live import metrics
from interviews.live.engines import fell_back
from interviews.live.metrics import Stage
from interviews.live.registry import sessions
from interviews.models import Interview
from providers.base import FallbackNotice, ProviderError
from providers.llm.scripted import ScriptedLanguageModel
from providers.stt.scripted import Line
from providers.tts.scripted import ScriptedTextToSpeech
from resumes.models import Resume
from tests.interviews.live.asked import answered, reply
from tests.interviews.live.world import Caller, FakeEngines

GONE = ProviderError("It cannot be reached.", retryable=False)


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_the_parts_of_a_reply_are_observed_in_seconds() -> None:
    labels = {"part": "model", "language": "ru"}
    before = [sample(f"viva_reply_part_seconds_{kind}", **labels) for kind in ("count", "sum")]
    first = sample("viva_reply_first_audio_seconds_sum", language="ru")
    metrics.reply(Parts(endpoint=400, model=480), 450, "ru")
    after = [sample(f"viva_reply_part_seconds_{kind}", **labels) for kind in ("count", "sum")]
    assert [after[0] - before[0], round(after[1] - before[1], 6)] == [1, 0.48]
    assert round(sample("viva_reply_first_audio_seconds_sum", language="ru") - first, 6) == 0.45


def test_a_part_that_was_not_measured_is_not_observed() -> None:
    before = sample("viva_reply_part_seconds_count", part="playback", language="ru")
    metrics.reply(Parts(endpoint=400), None, "ru")
    assert sample("viva_reply_part_seconds_count", part="playback", language="ru") == before


@pytest.mark.parametrize(("kind", "stage"), [("stt", Stage.RECOGNITION), ("tts", Stage.VOICE)])
def test_an_engine_that_another_took_over_from_is_counted(kind: str, stage: Stage) -> None:
    names = ("viva_provider_failures_total", "viva_provider_fallbacks_total")
    before = [sample(name, stage=stage) for name in names]
    fell_back(FallbackNotice(kind, "first", "second", "It cannot be reached."))
    assert [sample(name, stage=stage) for name in names] == [count + 1 for count in before]


@pytest.mark.django_db(transaction=True)
async def test_sessions_are_counted_while_they_live(
    call: Callable[..., Caller], interview: Interview, resume: Resume
) -> None:
    assert (len(sessions), sample("viva_live_sessions")) == (0, 0)
    caller = call()
    await caller.begin(interview, resume, input="text")
    assert sample("viva_live_sessions") == 1
    caller.send("disconnect")
    await caller.closed()
    assert sample("viva_live_sessions") == 0


@pytest.mark.django_db
def test_they_are_served_with_a_zero_before_the_first_failure() -> None:
    page = Client().get("/metrics/", REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1").content.decode()
    for stage in Stage:
        assert f'viva_provider_failures_total{{stage="{stage}"}}' in page
        assert f'viva_provider_fallbacks_total{{stage="{stage}"}}' in page
    assert "viva_live_sessions " in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stage", "engines"),
    [
        (Stage.RECOGNITION, FakeEngines([Line("", error=GONE)])),
        (Stage.VOICE, FakeEngines(["I am Alice."], tts=ScriptedTextToSpeech(error=GONE))),
    ],
)
async def test_an_engine_that_nobody_takes_over_from_is_counted(
    call: Callable[..., Caller], interview: Interview, resume: Resume, stage: Stage, engines: FakeEngines
) -> None:
    before = sample("viva_provider_failures_total", stage=stage)
    caller = call(engines)
    await caller.begin(interview, resume, audio=stage is Stage.VOICE)
    await caller.prompt()
    if stage is Stage.RECOGNITION:
        await caller.speak()
    await caller.next("error", code=f"{stage}_failed")
    assert sample("viva_provider_failures_total", stage=stage) > before
    caller.send("disconnect")
    await caller.closed()


@pytest.fixture
def asked(interview: Interview, settings: Settings) -> Interview:
    """Its first question is answered."""
    settings.ADAPTIVE_QUESTIONS = True
    return answered(interview)


@pytest.mark.django_db(transaction=True)
async def test_a_model_whose_words_cannot_be_said_is_counted(asked: Interview) -> None:
    names = ("viva_provider_failures_total", "viva_provider_fallbacks_total")
    before = [sample(name, stage="model") for name in names]
    await reply(asked, ScriptedLanguageModel(["no JSON"]))
    assert [sample(name, stage="model") for name in names] == [count + 1 for count in before]
