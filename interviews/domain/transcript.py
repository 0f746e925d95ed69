"""What was said: by turns, as a conversation, and in figures. Two queries, or none where they were prefetched."""

from typing import Any

from interviews.domain import lines
from interviews.engine import BadState, load
from interviews.models import Interview, Turn, Utterance


def turns(interview: Interview) -> list[dict[str, Any]]:
    """Every turn with the candidate's utterances; the one that goes on, or was cut off, comes last.

    `[{number, phase, kind, question_number, prompt, answer, source, outcome, started_ms, ended_ms, utterances:
    [{utterance_id, text, source, engine, confidence, start_ms, end_ms}]}]`. Those of a turn are interview time; those
    of an utterance count the audio that was listened to, and stand still while the interviewer speaks.
    """
    said: dict[int, list[Utterance]] = {}
    for utterance in interview.utterances.all():
        said.setdefault(utterance.turn_number, []).append(utterance)
    rows = [_turn(turn, said.pop(turn.number, []), interview.language) for turn in interview.turns.all()]
    return rows + _unfinished(interview, rows, said)


def conversation(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`turns` as `[{role: "interviewer"|"candidate", text, at_ms}]`, all by the clock of the utterances."""
    spoken: list[dict[str, Any]] = []
    heard = 0
    for row in rows:
        if row["prompt"]:
            spoken.append({"role": "interviewer", "text": row["prompt"], "at_ms": heard})
        spoken += [{"role": "candidate", "text": said["text"], "at_ms": said["start_ms"]} for said in row["utterances"]]
        heard = max([heard, *(said["end_ms"] for said in row["utterances"])])
    return spoken


def figures(rows: list[dict[str, Any]]) -> dict[str, int]:
    """How the `turns` went: `{questions, answered, skipped, silent, spoken_ms}`; skipped and silent ones were asked.

    A follow-up belongs to its question and is not counted.
    """
    asked = [row for row in rows if row["phase"] == "question" and row["kind"] != "follow_up"]
    outcomes = [row["outcome"] for row in asked]
    spoken = sum(said["end_ms"] - said["start_ms"] for row in rows for said in row["utterances"])
    return {
        "questions": len(asked),
        "answered": outcomes.count("answered"),
        "skipped": outcomes.count("skipped"),
        "silent": outcomes.count("silent"),
        "spoken_ms": spoken,
    }


def _turn(turn: Turn, said: list[Utterance], language: str) -> dict[str, Any]:
    names = ("number", "phase", "kind", "question_number", "answer", "source", "outcome", "started_ms", "ended_ms")
    return {
        **{name: getattr(turn, name) for name in names},
        "prompt": lines.words_of(turn.prompt, language),
        "utterances": [_utterance(utterance) for utterance in said],
    }


def _utterance(utterance: Utterance) -> dict[str, Any]:
    names = ("utterance_id", "text", "source", "engine", "confidence", "start_ms", "end_ms")
    return {name: getattr(utterance, name) for name in names}


def _unfinished(
    interview: Interview, finished: list[dict[str, Any]], said: dict[int, list[Utterance]]
) -> list[dict[str, Any]]:
    """The turn that no row exists of yet: its prompt is in the engine's state, its utterances are stored."""
    turn = _open_turn(interview)
    pending = [utterance for group in said.values() for utterance in group]
    if any(row["number"] == turn.number for row in finished) or not (turn.prompt or pending):
        return []
    turn.answer = " ".join(utterance.text for utterance in pending)
    turn.started_ms = min((utterance.start_ms for utterance in pending), default=0)
    turn.ended_ms = max((utterance.end_ms for utterance in pending), default=0)
    return [_turn(turn, pending, interview.language)]


def _open_turn(interview: Interview) -> Turn:
    """Not saved; without a prompt where the state has none, or cannot be read by this release."""
    try:
        state = load(interview.engine_state)
    except BadState:
        return Turn(number=0, phase=interview.phase)
    turn = Turn(number=state.turn_number, phase=state.phase, question_number=state.question_number or None)
    if state.prompt is not None:
        turn.kind, turn.prompt = state.prompt.kind, state.prompt.text or state.prompt.line or ""
    return turn
