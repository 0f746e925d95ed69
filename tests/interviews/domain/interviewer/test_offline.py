"""What the offline interviewer asks: pure functions over a brief, no database."""

from dataclasses import replace

import pytest

from interviews.domain.interviewer import follow_ups
from interviews.domain.interviewer.brief import Exchange
from interviews.domain.interviewer.offline import Step, by_plan, decide
from interviews.domain.interviewer.options import options
from interviews.domain.interviewer.reading import read_question
from interviews.domain.plan import PlannedQuestion, aim_of
from tests.interviews.domain.interviewer.briefs import (
    DUNNO,
    FIVE,
    GOOD,
    INTRODUCTION,
    RICH,
    SHORT,
    THIN,
    after,
    brief,
    conversation,
    question,
)

OWN = question("resume-skill-example:1", "skill", 2)


def asked(step: Step) -> tuple[str, str]:
    return step.kind, step.key


def test_after_the_introduction_comes_the_plans_first_question() -> None:
    assert decide(brief()) == Step("question", "backend-a", "The question backend-a?")


VAGUE = "We cached various things and so on with the write path and the index, as one usually does in such cases."
STORIES = {
    "short": SHORT,
    "example": "An index is a sorted structure that the engine keeps beside the table so that it reads less of it.",
    "own_part": "In that project the index on the orders was missing and the locks made every write wait for long.",
    "result": "In that project I built the index on the orders myself and wrote all of the queries that use it.",
    "figure": "In that project I built the index on the orders myself, and in the end writes took 12 ms for all.",
    "why": "In that project I built the index on the orders myself, and in the end writes were fast for us all.",
}


@pytest.mark.parametrize(
    ("answer", "aim"),
    [(SHORT, "short"), (THIN, "more"), (VAGUE, "example"), (f"{GOOD} It took 340 ms.", "figure"), (RICH, "further")],
)
def test_an_explanation_is_followed_up_by_what_it_lacks(answer: str, aim: str) -> None:
    assert asked(decide(brief(answer))) == ("follow_up", f"backend-a+{aim}")


def test_a_good_explanation_is_not_followed_up() -> None:
    assert asked(decide(brief(GOOD))) == ("question", "backend-b")


@pytest.mark.parametrize(("aim", "answer"), STORIES.items())
def test_a_story_is_followed_up_by_what_it_lacks(aim: str, answer: str) -> None:
    assert asked(decide(brief(answer, questions=(OWN, *FIVE)))) == ("follow_up", f"{OWN.key}+{aim}")


def test_a_figure_is_named_and_nothing_else_of_the_answer() -> None:
    step = decide(brief(f"{RICH} It took 340 ms."))
    assert "340 ms" in step.text


@pytest.mark.parametrize("answer", ["", "   ", DUNNO, "No idea.", "Let's skip that one."])
def test_who_does_not_know_is_not_asked_again(answer: str) -> None:
    assert asked(decide(brief(answer))) == ("question", "backend-b")


def test_what_is_not_known_beside_much_that_is_known_is_no_refusal() -> None:
    answer = f"I don't know the details of the optimiser. {RICH}"
    reading = read_question(brief(answer), 1)
    assert reading is not None
    assert not reading.declined


def test_at_most_two_follow_ups_a_question() -> None:
    first = brief(THIN)
    second = after(first, decide(first), THIN)
    third = after(second, decide(second), THIN)
    assert [decide(one).kind for one in (first, second, third)] == ["follow_up", "follow_up", "question"]
    assert aim_of(decide(first).key) != aim_of(decide(second).key)


@pytest.mark.parametrize("answer", [SHORT, "", DUNNO, RICH], ids=["short", "silent", "unknown", "enough"])
def test_a_follow_up_that_brings_nothing_or_all_is_the_last(answer: str) -> None:
    first = brief(THIN)
    assert decide(after(first, decide(first), answer)).kind == "question"


def test_what_follow_ups_bring_counts_for_their_question() -> None:
    first = brief(THIN)
    second = after(first, decide(first), "Every write has to keep the index, and locks are held longer.")
    reading = read_question(second, 1)
    assert reading is not None
    assert reading.analysis.coverage == 1


def test_at_most_six_follow_ups_an_interview() -> None:
    many = tuple(question(f"backend-{n}", f"topic {n}") for n in range(9))
    steps = conversation(brief(questions=many), [THIN])
    assert [step.kind for step in steps].count("follow_up") == 6
    assert [step.key for step in steps if step.kind == "question"] == [one.key for one in many]


def test_no_follow_up_once_the_questions_time_is_spent() -> None:
    """Two minutes for a question of the first difficulty are 300 words."""
    assert decide(brief(f"{THIN} {'word ' * 200}")).kind == "follow_up"
    assert decide(brief(f"{THIN} {'word ' * 300}")).kind == "question"


@pytest.mark.parametrize(
    ("kind", "seconds_left"),
    [("follow_up", None), ("follow_up", 900), ("question", 899), ("question", 660), ("", 659), ("", 0)],
)
def test_time_that_runs_out_ends_follow_ups_first_then_questions(kind: str, seconds_left: int | None) -> None:
    """Ten minutes are kept for the task, one for each of the four questions left and for the follow-up itself."""
    assert decide(brief(THIN, seconds_left=seconds_left)).kind == kind


def test_an_exhausted_topic_is_left() -> None:
    same = (question("backend-a"), question("backend-b"), question("backend-c", "queues"))
    assert asked(decide(brief(DUNNO, questions=same))) == ("question", "backend-c")
    assert asked(decide(brief(GOOD, questions=same))) == ("question", "backend-b")


def test_an_exhausted_topic_comes_again_when_nothing_else_is_left() -> None:
    same = (question("backend-a"), question("backend-b"))
    assert asked(decide(brief(DUNNO, questions=same))) == ("question", "backend-b")


def steps_of(*answers: str) -> tuple[PlannedQuestion, ...]:
    easier, harder = question("backend-easy", "http", 1), question("backend-hard", "sagas", 3)
    third = question("backend-c", "queues", 2, alternatives=(easier, harder))
    return options(brief(*answers, questions=(*FIVE[:2], third, *FIVE[3:]))).questions


def test_two_strong_answers_bring_a_harder_question_and_two_weak_ones_an_easier() -> None:
    assert [one.key for one in steps_of(RICH, RICH)] == ["backend-hard", "backend-c", "backend-easy"]
    assert [one.key for one in steps_of(DUNNO, DUNNO)] == ["backend-easy", "backend-c", "backend-hard"]
    for answers in [(RICH, DUNNO), (DUNNO, RICH)]:
        assert [one.key for one in steps_of(*answers)] == ["backend-c", "backend-easy", "backend-hard"]


def test_a_question_in_anothers_place_takes_it() -> None:
    harder = question("backend-hard", "sagas", 3)
    third = question("backend-c", "queues", 2, alternatives=(harder,))
    now = brief(GOOD, GOOD, questions=(*FIVE[:2], third, *FIVE[3:]))
    step = decide(now)
    assert asked(step) == ("question", "backend-hard")
    assert asked(decide(after(now, step, DUNNO))) == ("question", "backend-d")


def test_enough_evidence_ends_the_questions() -> None:
    assert decide(brief(GOOD, GOOD, GOOD)).kind == "question"
    assert decide(brief(GOOD, GOOD, GOOD, GOOD)) == Step()
    assert decide(brief(GOOD, GOOD, GOOD, DUNNO)).kind == "question"


def test_what_the_vacancy_asks_for_is_always_asked() -> None:
    must = question("vacancy-unshown-near:1", "unshown")
    assert asked(decide(brief(GOOD, GOOD, GOOD, GOOD, questions=(*FIVE[:4], must)))) == ("question", must.key)


def test_the_plans_end_is_the_end() -> None:
    assert decide(brief(DUNNO, DUNNO, DUNNO, DUNNO, DUNNO)) == Step()
    assert decide(brief(questions=())) == Step()


def test_no_words_come_twice() -> None:
    now = brief(THIN)
    used = [Exchange(0, "", text, "") for text in follow_ups.wordings("more", "en")[:-1]]
    step = decide(replace(now, exchanges=(*used, *now.exchanges)))
    assert step.text == follow_ups.wordings("more", "en")[-1]
    all_used = [Exchange(0, "", text, "") for text in follow_ups.wordings("more", "en")]
    assert aim_of(decide(replace(now, exchanges=(*all_used, *now.exchanges))).key) == "why"


def test_a_key_that_the_plan_does_not_know_is_followed_by_the_next_question() -> None:
    stranger = Exchange(1, "backend-of-another-release", "Why?", THIN)
    assert decide(replace(brief(), exchanges=(INTRODUCTION, stranger))).kind == "question"


def test_the_plan_word_for_word() -> None:
    now = brief(SHORT)
    assert [by_plan(now, number).key for number in range(6)] == [*(one.key for one in FIVE), ""]
    assert by_plan(now, -1) == Step()
