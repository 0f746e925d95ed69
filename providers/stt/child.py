"""A recognition child: takes utterances from its standard input, writes texts to its standard output.

    python -m providers.stt.child '{"engine": "pocketsphinx", "parent": 4711, …}'

One thread. Audio and finals of all utterances go first, in turns of 100 ms; partial texts are looked for, in turns too,
when nothing else waits: they are what gives way under load.
"""

import contextlib
import json
import logging
import os
import select
import sys
from collections import deque
from typing import Any

from providers.audio import BYTES_PER_SAMPLE, SAMPLE_RATE, samples_in
from providers.base import ProviderError
from providers.children.beginning import NICENESS, die_with, own_stdout
from providers.stt.decoders import Decoder, Decoding, Result, build
from providers.stt.wire import Kind, Message, Splitter, pack_body

log = logging.getLogger(__name__)

SLICE_BYTES = SAMPLE_RATE // 10 * BYTES_PER_SAMPLE
_READ_BYTES = 1 << 20


class Job:
    """An utterance: the audio that waits for its decoding, which may itself have to wait for a free decoder."""

    def __init__(self, number: int, language: str, memory: str) -> None:
        self.number = number
        self.language = language
        self.memory = memory
        self.waiting = bytearray()
        self.taken = 0
        self.finishing = False
        self.pausing = False
        self.decoding: Decoding | None = None
        self.told = ""

    @property
    def has_work(self) -> bool:
        return bool(self.waiting) or self.finishing or self.pausing


class Child:
    """The loop. `source` and `target` are file descriptors."""

    def __init__(self, decoder: Decoder, source: int, target: int) -> None:
        self._decoder = decoder
        self._source = source
        self._target = target
        self._splitter = Splitter()
        self._jobs: dict[int, Job] = {}
        self._turns: deque[int] = deque()

    def run(self) -> None:
        """Until the parent closes the pipe."""
        self._send(Kind.READY, 0)
        worked = False
        while self._read(wait=not worked):
            worked = self._advance() or self._look()

    def _read(self, *, wait: bool) -> bool:
        """Take what has arrived; False when the pipe was closed."""
        while select.select([self._source], [], [], None if wait else 0)[0]:
            data = os.read(self._source, _READ_BYTES)
            if not data:
                return False
            for message in self._splitter.feed(data):
                self._handle(message)
            wait = False
        return True

    def _handle(self, message: Message) -> None:
        number = message.utterance
        if message.kind is Kind.OPEN:
            body = message.body
            self._jobs[number] = Job(number, body["language"], body["memory"])
            self._turns.append(number)
        elif number in self._jobs:
            job = self._jobs[number]
            if message.kind is Kind.AUDIO:
                job.waiting += message.payload
                job.pausing = False
            elif message.kind is Kind.FINISH:
                job.finishing = True
            elif message.kind is Kind.PAUSE:
                job.pausing = True
            elif message.kind is Kind.CANCEL:
                self._drop(job)
                if job.decoding is not None:
                    job.decoding.cancel()

    def _advance(self) -> bool:
        """One slice of one utterance that has work; False when there is none."""
        for _ in range(len(self._turns)):
            number = self._turns[0]
            self._turns.rotate(-1)
            job = self._jobs[number]
            if job.has_work and self._begun(job):
                self._guarded(job, self._work)
                return True
        return False

    def _look(self) -> bool:
        """One partial text; False when no utterance has a new one to look for."""
        for _ in range(len(self._turns)):
            number = self._turns[0]
            self._turns.rotate(-1)
            job = self._jobs[number]
            if job.decoding is not None and self._guarded(job, self._partial):
                return True
        return False

    def _begun(self, job: Job) -> bool:
        if job.decoding is None:
            job.decoding = self._decoder.begin(job.language, job.memory)
        return job.decoding is not None

    def _guarded(self, job: Job, step: Any) -> bool:
        try:
            return bool(step(job, job.decoding))
        except (RuntimeError, ValueError, OSError, MemoryError) as error:
            # An engine that chokes on one utterance must not take the others of this child with it.
            log.warning("an utterance failed in the decoder: %s", type(error).__name__)
            self._drop(job)
            self._send(Kind.FAILED, job.number, message=type(error).__name__)
            return True

    def _work(self, job: Job, decoding: Decoding) -> bool:
        if job.waiting:
            piece = bytes(job.waiting[:SLICE_BYTES])
            del job.waiting[:SLICE_BYTES]
            decoding.feed(piece)
            job.taken += samples_in(piece)
            self._send(Kind.TAKEN, job.number, samples=job.taken)
        elif job.finishing:
            result = decoding.finish()
            self._drop(job)
            self._send(Kind.FINAL, job.number, memory=result.memory, **_fields(result))
        else:
            job.pausing = False
            result = decoding.pause()
            self._send(Kind.PAUSED, job.number, final=decoding.pause_is_final, **_fields(result))
        return True

    def _partial(self, job: Job, decoding: Decoding) -> bool:
        text = decoding.partial()
        if text and text != job.told:
            job.told = text
            self._send(Kind.PARTIAL, job.number, text=text)
        return text is not None

    def _drop(self, job: Job) -> None:
        del self._jobs[job.number]
        self._turns.remove(job.number)

    def _send(self, kind: Kind, number: int, **body: object) -> None:
        data = pack_body(kind, number, **body)
        while data:
            data = data[os.write(self._target, data) :]


def _fields(result: Result) -> dict[str, Any]:
    words = [list(row) for row in result.words]
    return {"text": result.text, "confidence": result.confidence, "words": words}


def main() -> int:
    options = json.loads(sys.argv[1])
    die_with(options["parent"])
    os.nice(NICENESS)
    answers = own_stdout()
    try:
        decoder = build(options)
    except (ImportError, RuntimeError, ValueError, OSError, ProviderError) as error:
        os.write(answers.fileno(), pack_body(Kind.FATAL, 0, message=f"{type(error).__name__}: {error}"))
        return 1
    # When the parent is gone there is nobody left to tell.
    with contextlib.suppress(BrokenPipeError):
        Child(decoder, sys.stdin.fileno(), answers.fileno()).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
