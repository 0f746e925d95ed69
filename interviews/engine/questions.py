"""The question phase: what comes next is asked of the interviewer, one effect at a time."""

from interviews.engine.effects import Kind, RequestQuestion, RequestTask
from interviews.engine.events import QuestionReady
from interviews.engine.prompts import open_turn
from interviews.engine.state import Pending
from interviews.engine.work import Work

QUESTION, TASK = "question", "task"  # Pending.kind


def request_next(work: Work, answer: str) -> None:
    """Ask the interviewer for what follows `answer`, the answer to the question of the current number."""
    _request(work, Pending(work.new_id("e"), QUESTION, answer))


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
    if not answers(work, event.effect_id, QUESTION):
        return
    # A follow-up needs something to follow.
    follow_up = event.kind == Kind.FOLLOW_UP and work.state.question_number > 0
    if not event.text.strip() or not (follow_up or work.state.question_number < work.state.question_count):
        _request(work, Pending(work.new_id("e"), TASK))
        return
    work.change(question_number=work.state.question_number + (not follow_up))
    open_turn(work, Kind.FOLLOW_UP if follow_up else Kind.QUESTION, text=event.text, key=event.key)


def _request(work: Work, pending: Pending) -> None:
    work.change(pending=(*work.state.pending, pending))
    _issue(work, pending)


def _issue(work: Work, pending: Pending) -> None:
    if pending.kind == QUESTION:
        work.emit(RequestQuestion(pending.effect_id, pending.answer, work.state.question_number))
    else:
        work.emit(RequestTask(pending.effect_id))
