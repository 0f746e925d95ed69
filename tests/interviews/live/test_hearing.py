"""Which audio becomes an utterance, and at which interview time."""

import pytest

from interviews.engine import Now
from interviews.live.clock import InterviewClock
from interviews.live.hearing import Began, Hearing, Lull, Over, Resumed, Turning
from providers.base import ProviderError
from providers.stt.scripted import Line, ScriptedRecognition, ScriptedSpeechToText
from providers.vad.segmenter import Segmenter
from tests.interviews.live.world import LOUD, QUIET, LoudnessVad


class Ears:
    def __init__(self, *lines: str | Line) -> None:
        self.stt = ScriptedSpeechToText(lines)
        self.clock = InterviewClock(Now(5_000, 0), lambda: 0.0)
        self.hearing = Hearing(Segmenter(LoudnessVad()), self.stt, "en", self.clock, "7-1")

    def hear(self, loud: bool, ms: int, **fields: int) -> list[Turning]:
        turnings: list[Turning] = []
        for _ in range(ms // 40):
            turnings += self.hearing.feed(LOUD if loud else QUIET, **fields)
        return turnings


def test_an_utterance_has_its_interview_time() -> None:
    ears = Ears()
    ears.hearing.listening = True
    began, lull, over = [*ears.hear(False, 1_000), *ears.hear(True, 1_000), *ears.hear(False, 1_000, n=9)]
    assert isinstance(began, Began)
    assert isinstance(lull, Lull)
    assert isinstance(over, Over)
    heard = over.utterance
    assert heard is began.utterance
    assert (heard.utterance_id, heard.last_n) == ("7-1.1", 9)
    assert 5_650 <= heard.begin_ms <= 6_000  # with up to 300 ms of pre-roll
    assert 6_950 <= heard.end_ms <= 7_050
    assert ears.clock.audio_ms == 8_000


def test_a_pause_is_told_in_time_and_what_follows_it_is_kept_back() -> None:
    ears = Ears("one two")
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_000)
    recognition = ScriptedRecognition(ears.stt, Line("one two"), None)
    began.utterance.attach(recognition)
    (lull,) = ears.hear(False, 200)
    assert isinstance(lull, Lull)
    assert (lull.at_ms, lull.ago_ms) == (6_024, 96)
    fed = recognition.fed_ms
    assert 1_000 <= fed <= 1_130
    (resumed,) = ears.hear(True, 200)
    assert isinstance(resumed, Resumed)
    assert resumed.pause_ms == 160
    assert recognition.fed_ms >= fed + 250


@pytest.mark.parametrize(("speaking", "ms"), [(True, 200), (False, 280)])
def test_speech_over_the_voice_is_noticed_sooner(speaking: bool, ms: int) -> None:
    ears = Ears()
    ears.hearing.attend(listening=not speaking, speaking=speaking)
    ears.hear(False, 1_000)
    (began,) = ears.hear(True, ms)
    assert isinstance(began, Began)
    assert began.utterance.over_voice is speaking
    assert ears.clock.audio_ms == (5_000 if speaking else 6_000 + ms)


def test_nobody_listens_no_time_passes() -> None:
    ears = Ears()
    assert [*ears.hear(True, 1_000), *ears.hear(False, 1_000)] == []
    assert ears.clock.audio_ms == 5_000


def test_speech_in_progress_is_announced_once_when_listening_begins() -> None:
    ears = Ears()
    ears.hear(True, 1_000)
    began = ears.hearing.begin_listening()
    assert began is not None
    assert len(began.utterance.waiting) >= 900 * 32
    assert began.utterance.begin_ms == 5_000
    assert ears.hearing.begin_listening() is None


def test_speech_that_was_over_before_is_not_announced() -> None:
    ears = Ears()
    ears.hear(True, 1_000)
    ears.hear(False, 1_000)
    assert ears.hearing.begin_listening() is None


def test_at_most_ten_seconds_are_kept_from_before() -> None:
    ears = Ears()
    ears.hear(True, 15_000)
    began = ears.hearing.begin_listening()
    assert began is not None
    assert len(began.utterance.waiting) == 10 * 32_000


def test_what_is_sent_again_is_understood_without_listening_and_without_time() -> None:
    ears = Ears()
    turnings = [turning for loud in (True, False) for _ in range(25) for turning in feed_again(ears, loud)]
    assert [type(turning) for turning in turnings] == [Began, Lull, Over]
    assert ears.clock.audio_ms == 5_000


def feed_again(ears: Ears, loud: bool) -> list[Turning]:
    return ears.hearing.feed(LOUD if loud else QUIET, again=True)


def test_a_flush_ends_the_utterance_now() -> None:
    ears = Ears()
    ears.hearing.listening = True
    ears.hear(True, 1_000)
    assert [type(turning) for turning in ears.hearing.flush()] == [Over]
    assert ears.hearing.flush() == []


async def test_everything_since_the_start_is_recognised() -> None:
    ears = Ears("one two three")
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_280)
    partials: list[str] = []
    await ears.hearing.open(began.utterance, partials.append)
    assert partials == ["one two three"]
    _lull, over = ears.hear(False, 1_000)
    recognised, worked = await ears.hearing.recognise(over.utterance)
    assert worked
    assert (recognised.utterance_id, recognised.text, recognised.engine) == ("7-1.1", "one two three", "scripted")


@pytest.mark.parametrize(
    "line", [Line("x", error=ProviderError("no", retryable=False)), Line("x", delay_ms=31_000)], ids=["error", "late"]
)
async def test_a_recognition_that_fails_gives_an_empty_text(line: Line) -> None:
    ears = Ears(line)
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_000)
    await ears.hearing.open(began.utterance, lambda _text: None)
    _lull, over = ears.hear(False, 1_000)
    recognised, worked = await ears.hearing.recognise(over.utterance)
    assert not worked
    assert recognised.text == ""


async def test_an_engine_that_does_not_begin_gives_an_empty_text() -> None:
    ears = Ears()
    ears.hearing = Hearing(Segmenter(LoudnessVad()), ears.stt, "xx", ears.clock, "7-1")
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_000)
    await ears.hearing.open(began.utterance, lambda _text: None)
    _lull, over = ears.hear(False, 1_000)
    assert (await ears.hearing.recognise(over.utterance))[1] is False


async def test_a_lagging_recogniser_is_noticed() -> None:
    ears = Ears(Line("x", backlog_ms=3_001))
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_000)
    assert ears.hearing.overloaded is False
    await ears.hearing.open(began.utterance, lambda _text: None)
    assert ears.hearing.overloaded is True


async def test_leaving_cancels_the_utterance() -> None:
    ears = Ears("x")
    ears.hearing.listening = True
    (began,) = ears.hear(True, 1_000)
    await ears.hearing.open(began.utterance, lambda _text: None)
    ears.hearing.close()
    assert ears.stt.cancelled == 1
