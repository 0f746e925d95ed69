"""A model's answer while it is written: decided first, then words; whatever else comes is refused."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.interviewer import prompts
from interviews.domain.interviewer.drafts import Choice, QuestionDraft, Unusable
from interviews.domain.interviewer.options import Options, options
from providers.llm.scripted import decision
from tests.interviews.domain.interviewer.briefs import DUNNO, FIVE, THIN, brief, question

OTHER = question("backend-easy", "http", 1)
PLAN = (FIVE[0], question("backend-b", "caching", 2, alternatives=(OTHER,)), *FIVE[2:])
MAY = options(brief(THIN, questions=PLAN))


def test_what_is_offered() -> None:
    assert prompts.moves(MAY) == ("follow_up", "question")
    assert {name: one.key for name, one in prompts.names(MAY).items()} == {
        "question_1": "backend-b",
        "question_2": "backend-easy",
    }
    assert prompts.schema(MAY)["properties"]["next"]["enum"] == ["follow_up", "question_1", "question_2"]


def test_without_questions_left_it_may_end() -> None:
    may = options(brief(THIN, questions=FIVE[:1]))
    assert prompts.moves(may) == ("follow_up", "end")
    draft = QuestionDraft(may)
    draft.add(decision("", next_="end"))
    draft.finish()
    assert draft.choice == Choice("", "")


@pytest.mark.parametrize(
    ("move", "choice"),
    [
        ("question", Choice("question", "backend-b")),
        ("question_1", Choice("question", "backend-b")),
        ("question_2", Choice("question", "backend-easy")),
        ("follow_up", Choice("follow_up", "backend-a+model")),
    ],
)
def test_moves(move: str, choice: Choice) -> None:
    draft = QuestionDraft(MAY)
    draft.add(decision("And why?", next_=move))
    draft.finish()
    assert (draft.choice, draft.words) == (choice, "And why?")


@pytest.mark.parametrize("move", ["end", "question_3", "hire", "", "question_0"])
def test_moves_that_are_not_offered(move: str) -> None:
    with pytest.raises(Unusable):
        QuestionDraft(MAY).add(decision("And why?", next_=move))


def test_who_does_not_know_cannot_be_followed_up_by_a_model_either() -> None:
    with pytest.raises(Unusable):
        QuestionDraft(options(brief(DUNNO))).add(decision("But why?", next_="follow_up"))


def test_words_before_the_decision_are_refused() -> None:
    with pytest.raises(Unusable):
        QuestionDraft(MAY).add('{"words": "First?", ')


@given(st.text(max_size=80), st.lists(st.integers(1, 9), max_size=40))
def test_in_whatever_pieces_it_comes(words: str, cuts: list[int]) -> None:
    """What is there is always a beginning of what will be."""
    text, draft, seen = json.dumps({"next": "question", "words": words}), QuestionDraft(MAY), [""]
    for cut in [*cuts, len(text)]:
        piece, text = text[:cut], text[cut:]
        draft.add(piece)
        seen.append(draft.words)
    draft.finish()
    assert draft.words == " ".join(words.split())
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))


@given(st.text(max_size=60))
def test_whatever_comes_is_words_or_refused(text: str) -> None:
    draft = QuestionDraft(MAY)
    try:
        draft.add(text)
        draft.finish()
    except Unusable:
        return
    assert draft.choice is not None


def test_options_that_offer_nothing() -> None:
    assert prompts.moves(Options(None, None, False, ())) == ("end",)
