"""Speech over the interviewer's voice: who goes on, what is kept, and what was heard of the question."""

import pytest

from interviews.engine import (
    Action,
    PauseSpeaking,
    PromptEnded,
    QuestionReady,
    Recognised,
    RequestQuestion,
    ResumeSpeaking,
    SaveUtterance,
    Say,
    SpeakingStarted,
    SpeakingStopped,
    SpeechEnded,
    SpeechHeard,
    SpeechStarted,
    StopSpeaking,
)
from interviews.engine.assent import is_assent
from interviews.engine.echo import echoes
from tests.interviews.engine.talk import Talk, awaiting_question, in_question, names


def being_asked() -> Talk:
    talk = awaiting_question(voice=True)
    talk.ask("What is a lock?", key="locks")
    return talk


def test_the_voice_waits_for_what_a_sound_is() -> None:
    talk = being_asked()
    assert talk.send(SpeechStarted("c9")) == [PauseSpeaking("u5")]
    assert talk.state.held == "c9"


@pytest.mark.parametrize("text", ["", "mm", "Okay, yes.", "嗯", "угу", "네 네"])
def test_a_cough_or_assent_lets_it_go_on(text: str) -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    assert talk.send(SpeechHeard("c9", text)) == []
    talk.send(SpeechEnded("c9"))
    saved, resumed = talk.send(Recognised("c9", text))
    assert isinstance(saved, SaveUtterance)
    assert resumed == ResumeSpeaking("u5")
    assert (talk.state.held, talk.state.playing, talk.state.said) == ("", "u5", ())


def test_real_words_end_it_and_begin_the_answer() -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    assert talk.send(SpeechHeard("c9", "yes I")) == [StopSpeaking()]
    assert talk.state.listening
    talk.send(SpeakingStopped("u5", "What is"))
    talk.wait(1_000)
    talk.send(SpeechEnded("c9"))
    talk.send(Recognised("c9", "Yes I can answer that."))
    talk.wait(420)
    assert (talk.turns[-1].prompt, talk.turns[-1].answer) == ("What is", "Yes I can answer that.")


def test_without_partial_texts_the_final_one_decides() -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    talk.send(SpeechEnded("c9"))
    assert names(talk.send(Recognised("c9", "I know this one."))) == ["StopSpeaking", "SaveUtterance"]
    assert [said.text for said in talk.state.said] == ["I know this one."]


def test_the_voice_does_not_wait_for_ever() -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    assert talk.think(3_999) == []
    assert talk.think(1) == [ResumeSpeaking("u5")]
    assert talk.send(SpeechHeard("c9", "well I would say")) == [StopSpeaking()]


def test_in_a_noisy_room_only_words_interrupt() -> None:
    talk = being_asked()
    for number in range(3):
        assert talk.send(SpeechStarted(f"n{number}")) == [PauseSpeaking("u5")]
        talk.send(Recognised(f"n{number}", ""))
    assert talk.send(SpeechStarted("n9")) == []
    assert talk.send(SpeechHeard("n9", "well I would say")) == [StopSpeaking()]


def test_a_voice_that_heard_itself_goes_on_and_waits_for_no_sound_again() -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    assert talk.send(SpeechHeard("c9", "", echo=True)) == [ResumeSpeaking("u5")]
    talk.send(Recognised("c9", "", echo=True))
    assert talk.send(SpeechStarted("c10")) == []
    assert talk.send(SpeechHeard("c10", "well I would say")) == [StopSpeaking()]


def test_what_was_said_before_a_break_interrupts_nobody() -> None:
    talk = being_asked()
    assert talk.send(SpeechStarted("c9", replayed=True)) == []


def test_speech_into_the_greeting_ends_it_and_the_prompt_is_taken_as_asked() -> None:
    talk = Talk()
    talk.open(voice=True)
    talk.send(SpeechStarted("c9"))
    assert talk.send(SpeechHeard("c9", "hello I am")) == [StopSpeaking()]
    talk.send(SpeakingStopped("u1", "Hello!"))
    talk.send(Recognised("c9", "Hello, I am Alice. That's all."))
    assert (talk.turns[-1].prompt, talk.turns[-1].answer) == ("intro_prompt", "Hello, I am Alice. That's all.")


def test_a_voice_that_ends_meanwhile_leaves_an_answer() -> None:
    talk = being_asked()
    talk.send(SpeechStarted("c9"))
    talk.send(PromptEnded("u5"))
    assert talk.state.held == ""
    talk.send(SpeechEnded("c9"))
    talk.send(Recognised("c9", "Yes."))
    assert [said.text for said in talk.state.said] == ["Yes."]


def test_a_question_can_be_interrupted_while_it_is_being_written() -> None:
    talk = in_question(voice=True)
    talk.hear("A way to wait.")
    *_, request = talk.wait(420)
    assert isinstance(request, RequestQuestion)
    assert talk.state.deciding
    talk.send(SpeakingStarted(request.utterance_id))
    assert not talk.state.deciding
    assert talk.send(SpeechStarted("c9")) == [PauseSpeaking(request.utterance_id)]
    assert talk.send(SpeechHeard("c9", "sorry one more thing")) == [StopSpeaking()]
    (say,) = talk.send(QuestionReady(request.effect_id, "And what is a queue?"))
    assert say == Say(
        request.utterance_id,
        "question",
        "question",
        text="And what is a queue?",
        question_number=2,
        question_count=2,
        prompt=True,
        silent=True,
    )
    talk.send(SpeechEnded("c9"))
    talk.send(Recognised("c9", "Sorry, one more thing about locks."))
    talk.wait(420)
    assert (talk.turns[-1].number, talk.turns[-1].answer) == (3, "Sorry, one more thing about locks.")


def test_a_cough_in_granted_time_does_not_end_it() -> None:
    talk = in_question(voice=True)
    talk.press(Action.NEED_TIME)
    talk.send(SpeechStarted("c9"))
    talk.send(Recognised("c9", ""))
    talk.voice_over()
    assert talk.wait(59_999) == []


@pytest.mark.parametrize(
    "text",
    ["mm", "Mm-hmm.", "okay", "Yes, yes.", "uh huh", "I see.", "嗯", "嗯嗯，好的", "угу", "Да-да, понятно", "네, 네"],
)
def test_assent(text: str) -> None:
    assert is_assent(text)


@pytest.mark.parametrize(
    "text", ["yes but", "I think", "okay let me answer", "好的我来回答", "да, я знаю", "네 제가 말씀드리면"]
)
def test_more_than_assent(text: str) -> None:
    assert not is_assent(text)


SPOKEN = "Please tell me about the most difficult decision that you had to take last year."


@pytest.mark.parametrize(
    "text",
    [
        "tell me about",
        "about the most difficult decision",
        "please tell me about the moist difficult decision that you",
    ],
)
def test_an_echo(text: str) -> None:
    assert echoes(text, SPOKEN)


@pytest.mark.parametrize(
    "text", ["", "I would like to answer", "the decision was mine", "last year I had to take a break"]
)
def test_no_echo(text: str) -> None:
    assert not echoes(text, SPOKEN)


def test_an_echo_in_chinese() -> None:
    assert echoes("介绍一下你", "请先介绍一下你自己。")
    assert not echoes("我叫李明", "请先介绍一下你自己。")
