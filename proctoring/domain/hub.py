"""Between live sessions and the worker: sends frames, turns answers into agreed signals, has them stored and told."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from proctoring.domain import timeline
from proctoring.domain.agreement import Agreement, Cleared, Raised, Verdict, condition_of
from proctoring.domain.carrier import Carrier
from proctoring.domain.latest import Frame, LatestFrames
from proctoring.domain.looking import HELLO, Answer
from proctoring.domain.subscriptions import Subscriptions
from proctoring.domain.timeline import Notice
from proctoring.domain.writer import Writer
from proctoring.models import Source
from providers.vision.base import FrameReport

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
IDLE_SECONDS = 60.0
SWEEP_SECONDS = 5.0

Stored = Future[timeline.Written | None]


@dataclass(slots=True)
class Watch:
    """One interview: what its frames showed, and the rows of its open episodes."""

    used_at: float
    agreement: Agreement = field(default_factory=Agreement)
    episodes: dict[str, Stored] = field(default_factory=dict)


class FrameHub:
    """Lives on one event loop; nothing in it waits for the worker or the database."""

    def __init__(
        self,
        carrier: Carrier,
        writer: Writer,
        subscriptions: Subscriptions,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.carrier = carrier
        self.writer = writer
        self.subscriptions = subscriptions
        self.clock = clock
        self.frames = LatestFrames(carrier.limit)
        self.looked = 0
        self.refused = 0
        self._watches: dict[int, Watch] = {}

    async def run(self) -> None:
        """Until cancelled. Open episodes are closed at the end."""
        sweeping = asyncio.create_task(self._sweep_for_ever())
        try:
            await self.carrier.run(self._answered, self._lost)
        finally:
            sweeping.cancel()
            self.sweep(idle_seconds=-1)

    def submit(self, frame: Frame) -> None:
        self._watch(frame.interview_id)
        self.frames.offer(frame)
        self._pump()

    def drop(self, interview_id: int) -> None:
        """Nobody watches the interview now: its waiting frame is not worth a look."""
        self.frames.forget(interview_id)

    def sweep(self, idle_seconds: float = IDLE_SECONDS) -> None:
        """Forget interviews without frames, and give up frames that the worker owes us for too long."""
        now = self.clock()
        for interview_id, watch in list(self._watches.items()):
            if now - watch.used_at > idle_seconds:
                self._apply(interview_id, watch, watch.agreement.close(), None)
                self.frames.forget(interview_id)
                del self._watches[interview_id]
        if self.frames.lose(sent_before=now - ANSWER_SECONDS):
            self.carrier.stuck()
        self._pump()

    @property
    def watched(self) -> int:
        return len(self._watches)

    def counters(self) -> dict[str, int]:
        return {
            "looked": self.looked,
            "dropped": self.frames.dropped,
            "refused": self.refused,
            "in_flight": self.frames.in_flight,
            "watched": self.watched,
        }

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.sweep()

    def _watch(self, interview_id: int) -> Watch:
        watch = self._watches.setdefault(interview_id, Watch(self.clock()))
        watch.used_at = self.clock()
        return watch

    def _pump(self) -> None:
        """Send what may be sent. A worker that is not up yet leaves the newest frames waiting."""
        while self.carrier.ready:
            taken = self.frames.take(self.clock())
            if taken is None:
                return
            ticket, frame = taken
            thorough = self.frames.waiting <= self.carrier.spare
            if not self.carrier.send(ticket, frame, thorough=thorough):
                self.frames.answered(ticket)
                self.frames.dropped += 1

    def _lost(self) -> None:
        self.frames.lose()

    def _answered(self, answer: Answer) -> None:
        frame = self.frames.answered(answer.ticket) if answer.ticket != HELLO else None
        if frame is not None:
            self._judge(frame, answer)
        self._pump()

    def _judge(self, frame: Frame, answer: Answer) -> None:
        watch = self._watches.get(frame.interview_id)
        if answer.report is None:
            self.refused += 1
            logger.info("A camera frame was refused: %s", answer.error)
        elif watch is not None:
            self.looked += 1
            condition = condition_of(len(answer.report.faces), blank=answer.report.blank)
            verdicts = watch.agreement.observe(condition, frame.at_ms)
            self._apply(frame.interview_id, watch, verdicts, (frame, answer.report))

    def _apply(
        self,
        interview_id: int,
        watch: Watch,
        verdicts: "list[Verdict] | list[Cleared]",
        shown: tuple[Frame, FrameReport] | None,
    ) -> None:
        for verdict in verdicts:
            if isinstance(verdict, Cleared):
                if (stored := watch.episodes.pop(verdict.signal, None)) is not None:
                    self.writer.submit(timeline.close, stored, verdict.until_ms)
            elif shown is not None:
                watch.episodes[verdict.signal] = self._store(interview_id, watch, verdict, *shown)

    def _store(self, interview_id: int, watch: Watch, verdict: Raised, frame: Frame, report: FrameReport) -> Stored:
        notice = Notice(interview_id, verdict.signal, Source.VISION, verdict.at_ms, detail_of(report), jpeg=frame.jpeg)
        stored = self.writer.submit(timeline.store, notice, reachable=self.subscriptions.has(interview_id))
        tell(stored, self.subscriptions)

        def try_again(written: "asyncio.Future[timeline.Written | None]") -> None:
            """A full disk or a locked database passes; what the camera still shows then is not left unsaid."""
            if not written.cancelled() and written.exception() and watch.episodes.get(verdict.signal) is stored:
                del watch.episodes[verdict.signal]
                watch.agreement.forget(verdict.signal)

        asyncio.wrap_future(stored).add_done_callback(try_again)
        return stored


def tell(stored: Stored, subscriptions: Subscriptions) -> None:
    """Deliver on the running loop what the row says the candidate is to be told, once it is stored."""

    def deliver(written: "asyncio.Future[timeline.Written | None]") -> None:
        # The writer logs what went wrong; without a row there is nothing to tell.
        if not written.cancelled() and written.exception() is None and (row := written.result()) and row.signal:
            subscriptions.deliver(row.signal)

    asyncio.wrap_future(stored).add_done_callback(deliver)


def detail_of(report: FrameReport) -> dict[str, Any]:
    """What a recruiter may check against the picture. No certainty, no score: the frame speaks for itself."""
    boxes = [
        [round(side, 3) for side in (face.box.left, face.box.top, face.box.width, face.box.height)]
        for face in report.faces
    ]
    return {"faces": len(report.faces), "boxes": boxes, "brightness": round(report.brightness)}
