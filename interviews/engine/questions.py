"""What comes next is asked of the interviewer, one effect at a time: in the questions, and about the code."""

from dataclasses import replace

from interviews.engine import ending
from interviews.engine.effects import Kind, RequestQuestion, RequestTask
from interviews.engine.events import QuestionReady, SpeakingStarted
from interviews.engine.prompts import open_turn
from interviews.engine.state import MOST_CODE_QUESTIONS, Pending, Phase, Prompt, State
from interviews.engine.work import Work

QUESTION, TASK = "question", "task"  # Pending.kind


def request_next(work: Work, answer: str) -> None:
    """Ask the interviewer for what follows `answer`, the answer to the question of the current number."""
    if work.state.code_questions == MOST_CODE_QUESTIONS:
        ending.finish(work)
        return
    effect_id = work.new_id("e")
    _request(work, Pending(effect_id, QUESTION, answer, work.new_id("u")))


def reissue(work: Work) -> None:
    """Ask again, under the same ids, for all that has not come yet."""
    for pending in work.state.pending:
        _issue(work, pending)


def answers(work: Work, effect_id: str, kind: str) -> bool:
    """Whether a result is awaited; then it no longer is. One under an unknown id is too late, or a second one."""
    left = tuple(one for one in work.state.pending if (one.effect_id, one.kind) != (effect_id, kind))
    awaited = left != work.state.pending
    work.change(pending=left)
    return awaited


def question_ready(work: Work, event: QuestionReady) -> None:
    asked = _asked(work.state, event.effect_id)
    if asked is None or not answers(work, event.effect_id, QUESTION):
        return
    if work.state.phase is Phase.CODE:
        _ask_about_code(work, event, asked)
        return
    # A follow-up needs something to follow.
    follow_up = event.kind == Kind.FOLLOW_UP and work.state.question_number > 0
    if not event.text.strip() or not (follow_up or work.state.question_number < work.state.question_count):
        _request(work, Pending(work.new_id("e"), TASK))
        return
    work.change(question_number=work.state.question_number + (not follow_up))
    _open(work, event, asked, Kind.FOLLOW_UP if follow_up else Kind.QUESTION)


def speaking_started(work: Work, event: SpeakingStarted) -> None:
    """The question is heard while it is still being written: it can be interrupted already."""
    if any(one.utterance_id == event.utterance_id and not one.hushed for one in work.state.pending):
        work.play(event.utterance_id)


def _ask_about_code(work: Work, event: QuestionReady, asked: Pending) -> None:
    if not event.text.strip():
        ending.finish(work)
        return
    work.change(code_questions=work.state.code_questions + 1)
    _open(work, event, asked, Kind.FOLLOW_UP)


def _open(work: Work, event: QuestionReady, asked: Pending, kind: Kind) -> None:
    open_turn(work, Prompt(asked.utterance_id, kind, text=event.text, key=event.key), silent=asked.hushed)
    _take_answers_begun(work, asked.utterance_id)


def _asked(state: State, effect_id: str) -> Pending | None:
    return next((one for one in state.pending if one.effect_id == effect_id), None)


def _take_answers_begun(work: Work, asked_as: str) -> None:
    """What was said over a question that was still being written answers it."""
    state = work.state
    turn, question = state.turn_number, state.numbered
    heard = (
        replace(one, turn_number=turn, question_number=question, answering=True) if one.over == asked_as else one
        for one in state.heard
    )
    work.change(heard=tuple(heard))


def _request(work: Work, pending: Pending) -> None:
    work.change(pending=(*work.state.pending, pending))
    _issue(work, pending)


def _issue(work: Work, pending: Pending) -> None:
    if pending.kind == QUESTION:
        number = work.state.question_number
        work.emit(RequestQuestion(pending.effect_id, pending.answer, number, pending.utterance_id))
    else:
        work.emit(RequestTask(pending.effect_id))
