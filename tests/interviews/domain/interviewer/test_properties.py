"""What holds of every interview, whatever is answered."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.offline import decide
from interviews.domain.plan import question_of
from tests.interviews.domain.interviewer.briefs import DUNNO, GOOD, RICH, SHORT, THIN, after, conversation, planned
from tests.interviews.domain.test_bank import LANGUAGES

PLANS = {language: planned(language) for language in LANGUAGES}
ANSWER = st.one_of(st.sampled_from([RICH, GOOD, THIN, SHORT, DUNNO, ""]), st.text(max_size=300))
ANSWERS = st.lists(ANSWER, min_size=1, max_size=12)


def numbered(start: Brief, answers: list[str]) -> list[Brief]:
    """Every brief on the way."""
    briefs = [start]
    for answer in answers:
        step = decide(briefs[-1])
        if not step.kind:
            break
        briefs.append(after(briefs[-1], step, answer))
    return briefs


@given(st.sampled_from(LANGUAGES), ANSWERS)
@settings(max_examples=60, deadline=None)
def test_every_interview_ends_and_repeats_nothing(language: str, answers: list[str]) -> None:
    start = PLANS[language]
    steps = conversation(start, answers)
    questions = [step.key for step in steps if step.kind == "question"]
    follow_ups = Counter(question_of(step.key) for step in steps if step.kind == "follow_up")
    assert len({step.text for step in steps}) == len(steps)
    assert len(set(questions)) == len(questions) <= len(start.plan)
    assert all(count <= 2 for count in follow_ups.values())
    assert follow_ups.total() <= 6
    assert set(follow_ups) <= set(questions)
    assert all(step.text.strip() for step in steps)


@given(st.sampled_from(LANGUAGES), ANSWERS)
@settings(max_examples=30, deadline=None)
def test_the_same_brief_brings_the_same_step(language: str, answers: list[str]) -> None:
    for brief in numbered(PLANS[language], answers):
        assert decide(brief) == decide(brief)


@given(ANSWERS, st.integers(0, 3_000))
@settings(max_examples=40, deadline=None)
def test_less_time_never_means_more_questions(answers: list[str], seconds: int) -> None:
    """Whoever is out of time is asked nothing; whoever has little is not held up by follow-ups."""
    briefs = numbered(PLANS["en"], answers)
    for brief in briefs:
        hurried = decide(Brief(brief.language, brief.plan, brief.exchanges, seconds_left=seconds))
        if seconds < 660:
            assert not hurried.kind
        assert hurried.kind in {decide(brief).kind, "question", ""}
