"""One whole interview, effect by effect, and the shapes that an interview can take."""

from interviews.engine import (
    CodeSubmitted,
    Complete,
    EnterPhase,
    Kind,
    Line,
    Now,
    Opened,
    Outcome,
    PresentTask,
    PromptEnded,
    QuestionReady,
    Recognised,
    RequestQuestion,
    RequestTask,
    SaveTurn,
    SaveUtterance,
    Say,
    SpeechEnded,
    SpeechStarted,
    TaskReady,
    Tick,
    new,
    step,
)
from tests.interviews.engine.talk import Talk, awaiting_question, awaiting_task, in_code, names

SCRIPT = [
    (Opened(voice=True), 0, 0),
    (PromptEnded("u1"), 0, 3_000),  # the greeting; the prompt is still to be heard
    (PromptEnded("u2"), 0, 5_000),
    (SpeechStarted("c1"), 1_000, 6_000),
    (SpeechEnded("c1"), 4_000, 9_000),
    (Recognised("c1", " I build compilers. ", 1_000, 4_000, "fake", 0.75), 4_200, 9_200),
    (Tick(), 18_999, 23_999),
    (Tick(), 19_000, 24_000),  # 15 s after the speech
    (QuestionReady("e4", "What is a lock?", key="locks"), 19_000, 25_000),
    (PromptEnded("u3"), 19_000, 26_000),  # the notice
    (PromptEnded("u5"), 19_000, 28_000),
    (SpeechStarted("c2"), 20_000, 29_000),
    (SpeechEnded("c2"), 22_000, 31_000),
    (Tick(), 23_200, 32_200),  # the endpoint has passed, but the text is not here
    (Recognised("c2", "A way to wait.", 20_000, 22_000, "fake", 0.5), 23_300, 32_300),
    (QuestionReady("e6", ""), 23_300, 33_000),
    (TaskReady("e8", "sum", "Sums", 600_000), 23_300, 33_100),
    (PromptEnded("u10"), 23_300, 36_000),
    (CodeSubmitted("sum", "r1"), 25_000, 90_000),
    (QuestionReady("e12", "Why a loop?", "follow_up", "sum+loop"), 25_000, 91_000),
    (PromptEnded("u11"), 25_000, 92_000),
    (PromptEnded("u13"), 25_000, 94_000),
    (SpeechStarted("c3"), 26_000, 95_000),
    (SpeechEnded("c3"), 28_000, 97_000),
    (Recognised("c3", "It is short.", 26_000, 28_000, "fake", 0.5), 29_300, 98_300),
    (QuestionReady("e14", ""), 29_300, 99_000),
]

EFFECTS = [
    EnterPhase("intro"),
    Say("u1", "intro", Kind.GREETING, line=Line.GREETING, question_count=3),
    Say("u2", "intro", Kind.PROMPT, line=Line.INTRO_PROMPT, question_count=3, prompt=True),
    SaveUtterance("c1", 1, 0, "intro", "I build compilers.", "voice", "fake", 0.75, 1_000, 4_000),
    SaveTurn(
        1,
        "intro",
        Kind.PROMPT,
        0,
        "",
        "intro_prompt",
        "I build compilers.",
        "voice",
        Outcome.ANSWERED,
        0,
        24_000,
    ),
    EnterPhase("question"),
    Say("u3", "question", Kind.NOTICE, line=Line.INTRO_OVER, question_count=3),
    RequestQuestion("e4", "I build compilers.", 0, "u5"),
    Say("u5", "question", Kind.QUESTION, text="What is a lock?", question_number=1, question_count=3, prompt=True),
    SaveUtterance("c2", 2, 1, "question", "A way to wait.", "voice", "fake", 0.5, 20_000, 22_000),
    SaveTurn(
        2,
        "question",
        Kind.QUESTION,
        1,
        "locks",
        "What is a lock?",
        "A way to wait.",
        "voice",
        Outcome.ANSWERED,
        25_000,
        32_300,
    ),
    RequestQuestion("e6", "A way to wait.", 1, "u7"),
    RequestTask("e8"),
    EnterPhase("code"),
    Say("u9", "code", Kind.NOTICE, line=Line.QUESTIONS_OVER, question_number=1, question_count=3),
    PresentTask("u10", "sum"),
    SaveTurn(3, "code", Kind.TASK, 0, "sum", "Sums", "", "", Outcome.ANSWERED, 33_100, 90_000),
    Say("u11", "code", Kind.NOTICE, line=Line.CODE_TAKEN, question_number=1, question_count=3),
    RequestQuestion("e12", "", 1, "u13"),
    Say("u13", "code", Kind.FOLLOW_UP, text="Why a loop?", question_number=1, question_count=3, prompt=True),
    SaveUtterance("c3", 4, 0, "code", "It is short.", "voice", "fake", 0.5, 26_000, 28_000),
    SaveTurn(
        4,
        "code",
        Kind.FOLLOW_UP,
        0,
        "sum+loop",
        "Why a loop?",
        "It is short.",
        "voice",
        Outcome.ANSWERED,
        91_000,
        98_300,
    ),
    RequestQuestion("e14", "It is short.", 1, "u15"),
    Say("u16", "code", Kind.CLOSING, line=Line.CLOSING, question_number=1, question_count=3),
    EnterPhase("finished"),
    Complete("completed"),
]


def play() -> list[object]:
    state, done = new(3), []
    for event, audio, wall in SCRIPT:
        state, effects = step(state, event, Now(audio, wall))
        done += effects
    return done


def test_a_whole_interview_effect_by_effect() -> None:
    assert play() == EFFECTS


def test_the_same_events_at_the_same_times_give_the_same_effects() -> None:
    assert play() == play()


def test_without_a_task_the_questions_lead_to_the_closing() -> None:
    talk = awaiting_task()
    assert names(talk.give_task("")) == ["closing: closing", "EnterPhase", "Complete"]
    assert talk.state.phase == "finished"
    assert not any(isinstance(effect, Say) and effect.line is Line.QUESTIONS_OVER for effect in talk.log)


def test_the_planned_questions_are_the_most_that_are_asked() -> None:
    talk = awaiting_question(questions=1)
    talk.ask("First?")
    talk.read("Yes.")
    assert names(talk.ask("Second?")) == ["RequestTask e8"]
    assert talk.state.question_number == 1


def test_a_follow_up_keeps_the_number_of_its_question() -> None:
    talk = awaiting_question(questions=1)
    talk.ask("First?")
    talk.read("Yes.")
    (said,) = talk.ask("Why so?", kind="follow_up", key="k.1")
    assert said == Say(
        "u7", "question", Kind.FOLLOW_UP, text="Why so?", question_number=1, question_count=1, prompt=True
    )
    talk.read("Because.")
    assert [(turn.number, turn.kind, turn.question_number) for turn in talk.turns] == [
        (1, "prompt", 0),
        (2, "question", 1),
        (3, "follow_up", 1),
    ]


def test_a_follow_up_with_nothing_to_follow_is_a_question() -> None:
    talk = awaiting_question()
    (said,) = talk.ask("Why so?", kind="follow_up")
    assert (said.kind, said.question_number) == (Kind.QUESTION, 1)


def test_an_interview_without_planned_questions_goes_to_the_task() -> None:
    talk = awaiting_question(questions=0)
    assert names(talk.ask("Anything?")) == ["RequestTask e6"]


def test_results_under_unknown_ids_change_nothing() -> None:
    talk = awaiting_question()
    before = talk.state
    assert talk.send(QuestionReady("e99", "Why?")) == []
    assert talk.send(TaskReady(talk.pending, "sum")) == []  # the id of a question
    assert talk.state == before
    talk.ask("Why?")
    before = talk.state
    assert talk.send(QuestionReady("e4", "Why, again?")) == []  # the same result twice
    assert talk.state == before


def test_a_task_is_not_shown_twice() -> None:
    talk = awaiting_task()
    effect_id = talk.pending
    talk.give_task()
    before = talk.state
    assert talk.send(TaskReady(effect_id, "other")) == []
    assert talk.state == before


def test_phases_and_turns_of_a_spoken_interview() -> None:
    talk = Talk(questions=2)
    talk.open()
    talk.hear("I am Alice. That's all.")
    for number in (1, 2):
        talk.ask(f"Question {number}?")
        talk.hear(f"This is answer {number}.")
        talk.wait(420)
    talk.ask("")
    talk.give_task()
    talk.send(CodeSubmitted("sum", "r1"))
    assert [(turn.number, turn.answer, turn.outcome) for turn in talk.turns] == [
        (1, "I am Alice. That's all.", "answered"),
        (2, "This is answer 1.", "answered"),
        (3, "This is answer 2.", "answered"),
        (4, "", "answered"),
    ]
    talk.ask("")
    assert [effect.phase for effect in talk.log if isinstance(effect, EnterPhase)] == [
        "intro",
        "question",
        "code",
        "finished",
    ]


def test_a_task_may_have_no_limit() -> None:
    talk = awaiting_task()
    talk.give_task(limit_ms=0)
    assert [timer.name for timer in talk.state.timers] == ["interview"]
    assert in_code().state.timers[-1].name == "code"
