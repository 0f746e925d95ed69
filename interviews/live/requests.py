"""What a candidate asks of a running session beside speaking. Each function belongs to one client message.

Those that change the interview are queued behind the audio that was sent before them.
"""

import asyncio
from functools import partial
from typing import Any

from interviews.coding import documents
from interviews.coding.runs import Asked
from interviews.engine import Action, CodeSubmitted, Control, Phase, PromptEnded, Typed, has_room
from interviews.live import code_records, records
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import EditorAck
from interviews.live.session import LiveSession
from interviews.live.telemetry import Mark
from interviews.live.voice import Voice

# A voice that was heard to its end is over at once, unless its engine hangs.
HEARD_OUT_S = 1.0


async def playback(session: LiveSession, utterance_id: str, event: str, ms: float) -> None:
    """What was heard of the interviewer. The end keeps its place among the audio: which frames are listened to must not
    depend on how busy the server is."""
    if session.voice is None:
        return
    if event in ("ended", "stopped"):
        await session.queue(partial(_heard_out, session, session.voice, utterance_id, event, ms))
    elif session.voice.report(utterance_id, event, ms) and event == "started":
        session.marks.mark(Mark.PLAYBACK)


async def _heard_out(session: LiveSession, voice: Voice, utterance_id: str, event: str, ms: float) -> None:
    if not voice.report(utterance_id, event, ms):
        return
    try:
        async with asyncio.timeout(HEARD_OUT_S):
            await voice.over(utterance_id)
    except TimeoutError:
        return
    await session.happened(PromptEnded(utterance_id))


async def answer_in_writing(session: LiveSession, text: str) -> None:
    await session.queue(partial(_typed, session, text))


async def _typed(session: LiveSession, text: str) -> None:
    if not has_room(session.state, text):
        raise LiveError(ErrorCode.ANSWER_FULL, "text")
    await session.requested(Typed(session.new_id(), text))


async def control(session: LiveSession, action: str) -> None:
    await session.queue(lambda: session.requested(Control(Action(action))))


async def run_code(session: LiveSession, asked: Asked) -> None:
    """Answered by a `code_result` once there is one, or by an error. Raises LiveError."""
    _check_task(session, asked.task_id)
    await session.queue(partial(_run, session, asked))


async def submit_code(session: LiveSession, asked: Asked) -> None:
    """Ends the task's turn. Raises LiveError."""
    _check_task(session, asked.task_id)
    await session.queue(partial(_submit, session, asked))


async def edit(
    session: LiveSession, task_id: str, base_seq: int, events: list[dict[str, Any]], language: str = ""
) -> None:
    """Keep what the editor did while the task is open, and acknowledge what is kept. Raises LiveError."""
    _check_task(session, task_id)
    if not session.state.at_task or session.state.closing is not None:  # keys that were pressed before it was known
        kept = await session.run(documents.last_seq, session.interview_id, task_id)
        await session.outbound.send(EditorAck(task_id=task_id, seq=kept))
        return
    try:
        written = (session.interview_id, task_id, base_seq, events, language, session.clock.wall_ms)
        seq = await session.run(code_records.editor_events, *written)
    except records.Superseded as reason:
        await session.supersede(reason)
    else:
        await session.outbound.send(EditorAck(task_id=task_id, seq=seq))


async def _run(session: LiveSession, asked: Asked) -> None:
    if not session.state.at_task:
        raise LiveError(ErrorCode.NOT_NOW)
    await session.code.ask(asked)


async def _submit(session: LiveSession, asked: Asked) -> None:
    """One that comes after the task's turn is over is known, or too late."""
    if session.state.at_task:
        await session.code.ask(asked)
        await session.requested(CodeSubmitted(asked.task_id, asked.run_id))
    elif not await session.run(code_records.is_known_run, session.interview_id, asked.run_id):
        raise LiveError(ErrorCode.NOT_NOW)


def _check_task(session: LiveSession, task_id: str) -> None:
    if session.state.phase is not Phase.CODE:
        raise LiveError(ErrorCode.NOT_NOW)
    if session.state.task_id != task_id:
        raise LiveError(ErrorCode.UNKNOWN_TASK, "task_id")
