"""What a model is told about code, and what it may answer."""

import json
from dataclasses import replace
from typing import Any

import pytest

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups import prompts
from interviews.coding.follow_ups.about import About, Verdict
from interviews.coding.follow_ups.prompts import CodeDraft
from interviews.domain.interviewer.drafts import Choice, Unusable
from providers.llm.scripted import decision
from tests.interviews.coding.follow_ups.submissions import (
    FAILED,
    OF_KINDS,
    PASSED,
    PYTHON,
    SHORT,
    about,
    after,
    offered,
)
from tests.interviews.domain.test_bank import LANGUAGES


def told(submission: About) -> dict[str, Any]:
    request = prompts.request(submission, offered(submission))
    found: dict[str, Any] = json.loads(request.data.partition("\n")[2].rpartition("\n")[0])
    return found


def test_the_submission_is_told_as_data() -> None:
    submission = about(verdict=FAILED, title="Rooms", statement="How many rooms?", position="Developer")
    data = told(submission)
    assert data["code"][7] == "8:     for first in meetings:"
    assert (data["task"], data["statement"], data["position"]) == ("Rooms", "How many rooms?", "Developer")
    assert (data["written_in"], data["tests"]) == ("python", "some passed")
    assert data["failed_for"] == [
        "the input is unlike any of the examples, though the rules of the task allow it",
        "there is nothing in the input",
    ]
    assert data["may_ask"][0] == {
        "next": "question_1",
        "about": "nested_loop",
        "line": 8,
        "for_example": offered(submission)[0].text,
    }
    assert (data["asked_before"], data["conversation"]) == ([], [])


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (None, "not judged yet"),
        (PASSED, "all passed"),
        (Verdict(0, 0), "none"),
        (Verdict(0, 3), "none passed"),
        (Verdict(0, 3, compiled=False), "does not compile"),
    ],
)
def test_the_verdict_in_words(verdict: Verdict | None, words: str) -> None:
    assert told(about(verdict=verdict))["tests"] == words


def test_what_was_asked_is_told() -> None:
    first = offered(about())[0]
    data = told(after(about(), first, "It is quadratic, which is fine for a thousand meetings, as the statement says."))
    assert data["asked_before"] == [first.text]
    assert [one["who"] for one in data["conversation"]] == ["interviewer", "candidate"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_offered_may_be_chosen(kind: Kind, language: str) -> None:
    submission = replace(OF_KINDS[kind], language=language)
    may = offered(submission)
    request = prompts.request(submission, may)
    names = [f"question_{number}" for number in range(1, len(may) + 1)]
    assert request.schema["properties"]["next"]["enum"] == [*names, "code"]
    assert "follow_up" not in request.rules
    answered = after(submission, may[0])
    assert prompts.schema(answered, offered(answered))["properties"]["next"]["enum"][-1] == "follow_up"


def test_much_code_is_told_in_part() -> None:
    data = told(about("x = 1\n" * 40_000))
    assert sum(map(len, data["code"])) < prompts.MOST_CODE * 2
    assert len(data["code"]) == prompts.MOST_CODE // 6 + 1


def choice(submission: About, move: str) -> Choice | None:
    draft = CodeDraft(submission, offered(submission))
    draft.add(decision("What does line 8 cost?", next_=move))
    return draft.choice


def test_what_a_move_means() -> None:
    submission = after(about(), offered(about())[0])
    assert choice(submission, "question_1") == Choice("follow_up", "algo-rooms+vague_name:17")
    assert choice(submission, "question") == choice(submission, "question_1")
    assert choice(submission, "question_2") == Choice("follow_up", "algo-rooms+unguarded:24")
    assert choice(submission, "code") == Choice("follow_up", "algo-rooms+code")
    assert choice(submission, "follow_up") == Choice("follow_up", "algo-rooms+model")


@pytest.mark.parametrize("move", ["end", "question_99", "follow_up", "hire", ""])
def test_other_moves_are_refused(move: str) -> None:
    with pytest.raises(Unusable):
        choice(about(), move)


def test_a_nudge_is_a_follow_up() -> None:
    submission = after(about(), offered(about())[0], SHORT)
    assert [one.aim for one in offered(submission)] == ["nudge"]
    assert prompts.schema(submission, offered(submission))["properties"]["next"]["enum"] == ["code", "follow_up"]


CHECKED = [
    ("What does the loop in line 8 of overlaps cost when the list is long?", ""),
    ("Why is sorted called in line 25, and what would break without it?", ""),
    ("It says for first in meetings for second in meetings, why?", "code read out"),
    ("Your score is 10 out of 10. What is next?", "a score, a verdict or the rules"),
    ("What does `found` hold?", "markup"),
    ("Why?", "too short"),
]


@pytest.mark.parametrize(("words", "problem"), CHECKED)
def test_what_may_be_said(words: str, problem: str) -> None:
    assert prompts.check_of(about(PYTHON), "=== mark ===").whole(words) == problem


def test_what_was_asked_is_not_asked_again() -> None:
    first = offered(about())[0]
    assert prompts.check_of(after(about(), first), "=== mark ===").whole(first.text) == "asked before"


def test_a_text_has_no_numbers_of_lines() -> None:
    submission = OF_KINDS[Kind.WRITTEN]
    data = told(submission)
    assert data["code"][0] == "Goal: more people come back in their second week."
    assert {one["line"] for one in data["may_ask"]} == {0}
    assert "no numbers of lines" in prompts.request(submission, offered(submission)).rules
    assert "by its number" in prompts.request(about(), offered(about())).rules
