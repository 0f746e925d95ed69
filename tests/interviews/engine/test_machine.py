"""Random interviews: whatever comes in whatever order, the state stays sound and nothing is lost or doubled."""

import json
from collections import Counter
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interviews.engine import (
    CELLS,
    TRANSITIONS,
    Action,
    Cell,
    Closed,
    CodeSubmitted,
    Complete,
    Control,
    Effect,
    Ended,
    Ending,
    EnterPhase,
    Event,
    HandIn,
    IllegalEvent,
    Kind,
    Now,
    Opened,
    Phase,
    PresentTask,
    PromptEnded,
    QuestionReady,
    Recognised,
    RequestQuestion,
    RequestTask,
    Rules,
    SaveTurn,
    SaveUtterance,
    Say,
    SpeakingStarted,
    SpeakingStopped,
    SpeechEnded,
    SpeechHeard,
    SpeechPaused,
    SpeechStarted,
    SpeechWentOn,
    TaskReady,
    Tick,
    Typed,
    UtteranceEnded,
    dump,
    load,
    new,
    step,
)
from interviews.engine.invariants import problems

TEXTS = st.sampled_from(["", "words", "More words that end here.", "That's all.", "mm", "Let me think."])
NUMBERS = st.integers(1, 6)
LENGTHS = st.sampled_from([0, 40, 420, 3_200, 14_999, 15_000, 60_000, 200_000])


class Interview(RuleBasedStateMachine):
    """Events of every type, also in places where they make no sense; time in small and large pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.audio = self.wall = self.count = 0
        self.broken_off = False
        self.log: list[Effect] = []
        self.saved: Counter[str] = Counter()  # utterances

    @initialize(questions=st.integers(0, 3))
    def begin(self, questions: int) -> None:
        self.state = new(questions, Rules(interview=400_000))

    def send(self, event: Event) -> tuple[Effect, ...]:
        before, stored = self.state, dump(self.state)
        now = Now(self.audio, self.wall)
        if CELLS[before.phase][type(event)] is Cell.ILLEGAL:
            try:
                step(before, event, now)
            except IllegalEvent:
                return ()
            raise AssertionError("an illegal event was taken")
        self.state, effects = step(before, event, now)
        assert step(before, event, now) == (self.state, effects), "not deterministic"
        assert load(stored) == before, "the old state was changed"
        self.log += effects
        self.saved.update(effect.utterance_id for effect in effects if isinstance(effect, SaveUtterance))
        return effects

    def new_id(self) -> str:
        self.count += 1
        return f"c{self.count}"

    @rule(voice=st.booleans(), typed=st.booleans())
    def open(self, voice: bool, typed: bool) -> None:
        self.send(Opened(voice, typed))

    @rule()
    def close(self) -> None:
        self.send(Closed())

    @rule(ms=LENGTHS, audio=st.booleans())
    @precondition(lambda self: self.state.connected)
    def time_passes(self, ms: int, audio: bool) -> None:
        self.wall += ms
        self.audio += ms if audio and self.state.listening else 0
        self.send(Tick())

    @rule()
    def voice_over(self) -> None:
        self.send(PromptEnded(self.state.playing or "u1"))

    @rule(heard=st.sampled_from(["", "Why", "Why?"]))
    def voice_begins_or_stops(self, heard: str) -> None:
        pending = [one.utterance_id for one in self.state.pending]
        self.send(SpeakingStarted(pending[0] if pending else "u1"))
        self.send(SpeakingStopped(self.state.prompt.utterance_id if self.state.prompt else "u1", heard))

    @rule(replayed=st.booleans())
    def start_speech(self, replayed: bool) -> None:
        self.send(SpeechStarted(self.new_id(), replayed))

    @rule(text=TEXTS)
    def pause(self, text: str) -> None:
        self.send(SpeechPaused(self.state.speaking or "c0", text, self.audio))

    @rule(ms=st.sampled_from([0, 300, 2_000]))
    def go_on(self, ms: int) -> None:
        self.send(SpeechWentOn(self.state.speaking or "c0", ms))

    @rule(text=TEXTS)
    def understand(self, text: str) -> None:
        self.send(SpeechHeard(self.state.speaking or "c0", text))

    @rule()
    def end_speech(self) -> None:
        self.send(SpeechEnded(self.state.speaking or "c0"))

    @rule(text=TEXTS, nth=st.integers(0, 3))
    def recognise(self, text: str, nth: int) -> None:
        ids = [one.utterance_id for one in self.state.heard] or ["c0"]
        self.send(Recognised(ids[nth % len(ids)], text))

    @rule(text=TEXTS)
    def write(self, text: str) -> None:
        self.send(Typed(self.new_id(), text))

    @rule()
    def end_utterance(self) -> None:
        self.send(UtteranceEnded())

    @rule(action=st.sampled_from([action for action in Action if action is not Action.END_INTERVIEW]))
    def press(self, action: Action) -> None:
        self.send(Control(action))

    @rule(text=st.sampled_from(["Why?", "How?", ""]), kind=st.sampled_from(["question", "follow_up"]))
    def ask(self, text: str, kind: str) -> None:
        effect_id = self.state.pending[0].effect_id if self.state.pending else "e1"
        self.send(QuestionReady(effect_id, text, kind, "k"))

    @rule(task_id=st.sampled_from(["sum", ""]))
    def give_task(self, task_id: str) -> None:
        effect_id = self.state.pending[0].effect_id if self.state.pending else "e1"
        self.send(TaskReady(effect_id, task_id, "Sums", 100_000))

    @rule(task_id=st.sampled_from(["sum", "other"]))
    def submit(self, task_id: str) -> None:
        self.send(CodeSubmitted(task_id, "r1"))

    @rule(reason=st.sampled_from(Ending))
    @precondition(lambda self: self.count > 12)
    def break_off(self, reason: Ending) -> None:
        self.broken_off |= not self.state.phase.over
        self.send(Ended(reason))

    @rule()
    @precondition(lambda self: self.count > 8)
    def finish(self) -> None:
        self.send(Control(Action.END_INTERVIEW))

    @rule(answer=st.booleans())
    @precondition(lambda self: self.state.phase is Phase.QUESTION)
    def hurry_to_the_code(self, answer: bool) -> None:
        """Few random walks come so far by themselves."""
        for _ in range(9):
            self.write("words") if answer else self.press(Action.SKIP_QUESTION)
            self.ask("", "question")
            self.give_task("sum")

    @rule(voice=st.booleans())
    @precondition(lambda self: not (self.state.phase is Phase.WAITING or self.state.phase.over))
    def kill_and_open(self, voice: bool) -> None:
        """Another process goes on from what was stored: the same prompt, or the same request."""
        before = self.state = load(json.loads(json.dumps(dump(self.state))))
        effects = self.send(Opened(voice))
        assert self.state.phase.over or self.state.turn_number == before.turn_number
        if before.pending:
            assert [effect.effect_id for effect in effects if isinstance(effect, RequestQuestion | RequestTask)] == [
                pending.effect_id for pending in before.pending
            ]
        elif before.closing is None:
            (again,) = effects
            assert isinstance(again, Say | PresentTask)
            assert again.repeat
            assert self.state.said == before.said

    @invariant()
    def state_is_sound(self) -> None:
        assert problems(self.state) == []
        assert load(json.loads(json.dumps(dump(self.state)))) == self.state

    @invariant()
    def turns_are_numbered_without_gaps(self) -> None:
        numbers = [effect.number for effect in self.log if isinstance(effect, SaveTurn)]
        assert numbers == list(range(1, len(numbers) + 1))
        if not self.state.phase.over:
            assert self.state.turn_number - len(numbers) == (self.state.prompt is not None)

    @invariant()
    def no_more_questions_than_planned(self) -> None:
        asked = [e.question_number for e in self.log if isinstance(e, Say) and e.kind is Kind.QUESTION and not e.repeat]
        assert asked == list(range(1, len(asked) + 1))
        assert len(asked) <= self.state.question_count

    @invariant()
    def no_more_than_four_questions_about_the_code(self) -> None:
        asked = [e for e in self.log if isinstance(e, Say) and e.phase == Phase.CODE and e.prompt and not e.repeat]
        assert len(asked) <= 4
        assert {e.kind for e in asked} <= {Kind.FOLLOW_UP}
        assert sum(isinstance(e, HandIn) for e in self.log) <= 1

    @invariant()
    def greeted_once_and_completed_once(self) -> None:
        kinds = Counter(effect.kind for effect in self.log if isinstance(effect, Say))
        assert kinds[Kind.GREETING] == (EnterPhase("intro") in self.log)
        by_plan = self.state.phase is Phase.FINISHED and not self.broken_off
        assert kinds[Kind.CLOSING] == by_plan
        assert len([effect for effect in self.log if isinstance(effect, Complete)]) == self.state.phase.over

    @invariant()
    def phases_follow_the_table(self) -> None:
        phases = [Phase.WAITING, *(Phase(effect.phase) for effect in self.log if isinstance(effect, EnterPhase))]
        assert phases[-1] is self.state.phase
        assert all(after in TRANSITIONS[before] for before, after in pairwise(phases))

    @invariant()
    def every_id_is_new(self) -> None:
        said = [effect.utterance_id for effect in self.log if isinstance(effect, Say | PresentTask)]
        assert len(said) == len(set(said))
        assert all(times == 1 for times in self.saved.values())

    @invariant()
    def answers_are_the_words_that_were_kept(self) -> None:
        """A turn's answer has only texts saved for that turn, and saved before it."""
        kept: dict[int, list[str]] = {}
        for effect in self.log:
            if isinstance(effect, SaveUtterance):
                kept.setdefault(effect.turn_number, []).append(effect.text)
            elif isinstance(effect, SaveTurn):
                assert Counter(effect.answer.split()) <= Counter(" ".join(kept.get(effect.number, [])).split())


TestInterview = Interview.TestCase
TestInterview.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
