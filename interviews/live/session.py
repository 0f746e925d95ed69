"""One running interview: the engine's steps, each stored before its effects are carried out."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from interviews import engine
from interviews.domain import lines
from interviews.engine import (
    Clock,
    Closed,
    Effect,
    Ended,
    Ending,
    Event,
    FinishUtterance,
    HandIn,
    IllegalEvent,
    Opened,
    PauseSpeaking,
    PromptEnded,
    RequestQuestion,
    RequestTask,
    ResumeSpeaking,
    SpeakingStopped,
    State,
    StopSpeaking,
    Tick,
)
from interviews.live import asking, effects, recording, records, running, stepping
from interviews.live.catching_up import CatchUp
from interviews.live.clock import InterviewClock
from interviews.live.code_runs import CodeRuns
from interviews.live.drafting import Asked
from interviews.live.engines import Ensemble
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.hearing import Hearing
from interviews.live.inbox import Inbox, Job
from interviews.live.messages import Message, Numbered, Recording
from interviews.live.outbound import Outbound, Transport
from interviews.live.pipeline import AudioPipeline
from interviews.live.progress import seconds_left
from interviews.live.records import Gone, Lease, Over, StepRecord, Superseded
from interviews.live.replying import Replies
from interviews.live.store import Store
from interviews.live.taking_over import OpenedInterview
from interviews.live.telemetry import Mark, Timings, TurnMarks
from interviews.live.voice import Voice

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

CHECKPOINT_S = 5.0
CLOSE_PATIENCE_S = 2.0
DONE, SUPERSEDED, GOING_AWAY = 1000, 4409, 4012


class LiveSession:
    """The one owner of an interview while its candidate is connected.

    `happened` is the only way the interview goes on: it takes a step of the engine, stores it in one transaction, and
    then carries out its effects, one step after the other; an acknowledgement, which stands in no record, comes before.
    Everything slow is a task of its own that ends in an event.
    """

    def __init__(self, opened: OpenedInterview, transport: Transport, store: Store, ensemble: Ensemble) -> None:
        loop = asyncio.get_running_loop()
        self.interview_id = opened.interview_id
        self.owner_id = opened.owner_id
        self.epoch = opened.epoch
        self.language = opened.language
        self.state = stepping.state_of(opened)
        self.clock = InterviewClock(self.state.now, loop.time)
        self.closed = False
        self._spoken: dict[str, int] | None = {}
        self._editor = True
        self._loop = loop
        self._typed = 0
        self._version = opened.version
        self._last_seq = opened.last_seq
        self._stored_at = 0.0  # the loop's time
        self._store = store
        self._transport = transport
        self.outbound = Outbound(transport)
        self.inbox = Inbox(self._guarded)
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._ensemble = ensemble
        self._timings = Timings(store, self.interview_id, self.language)
        self.marks = TurnMarks(loop.time, self._timings.add)
        self.recorder = recording.begin(self.interview_id, self.epoch, self.clock) if opened.recorded else None
        self.voice = self._make_voice()
        self._replies = self._make_replies()
        self.code = CodeRuns(self, ensemble.runner or running.default(), opened.task)
        self.audio = self._make_audio(opened.frames)

    @property
    def over(self) -> bool:
        return self.state.phase.over

    @property
    def saying(self) -> str:
        """The words that the voice speaks."""
        return self.voice.saying if self.voice is not None else ""

    async def begin(self, *, typed: bool, spoken: dict[str, int] | None, editor: bool = True) -> None:
        """Take the interview up. `spoken` and `editor` as in `effects.Context`."""
        self._spoken, self._editor = spoken, editor
        await self.happened(Opened(voice=self.voice is not None, typed=typed or self.audio is None))
        self._spoken = {}
        if self.closed:
            return  # superseded meanwhile: what is begun now would never be ended
        self.spawn(self._replies.prepare())
        self.spawn(self._keep_lease())
        if self.code.task is not None:
            self.spawn(self.code.take_up())

    async def happened(self, event: Event, *extra: Numbered, keep: bool = False) -> None:
        """Take one step: decide, store, carry out. `extra` messages are numbered with it, before its own.

        `keep` stores the state even if nothing of it matters. Raises IllegalEvent (nothing changed) and Superseded.
        An interview that was ended from elsewhere ends here instead of taking the step.
        """
        async with self._lock:
            if self.closed or self.over:
                return
            try:
                await self._step(event, extra, keep=keep)
            except Over as reason:
                await self._step(Ended(Ending(reason.status)))

    async def requested(self, event: Event, *extra: Numbered) -> None:
        """As `happened`, for what a candidate asks for: the impossible is refused, not a fault."""
        try:
            await self.happened(event, *extra)
        except IllegalEvent:
            await self._transport.refuse(LiveError(ErrorCode.NOT_NOW))

    async def tell(self, message: Numbered) -> None:
        """Number, store and send a message that is no step of the conversation."""
        await self.happened(Tick(), message)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation; it ends with the session, and its fault ends the connection."""
        task = self._loop.create_task(self._guarded(lambda: work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _task: work.close())  # a task that was cancelled at once never began it

    async def queue(self, job: Job) -> None:
        """Run `job` after all that the client sent before."""
        await self.inbox.put(job)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of `records` beside the event loop."""
        return await self._store.run(function, *args, **kwargs)

    def new_id(self) -> str:
        """For a typed utterance: unlike every other of this interview."""
        self._typed += 1
        return f"{self.interview_id}-{self.epoch}.t{self._typed}"

    async def end(self, reason: Ending) -> None:
        """Somebody or something ends the interview now."""
        await self.happened(Ended(reason))

    async def supersede(self, reason: Superseded | None = None) -> None:
        """A newer connection has the interview, or it is gone or over: say so, and go without another answer."""
        if self.closed:
            return
        if isinstance(reason, Over):
            await self.end(Ending(reason.status))
            return
        gone = isinstance(reason, Gone)
        await self._transport.refuse(LiveError(ErrorCode.INTERVIEW_NOT_FOUND if gone else ErrorCode.SUPERSEDED))
        await self._stop()
        await self._transport.close(DONE if gone else SUPERSEDED)

    async def stop_recording(self) -> None:
        """The candidate does not agree to it any longer: what is not stored yet is forgotten."""
        if self.recorder is not None:
            recording.withdraw(self.recorder)
            await self.outbound.send(Recording(active=False))

    async def checkpoint(self) -> None:
        """Store the time left and what was said up to now."""
        await self.happened(Tick(), keep=True)

    async def close(self, code: int | None = None) -> None:
        """The connection is gone, or to be closed with `code`: keep the interview as it is. Safe to call twice."""
        if not self.closed:
            try:
                async with asyncio.timeout(CLOSE_PATIENCE_S):
                    await self.happened(Closed(), keep=True)
            except (Superseded, TimeoutError) as error:
                log.info("interview %s: left without a checkpoint (%s)", self.interview_id, type(error).__name__)
            except Exception as error:  # noqa: BLE001  # whatever happens, nothing of the session may be left behind
                log_fault(log, self.interview_id, error)
            await self._stop()
        if code is not None:
            await self._transport.close(code)

    # --- steps -----------------------------------------------------------------------------------------------------

    async def _step(self, event: Event, extra: tuple[Numbered, ...] = (), *, keep: bool = False) -> None:
        state, effects_ = self._stepped(event)
        prepared = effects.prepare(effects_, self._context(state), self._last_seq, extra)
        if self.state.closing is None and (prepared.turns or state.closing is not None):
            self.marks.mark(Mark.ENDPOINT)
        self._replies.foresee(prepared.actions)  # all else waits until the step is stored
        await self._keep(state, prepared, keep=keep)
        await self._carry_out(state, prepared)
        self._replies.follow(event)

    async def _keep(self, state: State, prepared: effects.Prepared, *, keep: bool) -> None:
        """Store what the step changed, if it matters; with `keep` at least how far the interview is."""
        matters = prepared.matters or stepping.matters(self.state, state)
        if matters or keep:
            record = self._record(state, prepared)
            write = records.commit_step if matters else records.checkpoint
            self._version = await self._store.run(write, self._lease, record)
            self._timings.stored(record.timings)
            self._stored_at = self._loop.time()

    def _stepped(self, event: Event) -> tuple[State, tuple[Effect, ...]]:
        """What `event` makes of the state. Where it stops the voice, what was heard of it is a part of the step."""
        now = self.clock.now()
        state, effects_ = engine.step(self.state, event, now)
        cut = self.voice.cut if self.voice is not None and StopSpeaking() in effects_ else None
        if cut is None:
            return state, effects_
        before, _ = engine.step(self.state, SpeakingStopped(cut.utterance_id, cut.heard_text), now)
        return engine.step(before, event, now)

    def _context(self, state: State) -> effects.Context:
        acked = self.audio.acked_n if self.audio is not None else {}
        told = self._spoken, self._editor, self.code.task, self.code.runnable
        return effects.Context(self.interview_id, self.language, state, acked, *told)

    @property
    def _lease(self) -> Lease:
        return Lease(self.interview_id, self.epoch, self._version)

    def _record(self, state: State, prepared: effects.Prepared) -> StepRecord:
        return StepRecord(
            engine_state=engine.dump(state),
            phase=state.phase,
            seconds_left=seconds_left(state),
            last_seq=prepared.last_seq,
            utterances=tuple(prepared.utterances),
            turns=tuple(prepared.turns),
            messages=prepared.payloads,
            outcome=prepared.outcome,
            hand_in=prepared.hand_in,
            speech_engine=self._ensemble.speech_engine,
            voice_engine=self._ensemble.voice_engine,
            timings=self._timings.waiting,
        )

    async def _carry_out(self, state: State, prepared: effects.Prepared) -> None:
        if self.closed:
            return  # meanwhile: what is left to do is done by whoever opens the interview next
        if prepared.turns:
            self.marks.turn(prepared.turns[-1].number)
        self._take(state, prepared.last_seq)
        if self.recorder is not None:
            self.recorder.turn(state.turn_number)
        for action in prepared.actions:
            await self._do(action)

    def _take(self, state: State, last_seq: int) -> None:
        self.state, self._last_seq = state, last_seq
        if self.audio is not None:
            self.audio.follow(state)
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        due = engine.next_due(state).get(Clock.WALL)
        if due is not None:
            delay = max(0, due - self.clock.wall_ms + 1) / 1000  # a millisecond more, because the clock rounds down
            self._alarm = self._loop.call_later(delay, lambda: self.spawn(self.happened(Tick())))

    async def _do(self, action: effects.Action) -> None:
        match action:
            case effects.Send(message):
                await self.outbound.send(message)
            case effects.Speak() | PauseSpeaking() | ResumeSpeaking() | StopSpeaking():
                await self._replies.carry_out(action)
            case RequestQuestion():
                self.spawn(self._replies.reply(action))
            case RequestTask():
                self.spawn(self.code.choose(action.effect_id, editor=self._editor))
            case HandIn():
                self.code.judge()
            case FinishUtterance() if self.audio is not None:
                self.audio.finish_utterance()
            case effects.Answered(text):
                await self._transport.answered(text)
            case effects.Finish(message):
                self.spawn(self._finish(message))

    def _ask(self, question_number: int, answer: str, speculative: bool) -> Asked:
        means = asking.Means(self._store, self._ensemble.model, self.marks)
        return asking.ask(means, self.interview_id, question_number, answer, speculative=speculative)

    async def _finish(self, message: Message) -> None:
        """The last words are heard to their end; then the connection is."""
        if self.voice is not None:
            await self.voice.finished()
        await self.outbound.send(message)
        await self._stop()
        await self._transport.close(DONE)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _make_voice(self) -> Voice | None:
        if self._ensemble.tts is None:
            return None
        voice = Voice(self._ensemble.tts, self.language, self.outbound, self._transport, self._heard)
        voice.recorder = self.recorder
        return voice

    def _make_replies(self) -> Replies:
        said = lines.acknowledgements(self.language) if self._ensemble.acknowledge else ()
        return Replies(self, self._ask, said, ahead=self._ensemble.model is not None, upcoming=self._upcoming)

    async def _upcoming(self) -> str:
        return (await self._store.read(records.situation, self.interview_id, self.state.question_number, "")).step.text

    def _heard(self, utterance_id: str) -> None:
        self.spawn(self.queue(lambda: self.happened(PromptEnded(utterance_id))))

    def _make_audio(self, frames: tuple[int, int] | None) -> AudioPipeline | None:
        stt = self._ensemble.stt
        if stt is None:
            return None
        name = f"{self.interview_id}-{self.epoch}"
        hearing = Hearing(self._ensemble.segmenter(), stt, self.language, self.clock, name)
        hearing.recorder = self.recorder
        audio = AudioPipeline(hearing, self.clock, self.inbox, self.outbound, self._transport, self)
        if frames is not None:
            audio.catch_up = CatchUp(*frames, self._loop.time)
        return audio

    # --- life ------------------------------------------------------------------------------------------------------

    async def _keep_lease(self) -> None:
        # Sessions that were opened together (after a restart) do not all write at the same moment.
        await asyncio.sleep(random.uniform(0, CHECKPOINT_S))  # noqa: S311  # nothing secret
        while True:
            since = self._loop.time() - self._stored_at  # a step that was stored says as much as a checkpoint
            if since >= CHECKPOINT_S:
                await self.checkpoint()
                since = 0
            await asyncio.sleep(CHECKPOINT_S - since)

    async def _guarded(self, job: Job) -> None:
        """Nothing of a session may end in an exception that nobody sees, or leave a half-dead connection."""
        try:
            await job()
        except Superseded as reason:
            await self.supersede(reason)
        except LiveError as error:
            await self._transport.refuse(error)
        except IllegalEvent as error:
            log.warning("interview %s: %s", self.interview_id, error)
        except Exception as error:  # noqa: BLE001  # logged; the client comes back to what is stored
            log_fault(log, self.interview_id, error)
            await self._transport.refuse(LiveError(ErrorCode.INTERNAL))
            await self._stop()
            await self._transport.close(GOING_AWAY)

    async def _stop(self) -> None:
        """End every task of the session but the one that runs this."""
        self.closed = True
        if self._alarm is not None:
            self._alarm.cancel()
        if self.audio is not None:
            self.audio.close()
        await self.inbox.close()
        self._replies.close()
        self.code.close()
        if self.voice is not None:
            await self.voice.close()
        if self.recorder is not None:
            self.recorder.close()  # after the voice, which tells it that the rest is not heard
        await self.outbound.close()
        self.marks.close()
        await self._timings.close()
        others = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
