"""States as JSON: what is written, and that nothing else is read."""

import json
from typing import Any

import pytest

from interviews.engine import Action, BadState, dump, load, new
from interviews.engine.state import SCHEMA_VERSION
from tests.interviews.engine.talk import awaiting_question, finished, in_code, in_intro, in_question

PENDING = {"effect_id": "e9", "kind": "question", "answer": "", "utterance_id": "u9", "hushed": False}


def document() -> dict[str, Any]:
    """A question with an answer begun, speech open, and timers running."""
    talk = in_question()
    talk.hear("A way")
    talk.start_speech()
    talk.press(Action.NEED_TIME)
    return json.loads(json.dumps(dump(talk.state)))


@pytest.mark.parametrize("make", [in_intro, awaiting_question, in_question, in_code, finished])
def test_there_and_back(make: Any) -> None:
    state = make().state
    assert load(json.loads(json.dumps(dump(state)))) == state
    assert dump(load(dump(state))) == dump(state)


def test_a_new_interview_as_json() -> None:
    assert dump(new(3)) == {
        "schema": SCHEMA_VERSION,
        "question_count": 3,
        "rules": {
            "silence": 15_000,
            "answer": 240_000,
            "wrap_up": 30_000,
            "hold": 4_000,
            "intro": 180_000,
            "thinking": 60_000,
            "text": 20_000,
            "interview": 2_700_000,
        },
        "phase": "waiting",
        "connected": False,
        "voice": False,
        "typed": False,
        "playing": "",
        "held": "",
        "false_alarms": 0,
        "echoing": False,
        "turn_number": 0,
        "question_number": 0,
        "prompt": None,
        "said": [],
        "turn_started_ms": 0,
        "heard": [],
        "closing": None,
        "finishing": False,
        "reminded": False,
        "warned": False,
        "spoken_until_ms": 0,
        "pauses": [],
        "punctuated": False,
        "timers": [],
        "pending": [],
        "counter": 0,
        "task_id": "",
        "code_questions": 0,
        "now": {"audio": 0, "wall": 0},
    }


@pytest.mark.parametrize("make", [in_intro, awaiting_question, in_question, in_code, finished])
def test_a_state_of_the_release_before_that_asked_nothing_about_code(make: Any) -> None:
    state = make().state
    older = {name: value for name, value in dump(state).items() if name != "code_questions"}
    assert load(older | {"schema": 2}) == state


def test_timers_are_stored_as_time_left() -> None:
    talk = in_question()
    talk.wait(5_000)
    assert dump(talk.state)["timers"] == [{"name": "interview", "left": 2_695_000}, {"name": "silence", "left": 10_000}]


@pytest.mark.parametrize(
    "wrong", [None, [], "state", {}, {"schema": 0}, {"schema": 2}, {"schema": [2]}, {"schema": SCHEMA_VERSION}]
)
def test_what_is_no_state_at_all(wrong: object) -> None:
    with pytest.raises(BadState):
        load(wrong)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("phase", "lunch", r"state\.phase: not a Phase"),
        ("question_count", "2", r"state\.question_count: not of type int"),
        ("question_count", True, r"state\.question_count: not of type int"),
        ("connected", 1, r"state\.connected: not of type bool"),
        ("said", {}, r"state\.said: not a list"),
        ("said", [{}], r"state\.said\[0\]: not the fields of Said"),
        ("prompt", "Why?", r"state\.prompt: not the fields of Prompt"),
        ("closing", "never", r"state\.closing: not a Outcome"),
        ("now", {"audio": 0}, "now: not the fields of Now"),
        ("timers", None, "timers: not a list"),
        ("timers", [5], r"timers\[0\]: not a timer"),
        ("timers", [{"name": "silence", "due": 5}], r"timers\[0\]: not a timer"),
        ("timers", [{"name": "lunch", "left": 5}], r"timers\[0\]\.name: not a TimerName"),
        ("timers", [{"name": "silence", "left": "5"}], r"timers\[0\]\.left: not of type int"),
        ("rules", {**dump(new(1))["rules"], "silence": 0}, r"state\.rules: durations must be positive: silence"),
        ("surprise", 1, "state: not the fields of State"),
        ("question_number", 3, "more questions asked than planned"),
        ("question_number", -1, "a negative number"),
        ("turn_number", 0, "more questions than turns"),
        ("prompt", None, "neither or both"),
        ("pending", [PENDING], "neither or both"),
        ("finishing", True, "finishing without closing"),
        ("closing", "skipped", "a timer of an open turn without one"),
        ("task_id", "sum", "a task outside the code phase"),
        ("code_questions", 5, "a wrong number of questions about the code"),
        ("playing", "u5", "a voice that nobody hears"),
        ("held", "c2", "a wait of a voice that does not speak"),
        ("connected", False, "voices without a connection"),
        ("phase", "finished", "unfinished work in phase finished; a timer in phase finished"),
        ("phase", "waiting", "unfinished work in phase waiting"),
        ("timers", [], "no limit of the interview"),
        ("timers", [{"name": "interview", "left": 5}] * 2, "two timers of one name"),
        ("timers", [{"name": name, "left": 5} for name in ("interview", "code")], "a timer of another phase"),
        ("timers", [{"name": name, "left": 5} for name in ("interview", "text")], "a wait for texts"),
    ],
)
def test_a_state_that_is_wrong_in_one_place(name: str, value: object, message: str) -> None:
    with pytest.raises(BadState, match=message):
        load(document() | {name: value})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"heard": 2}, "two utterances in one"),
        ({"turn_number": 9}, "an utterance that answers another turn"),
    ],
)
def test_utterances_that_cannot_be(changes: dict[str, Any], message: str) -> None:
    wrong = document()
    if "heard" in changes:
        changes = {"heard": wrong["heard"] * changes["heard"]}
    with pytest.raises(BadState, match=message):
        load(wrong | changes)


@pytest.mark.parametrize("name", sorted(dump(new(1))))
def test_each_field_is_needed(name: str) -> None:
    wrong = document()
    del wrong[name]
    with pytest.raises(BadState):
        load(wrong)


def test_an_answer_needs_a_turn() -> None:
    wrong = dump(awaiting_question().state) | {"reminded": True}
    with pytest.raises(BadState, match="an answer without a turn"):
        load(wrong)


def test_an_ended_interview_has_no_open_turn() -> None:
    wrong = dump(finished().state) | {"closing": "skipped"}
    with pytest.raises(BadState, match="an open turn in phase finished"):
        load(wrong)
