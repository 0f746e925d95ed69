"""The introduction: what ends it, and what never does."""

import pytest

from interviews.engine import Action, Effect, PromptEnded, Recognised, SpeechEnded, UtteranceEnded
from tests.interviews.engine.talk import Talk, in_intro, names

OVER = ["EnterPhase", "notice: intro_over"]


def ended(effects: list[Effect]) -> bool:
    return names(effects)[-3:-1] == OVER


def test_it_begins_with_a_greeting_of_its_own() -> None:
    talk = Talk()
    assert names(talk.open()) == ["EnterPhase", "greeting: greeting", "prompt: intro_prompt"]


def test_15_s_without_a_word_end_it() -> None:
    talk = in_intro()
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["SaveTurn 1 silent", *OVER, "RequestQuestion e4"]


def test_a_pause_that_is_shorter_never_ends_it() -> None:
    talk = in_intro()
    for _ in range(10):
        talk.hear("And another thing.")
        assert talk.wait(14_999) == []
    assert names(talk.wait(1))[0] == "SaveTurn 1 answered"
    assert talk.turns[0].answer == " ".join(["And another thing."] * 10)


def test_the_15_s_begin_when_the_prompt_was_heard() -> None:
    talk = Talk()
    talk.open(voice=True)
    assert not talk.state.listening
    assert talk.wait(30_000) == []
    assert talk.voice_over() == []
    assert talk.state.listening
    assert talk.wait(14_999) == []
    assert ended(talk.wait(1))


def test_the_end_of_another_voice_does_not_begin_the_listening() -> None:
    talk = Talk()
    talk.open(voice=True)
    talk.send(PromptEnded("u1"))
    assert (talk.state.listening, talk.state.playing) == (False, "u2")


def test_the_15_s_stand_still_while_something_is_said() -> None:
    talk = in_intro()
    utterance_id = talk.start_speech()
    assert talk.wait(40_000) == []
    talk.send(SpeechEnded(utterance_id))
    talk.send(Recognised(utterance_id, "A long story."))
    assert talk.wait(14_999) == []
    assert ended(talk.wait(1))


def test_a_decision_waits_for_the_text_that_covers_its_position() -> None:
    talk = in_intro()
    utterance_id = talk.start_speech()
    talk.end_speech(utterance_id)
    assert talk.wait(15_000) == []  # 15 s have passed, the text has not come
    assert talk.think(4_000) == []
    effects = talk.send(Recognised(utterance_id, "Hello."))
    assert names(effects)[:2] == ["SaveUtterance", "SaveTurn 1 answered"]
    assert talk.turns[0].answer == "Hello."


def test_slow_recognition_does_not_lengthen_the_15_s() -> None:
    talk = in_intro()
    utterance_id = talk.start_speech()
    talk.end_speech(utterance_id)
    talk.wait(5_000)
    talk.send(Recognised(utterance_id, "Hello."))
    assert talk.wait(9_999) == []
    assert ended(talk.wait(1))


def test_noise_that_is_not_understood_does_not_end_it() -> None:
    talk = in_intro()
    talk.wait(10_000)
    (final,) = talk.hear("  ")
    assert (final.text, final.utterance_id) == ("", "c1")
    assert talk.state.said == ()
    assert talk.wait(14_999) == []
    talk.wait(1)
    assert talk.turns[0].outcome == "silent"


@pytest.mark.parametrize("text", ["That's all.", "说完了", "это всё", "이상입니다"])
@pytest.mark.parametrize("how", ["hear", "read"])
def test_a_closing_phrase_ends_it(text: str, how: str) -> None:
    talk = in_intro()
    assert ended(getattr(talk, how)(text))
    assert talk.turns[0].outcome == "answered"


def test_a_closing_phrase_does_not_end_it_before_earlier_words_are_here() -> None:
    talk = in_intro()
    first = talk.start_speech()
    talk.end_speech(first)
    second = talk.start_speech()
    talk.end_speech(second)
    assert names(talk.send(Recognised(second, "That's all."))) == ["SaveUtterance"]
    assert ended(talk.send(Recognised(first, "I am Alice.")))
    assert sorted(talk.texts) == ["I am Alice.", "That's all."]


def test_typed_text_adds_and_does_not_end_it() -> None:
    talk = in_intro(typed=True)
    assert names(talk.read("I am Alice.")) == ["SaveUtterance"]
    assert names(talk.read(" ")) == []
    assert talk.wait(60_000) == []  # silence means nothing in writing
    assert ended(talk.press(Action.ANSWER_DONE))
    assert (talk.turns[0].answer, talk.turns[0].source) == ("I am Alice.", "text")


def test_speech_and_text_make_a_mixed_answer() -> None:
    talk = in_intro()
    talk.hear("I am Alice.")
    talk.read("alice@example.com, that's all")
    assert talk.turns[0].source == "mixed"


def test_the_same_typed_text_twice_counts_once() -> None:
    talk = in_intro()
    talk.read("I am Alice.")
    talk.said -= 1
    assert talk.read("I am Alice.") == []


def test_done_with_nothing_said_is_ignored() -> None:
    talk = in_intro()
    before = talk.state
    assert talk.press(Action.ANSWER_DONE) == []
    assert talk.state == before


def test_done_while_speaking_waits_for_the_text() -> None:
    talk = in_intro()
    utterance_id = talk.start_speech()
    talk.wait(2_000)
    assert names(talk.press(Action.ANSWER_DONE)) == ["FinishUtterance"]
    talk.send(SpeechEnded(utterance_id))
    effects = talk.send(Recognised(utterance_id, "I am Alice."))
    assert names(effects)[:2] == ["SaveUtterance", "SaveTurn 1 answered"]
    assert talk.turns[0].answer == "I am Alice."


def test_the_end_of_an_utterance_is_not_the_end_of_the_introduction() -> None:
    talk = in_intro()
    assert talk.send(UtteranceEnded()) == []
    utterance_id = talk.start_speech()
    assert names(talk.send(UtteranceEnded())) == ["FinishUtterance"]
    talk.send(SpeechEnded(utterance_id))
    assert names(talk.send(Recognised(utterance_id, "Hello."))) == ["SaveUtterance"]
    assert talk.state.phase == "intro"


def test_its_time_limit_ends_it() -> None:
    talk = in_intro(typed=True)
    assert talk.think(179_999) == []
    assert names(talk.think(1)) == ["SaveTurn 1 time", *OVER, "RequestQuestion e4"]


def test_its_time_limit_lets_a_sentence_come_to_its_text() -> None:
    talk = in_intro()
    utterance_id = talk.start_speech()
    assert names(talk.think(180_000)) == ["FinishUtterance"]
    effects = talk.send(Recognised(utterance_id, "I am Alice."))
    assert names(effects)[:2] == ["SaveUtterance", "SaveTurn 1 time"]


def test_speech_before_the_prompt_was_over_belongs_to_the_answer() -> None:
    talk = Talk()
    talk.open(voice=True)
    talk.hear("Hello!")
    talk.voice_over()
    assert [said.text for said in talk.state.said] == ["Hello!"]


def test_skip_means_nothing_here() -> None:
    assert in_intro().press(Action.SKIP_QUESTION) == []
