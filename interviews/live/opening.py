"""From a candidate's wish to a running session: the interview is taken over, its state told, and taken up."""

import asyncio
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from interviews.engine import Phase
from interviews.live import taking_over, watching
from interviews.live.engines import Engines, Ensemble
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import StreamCreated
from interviews.live.outbound import Transport
from interviews.live.progress import seconds_left
from interviews.live.records import Superseded
from interviews.live.registry import Registry
from interviews.live.session import DONE, LiveSession
from interviews.live.store import Store
from interviews.live.taking_over import OpenedInterview, OpenRequest

log = logging.getLogger(__name__)

LAST_WORDS_S = 2.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the candidate wants to take the interview: `voice` to hear the interviewer, `typed` to answer in writing;
    without an `editor` the code task is told and answered aloud. `spoken`: there is no other way to answer."""

    request: OpenRequest
    voice: bool = False
    typed: bool = False
    title: str = ""
    editor: bool = True
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """What sessions of a process share."""

    store: Store
    engines: Engines
    sessions: Registry


async def open_session(user: User, wishes: Wishes, transport: Transport, house: House) -> LiveSession | None:
    """Open the interview and go on with it; None when it is over (the client is told, and the connection closed).

    Raises LiveError: nothing was opened, and whoever has the interview keeps it.
    """
    opened = await _take_over(user, wishes, house)
    ensemble = house.engines.ensemble(opened.language, voice=wishes.voice)
    session = LiveSession(opened, transport, house.store, ensemble)
    if opened.task is not None:
        await session.code.look_around()
    await session.outbound.send(_stream_created(session, opened, wishes, ensemble))
    for message in opened.messages:
        await session.outbound.send(message)
    if opened.outcome:
        await transport.close(DONE)
        return None
    try:
        await house.sessions.enter(session)
        await session.begin(typed=wishes.typed, spoken=opened.spoken if opened.fresh else None, editor=wishes.editor)
    except Superseded as reason:
        await session.supersede(reason)
    except BaseException:
        await session.close()
        await house.sessions.leave(session)
        raise
    return session


async def _take_over(user: User, wishes: Wishes, house: House) -> OpenedInterview:
    """An older session in this process stores its last moments first; one elsewhere did so within five seconds."""
    interview_id, language = await house.store.read(taking_over.find, user, wishes.request)
    if wishes.spoken and language and house.engines.ensemble(language, voice=False).stt is None:
        raise LiveError(ErrorCode.NO_RECOGNITION)
    older = house.sessions.find(interview_id)
    if older is not None:
        await _last_words(older)
    return await house.store.run(taking_over.open_interview, user, wishes.request)


async def _last_words(older: LiveSession) -> None:
    """It may be superseded itself by now, or stuck: then what it stored last has to do."""
    try:
        async with asyncio.timeout(LAST_WORDS_S):
            await older.checkpoint()
    except (Superseded, TimeoutError) as error:
        log.info("interview %s: taken over without a last checkpoint (%s)", older.interview_id, type(error).__name__)


def _stream_created(session: LiveSession, opened: OpenedInterview, wishes: Wishes, ensemble: Ensemble) -> StreamCreated:
    with translation.override(opened.language):
        text = gettext("Video stream created")
    return StreamCreated(
        stream_id=secrets.token_hex(8),
        title=wishes.title,
        interview_id=str(opened.interview_id),
        text=text,
        resumed=opened.engine_state is not None,
        state=_state(session, opened, ensemble),
    )


def _state(session: LiveSession, opened: OpenedInterview, ensemble: Ensemble) -> dict[str, Any]:
    state = session.state
    # Before it begins the whole interview is left: its clock starts with this very connection.
    left = state.rules.interview // 1000 if state.phase is Phase.WAITING else seconds_left(state)
    return {
        "phase": state.phase,
        "question_number": state.question_number,
        "question_count": state.question_count,
        "seconds_left": left,
        "task": _task(session, opened, left),
        "code": opened.code,
        "speech_engine": ensemble.speech_engine,
        "voice_engine": ensemble.voice_engine,
        "proctoring": watching.at_work(),
        "recording": session.recorder is not None,
        "last_seq": opened.last_seq,
        "language": opened.language,
    }


def _task(session: LiveSession, opened: OpenedInterview, left: int | None) -> dict[str, Any] | None:
    if opened.task is None:
        return None
    return {**opened.task.public(opened.language, session.code.runnable), "seconds_left": left}
