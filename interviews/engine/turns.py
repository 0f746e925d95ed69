"""Ending a turn: decide, wait for the words still on their way, save it, go on."""

from dataclasses import replace

from interviews.engine import code, ending, intro, questions
from interviews.engine.effects import FinishUtterance, Outcome, SaveTurn
from interviews.engine.prompts import wait_for_answer
from interviews.engine.state import Phase, Prompt, State, TimerName
from interviews.engine.work import Work


def close(work: Work, outcome: Outcome, *, finishing: bool = False) -> None:
    """End the open turn as soon as all its texts are here; `finishing` ends the interview with it.

    The first decision stands, but a time limit and the end of the interview overrule it.
    """
    if work.state.prompt is None:
        if finishing:
            work.hush()
            ending.finish(work, time_is_up=outcome is Outcome.TIME)
        return
    if work.state.closing is None:
        _begin_closing(work, outcome)
    elif outcome is Outcome.TIME:
        work.change(closing=outcome)
    work.change(finishing=work.state.finishing or finishing)
    settle(work)


def settle(work: Work) -> None:
    """Complete the closing turn, unless a text of it is still awaited."""
    if work.state.closing is None or any(one.answering for one in work.state.heard):
        return
    if _unanswered(work.state) and not work.state.finishing:
        reopen(work)  # "done", but nothing was understood: the candidate goes on
    else:
        _go_on(work)


def reopen(work: Work) -> None:
    """Take the decision to close back."""
    work.change(closing=None, finishing=False)
    work.stop(TimerName.TEXT)
    wait_for_answer(work)


def answer_so_far(state: State, text: str = "") -> str:
    """What `SaveTurn` would hold as the open turn's answer, were `text` its last words."""
    return " ".join(part for part in (*(said.text for said in state.said), text.strip()) if part)


def give_up_texts(work: Work) -> None:
    """The texts took too long. If they come after all they are kept, but the turn goes without them."""
    work.change(heard=tuple(replace(one, open=False, answering=False) for one in work.state.heard))
    settle(work)


def save(work: Work, outcome: Outcome) -> str:
    """Save the open turn, which is then over; gives the answer's text."""
    prompt = work.state.prompt
    if prompt is None:
        return ""
    turn = _saved(work.state, prompt, outcome)
    work.emit(turn)
    work.change(prompt=None, said=(), closing=None, finishing=False, reminded=False, warned=False, spoken_until_ms=0)
    work.stop(*(name for name in TimerName if name is not TimerName.INTERVIEW))
    return turn.answer


def _begin_closing(work: Work, outcome: Outcome) -> None:
    work.hush()
    if any(one.open and one.answering for one in work.state.heard):
        work.emit(FinishUtterance())
    work.change(closing=outcome)
    work.stop(TimerName.SILENCE, TimerName.ENDPOINT, TimerName.THINKING, TimerName.ANSWER)
    work.start(TimerName.TEXT, work.state.rules.text)


def _go_on(work: Work) -> None:
    state = work.state
    outcome = Outcome.SKIPPED if _unanswered(state) else _outcome(state)
    answer = save(work, outcome)
    if state.at_task and (state.finishing or outcome is not Outcome.ANSWERED):  # answered by a submission, or left
        code.hand_in(work)
    if state.finishing:
        ending.finish(work, time_is_up=outcome is Outcome.TIME)
    elif state.at_task:
        code.over(work, outcome)
    elif state.phase is Phase.INTRO:
        intro.over(work, answer)
    else:
        questions.request_next(work, answer)


def _outcome(state: State) -> Outcome:
    if state.closing is Outcome.SILENT and state.said:
        return Outcome.ANSWERED  # it was understood after all
    return state.closing or Outcome.ANSWERED


def _unanswered(state: State) -> bool:
    """Whether a turn closes as answered without a word. A task is answered by code."""
    return state.closing is Outcome.ANSWERED and not state.said and not state.at_task


def _saved(state: State, prompt: Prompt, outcome: Outcome) -> SaveTurn:
    sources = {said.source for said in state.said}
    return SaveTurn(
        number=state.turn_number,
        phase=state.phase,
        kind=prompt.kind,
        question_number=state.numbered,
        question_key=prompt.key,
        prompt=prompt.heard or prompt.text or prompt.line or "",
        answer=answer_so_far(state),
        source="mixed" if len(sources) > 1 else "".join(sources),
        outcome=outcome,
        started_ms=state.turn_started_ms,
        ended_ms=state.now.wall,
    )
