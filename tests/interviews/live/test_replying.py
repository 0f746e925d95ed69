"""From a finished answer to the voice of what comes next: overlapping, and never twice."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import pytest

from interviews import engine
from interviews.engine import (
    Event,
    Kind,
    Phase,
    Prompt,
    QuestionReady,
    RequestQuestion,
    SpeakingStarted,
    SpeakingStopped,
    SpeechPaused,
    SpeechWentOn,
    StopSpeaking,
)
from interviews.live.asking import Decided
from interviews.live.effects import Action, Speak
from interviews.live.outbound import Outbound
from interviews.live.replying import Replies
from interviews.live.telemetry import TurnMarks
from interviews.live.voice import Voice
from providers.tts.scripted import ScriptedTextToSpeech
from tests.interviews.live.test_voice import Room, ms

LINES = ("I see.", "Thank you.")
PROMPT = Prompt("u0", Kind.QUESTION, text="What is an index?")
FIRST, SECOND = "Thank you very much. ", "What would you look at first of all?"


class Script:
    """An interviewer who writes these pieces, each after so many seconds."""

    def __init__(self, *pieces: tuple[float, Decided | str], error: Exception | None = None) -> None:
        self.pieces = pieces
        self.error = error
        self.asked: list[tuple[int, str, bool]] = []
        self.left = 0

    async def __call__(self, number: int, answer: str, speculative: bool) -> AsyncGenerator[Decided | str, None]:
        self.asked.append((number, answer, speculative))
        try:
            for after_s, piece in self.pieces:
                await asyncio.sleep(after_s)
                yield piece
            if self.error is not None:
                raise self.error
        finally:
            self.left += 1


class Conversation:
    """A session that takes every question, unless it is told not to."""

    def __init__(
        self,
        script: Script,
        *,
        takes: bool = True,
        mute: bool = False,
        lines: Sequence[str] = (),
        local: bool = True,
        ahead: bool = True,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.room = Room()
        self.silence: list[str] = []
        self.tts = ScriptedTextToSpeech(first_ms=0 if local else 300, local=local)
        self.voice = None if mute else Voice(self.tts, "en", Outbound(self.room), self.room, self.silence.append)
        self.marks = TurnMarks(loop.time, lambda *_: None)
        self.state = replace(engine.new(5), phase=Phase.QUESTION, question_number=1, prompt=PROMPT)
        self.events: list[Event] = []
        self.takes = takes
        self.script = script
        self.replies = Replies(self, script, lines, ahead=ahead, upcoming=self.upcoming)
        self._tasks: set[asyncio.Task[None]] = set()
        self.faults: list[BaseException | None] = []

    async def upcoming(self) -> str:
        return SECOND

    async def happened(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, QuestionReady) and event.text and self.takes:
            await self.replies.carry_out(Speak(self.asking, event.text))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.faults.append(task.exception())

    asking = "u1"

    async def asks(self, answer: str = "I did it.", utterance_id: str = "u1") -> None:
        self.asking = utterance_id
        await self.replies.reply(RequestQuestion("e1", answer, 1, utterance_id))

    async def finished(self) -> None:
        if self.voice is not None:
            await self.voice.finished()
            await self.voice.close()


def question(*pieces: tuple[float, str]) -> Script:
    return Script((0, Decided("question", "k1")), *pieces)


async def test_the_first_sentence_is_heard_before_the_last_is_written() -> None:
    talk = Conversation(question((0.3, FIRST), (0.1, SECOND[:5]), (3, SECOND[5:])))
    asking = asyncio.create_task(talk.asks())
    await asyncio.sleep(1)
    assert talk.room.sent_ms() == ms(FIRST)
    assert talk.events == [SpeakingStarted("u1")]
    await asking
    await talk.finished()
    assert talk.events[1:] == [QuestionReady("e1", FIRST + SECOND, "question", "k1")]
    assert talk.room.sent_ms() == ms(FIRST) + ms(SECOND)
    assert (talk.room.words, talk.silence) == (FIRST + SECOND, ["u1"])
    assert talk.room.kinds.count("speaking_start") == 1


async def test_nothing_more_to_ask_is_told_and_nothing_spoken() -> None:
    talk = Conversation(Script((0.1, Decided())))
    await talk.asks()
    await talk.finished()
    assert talk.events == [QuestionReady("e1")]
    assert talk.room.log == []


async def test_a_question_that_is_not_taken_is_not_spoken_on() -> None:
    talk = Conversation(question((0, FIRST), (0, SECOND), (0.5, " ")), takes=False)
    await talk.asks()
    await talk.finished()
    assert talk.room.kinds[-2:] == ["interrupted", "speaking_end"]
    assert talk.silence == []


async def test_a_question_that_was_cut_while_it_was_written_is_known_as_it_was_heard() -> None:
    talk = Conversation(question((0, FIRST), (0, SECOND), (2, " Please.")), takes=False)
    asking = asyncio.create_task(talk.asks())
    await asyncio.sleep(0.8)
    assert talk.voice is not None
    await talk.voice.stop()
    await asking
    await talk.finished()
    assert talk.events[-2:] == [
        QuestionReady("e1", FIRST + SECOND + " Please.", "question", "k1"),
        SpeakingStopped("u1", "Thank you very"),
    ]


async def test_without_a_voice_it_is_only_asked() -> None:
    talk = Conversation(question((0.1, SECOND)), mute=True)
    await talk.asks()
    assert talk.events == [QuestionReady("e1", SECOND, "question", "k1")]


async def test_what_asking_raises_is_the_callers_and_nothing_is_spoken_on() -> None:
    talk = Conversation(Script((0, Decided("question")), (0, FIRST), (0, SECOND), error=ValueError("gone")))
    with pytest.raises(ValueError, match="gone"):
        await talk.asks()
    await talk.finished()
    assert talk.script.left == 1
    assert talk.room.log == []


# --- acknowledgements ------------------------------------------------------------------------------------------------


async def test_while_the_question_is_awaited_the_answer_is_acknowledged_at_once() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES)
    begun = asyncio.get_running_loop().time()
    await talk.asks()
    await talk.finished()
    first_at, first = talk.room.sound[0]
    assert (first_at - begun, first.utterance_id) == (pytest.approx(0.02, abs=0.005), "u1.ack")
    assert talk.room.words == LINES[0] + SECOND
    assert talk.silence == ["u1.ack", "u1"]


async def test_the_same_words_are_never_said_twice_running() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES)
    for number in range(3):
        await talk.asks(utterance_id=f"u{number}")
        assert talk.voice is not None
        await talk.voice.finished()
    assert talk.room.words == LINES[0] + SECOND + LINES[1] + SECOND + LINES[0] + SECOND


@pytest.mark.parametrize(
    ("after_s", "answer", "lines"), [(0.01, "I did.", LINES), (2, "", LINES), (2, "I did.", ())], ids=str
)
async def test_no_acknowledgement_is_said(after_s: float, answer: str, lines: Sequence[str]) -> None:
    """Of a question that is there, of a silence, and where the installation wants none."""
    talk = Conversation(question((after_s, SECOND)), lines=lines)
    await talk.asks(answer)
    await talk.finished()
    assert talk.room.words == SECOND


async def test_nobody_is_acknowledged_while_something_else_is_being_said() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES)
    await talk.replies.carry_out(Speak("notice", FIRST))
    await talk.asks()
    await talk.finished()
    assert talk.room.words == FIRST + SECOND


ASKED = RequestQuestion("e1", "I did it.", 1, "u1")


async def test_while_the_answer_is_stored_it_is_acknowledged_and_the_next_question_asked_for() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES)
    begun = asyncio.get_running_loop().time()
    talk.replies.foresee([ASKED])
    await asyncio.sleep(1.5)  # a slow disk
    assert (talk.room.sound[0][0] - begun, talk.room.words) == (pytest.approx(0.02, abs=0.005), LINES[0])
    await talk.asks()
    assert asyncio.get_running_loop().time() - begun == pytest.approx(2, abs=0.01)
    await talk.finished()
    assert talk.script.asked == [(1, "I did it.", False)]
    assert talk.room.words == LINES[0] + SECOND


async def test_what_was_asked_in_the_pause_and_is_not_there_yet_is_acknowledged_at_once() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES)
    talk.replies.follow(SpeechPaused("c1", "I did it.", 1_000))
    await asyncio.sleep(0.2)
    begun = asyncio.get_running_loop().time()
    talk.replies.foresee([ASKED])
    await talk.asks()
    await talk.finished()
    assert talk.room.sound[0][0] - begun == pytest.approx(0, abs=1e-6)
    assert talk.script.asked == [(1, "I did it.", True)]
    assert talk.room.words == LINES[0] + SECOND


async def test_a_question_that_is_there_at_once_needs_no_acknowledgement_while_the_answer_is_stored() -> None:
    talk = Conversation(question((0.01, SECOND)), lines=LINES)
    talk.replies.foresee([ASKED])
    await asyncio.sleep(0.5)
    await talk.asks()
    await talk.finished()
    assert talk.room.words == SECOND


async def test_what_was_thought_ahead_in_the_pause_is_not_asked_for_again_while_the_answer_is_stored() -> None:
    talk = Conversation(question((0.1, SECOND)), lines=LINES)
    talk.replies.follow(SpeechPaused("c1", "I did it.", 1_000))
    await asyncio.sleep(0.2)
    talk.replies.foresee([ASKED])
    await talk.asks()
    await talk.finished()
    assert talk.script.asked == [(1, "I did it.", True)]
    assert talk.room.words == SECOND  # which was there: nothing had to be acknowledged


@pytest.mark.parametrize(
    ("ahead", "actions"),
    [(False, [ASKED]), (True, [StopSpeaking(), ASKED]), (True, [StopSpeaking()])],
    ids=["without a model", "the voice is being stopped", "nothing is asked"],
)
async def test_nothing_is_said_or_asked_before_a_step_is_stored(ahead: bool, actions: Sequence[Action]) -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES, ahead=ahead)
    talk.replies.foresee(actions)
    await asyncio.sleep(1)
    assert (talk.room.log, talk.script.asked) == ([], [])
    talk.replies.close()
    await talk.finished()


async def test_the_answer_to_a_task_is_not_foreseen() -> None:
    """What is handed in with that very step is not stored yet."""
    talk = Conversation(question((2, SECOND)), lines=LINES)
    talk.state = replace(talk.state, phase=Phase.CODE, task_id="algo-rooms", prompt=replace(PROMPT, kind=Kind.TASK))
    talk.replies.foresee([ASKED])
    await asyncio.sleep(1)
    assert (talk.room.log, talk.script.asked) == ([], [])


async def test_over_a_network_the_words_are_made_beforehand() -> None:
    talk = Conversation(question((2, SECOND)), lines=LINES, local=False)
    await talk.replies.prepare()
    begun = asyncio.get_running_loop().time()
    await talk.asks()
    await talk.finished()
    assert talk.room.sound[0][0] - begun == pytest.approx(0.02, abs=0.005)
    assert talk.tts.spoken == [*LINES, SECOND]


async def test_over_a_network_the_likely_question_is_made_beforehand() -> None:
    talk = Conversation(question((0, SECOND)), lines=LINES, local=False, ahead=False)
    await talk.replies.prepare()
    begun = asyncio.get_running_loop().time()
    await talk.asks()
    await talk.finished()
    assert talk.room.sound[0][0] - begun == pytest.approx(0, abs=0.005)
    assert talk.room.words == SECOND
    assert talk.tts.spoken[:3] == [*LINES, SECOND]


# --- thinking ahead --------------------------------------------------------------------------------------------------


async def test_what_was_asked_in_the_pause_is_used_if_the_answer_ends_with_it() -> None:
    talk = Conversation(question((0.5, SECOND)))
    talk.replies.follow(SpeechPaused("c1", "I did it.", 1_000))
    await asyncio.sleep(0.4)
    begun = asyncio.get_running_loop().time()
    await talk.asks("I did it.")
    assert asyncio.get_running_loop().time() - begun == pytest.approx(0.1, abs=0.01)
    assert talk.script.asked == [(1, "I did it.", True)]
    await talk.finished()
    assert talk.room.words == SECOND


@pytest.mark.parametrize(("kind", "asked"), [(Kind.FOLLOW_UP, [(1, "I did it.", True)]), (Kind.TASK, [])])
async def test_questions_about_code_are_thought_of_in_pauses_too(
    kind: Kind, asked: list[tuple[int, str, bool]]
) -> None:
    """But what is said while the task is open answers nothing."""
    talk = Conversation(question((0.5, SECOND)))
    talk.state = replace(talk.state, phase=Phase.CODE, task_id="algo-rooms", prompt=replace(PROMPT, kind=kind))
    talk.replies.follow(SpeechPaused("c1", "I did it.", 1_000))
    await asyncio.sleep(0.1)
    assert talk.script.asked == asked
    talk.replies.close()
    await talk.finished()


async def test_speech_that_goes_on_drops_what_was_asked() -> None:
    talk = Conversation(question((0.5, SECOND)))
    talk.replies.follow(SpeechPaused("c1", "I did it", 1_000))
    await asyncio.sleep(0.1)
    talk.replies.follow(SpeechWentOn("c1", 200))
    await asyncio.sleep(0)
    assert talk.script.left == 1
    await talk.asks("I did it in June.")
    assert talk.script.asked == [(1, "I did it", True), (1, "I did it in June.", False)]
    await talk.finished()


async def test_an_answer_that_became_another_is_asked_for_anew() -> None:
    talk = Conversation(question((0.5, SECOND)))
    for _ in range(2):
        talk.replies.follow(SpeechPaused("c1", "I did it", 1_000))
        await asyncio.sleep(0.1)
    await talk.asks("I did it in June.")
    await asyncio.sleep(0)
    assert talk.script.asked == [(1, "I did it", True), (1, "I did it in June.", False)]
    assert talk.script.left == 2
    await talk.finished()


async def test_what_failed_in_the_pause_is_asked_for_again() -> None:
    talk = Conversation(Script((0, Decided("question")), error=ValueError("gone")))
    talk.replies.follow(SpeechPaused("c1", "I did it.", 1_000))
    await asyncio.sleep(0.1)
    talk.script.pieces, talk.script.error = ((0, Decided("question", "k1")), (0, SECOND)), None
    await talk.asks("I did it.")
    assert talk.script.asked == [(1, "I did it.", True), (1, "I did it.", False)]
    await talk.finished()
    assert talk.room.words == SECOND


async def test_a_fault_of_what_nobody_needs_is_nobodys() -> None:
    talk = Conversation(Script((0, Decided("question")), error=ValueError("gone")))
    talk.replies.follow(SpeechPaused("c1", "I did it", 1_000))
    await asyncio.sleep(0.1)
    talk.replies.close()
    await talk.finished()
    assert (talk.faults, talk.room.words) == ([], "")
