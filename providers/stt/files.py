"""Transcription of a whole file in any container."""

import asyncio
import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from providers.audio import SAMPLE_RATE, samples_in
from providers.base import BadInputError
from providers.children.base import Allowance, Cause, ChildError, Refusal
from providers.children.runner import Child
from providers.stt.base import SpeechToText, Transcript
from providers.vad.base import VoiceActivity
from providers.vad.segmenter import Ended, Segmenter, Speech, Started
from providers.vad.silero import SileroVad

log = logging.getLogger(__name__)

JOB = "providers.stt.decoding:decode"
CODES = {Cause.TOO_SLOW: "too_slow", Cause.TOO_HEAVY: "too_heavy", Cause.BROKEN: "unreadable"}
MESSAGES = {
    "empty": "The file holds no sound. Record again and upload the new file.",
    "too_large": "The file is larger than {size} MB. Upload a shorter one.",
    "too_long": "The sound is longer than {minutes:g} minutes. Upload a part.",
    "no_audio": "The file has no sound track. Upload one with sound.",
    "too_slow": "Reading the file took too long. Upload the sound alone, as WAV or MP3.",
    "too_heavy": "Reading the file took too much memory. Upload the sound alone, as WAV or MP3.",
    "unreadable": "The file cannot be read as sound; it is damaged or of an unknown kind. "
    "Upload WAV, MP3, M4A, OGG or WebM.",
}
DECODING = Allowance(seconds=60.0)
_FEED_BYTES = SAMPLE_RATE * 2


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a file may be: seconds of sound, bytes of file; and what decoding it may cost."""

    seconds: float = 600.0
    size: int = 50 * 1024 * 1024
    decoding: Allowance = DECODING


@dataclass(frozen=True, slots=True)
class FileSegment:
    """One utterance of the file; seconds from its beginning."""

    start: float
    end: float
    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class FileTranscript:
    """`text` of all segments; `confidence` their mean by length, None where the engine gives none."""

    text: str
    language: str
    segments: tuple[FileSegment, ...]
    confidence: float | None
    duration: float
    engine: str


async def transcribe_file(
    source: bytes | Path | BinaryIO,
    language: str,
    engine: SpeechToText,
    *,
    limits: FileLimits | None = None,
    vad: VoiceActivity | None = None,
) -> FileTranscript:
    """What is said in `source` (sound or video of any container FFmpeg reads).

    Raises BadInputError (its code is a key of `MESSAGES`) or what the engine raises. A file
    without speech gives an empty text.
    """
    limits = limits or FileLimits()
    pcm = await asyncio.to_thread(decode, source, limits)
    utterances = await asyncio.to_thread(_utterances, pcm, vad or SileroVad())
    segments = []
    engines = {}
    speaker = uuid4().hex
    for start, end, audio in utterances:
        transcript = await _recognise(engine, language, audio, speaker)
        engines[transcript.engine] = True
        if transcript.text:
            segments.append(FileSegment(start, end, transcript.text, transcript.confidence))
    return FileTranscript(
        text=" ".join(segment.text for segment in segments),
        language=language,
        segments=tuple(segments),
        confidence=_mean_confidence(segments),
        duration=round(samples_in(pcm) / SAMPLE_RATE, 3),
        engine=", ".join(engines) or engine.name,
    )


def decode(source: bytes | Path | BinaryIO, limits: FileLimits) -> bytes:
    """The first audio track as PCM16 mono 16 kHz, or BadInputError. Blocking.

    Decoded in a child of its own, because FFmpeg reads what strangers made. It ends with this call.
    """
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return decode(opened, limits)
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size == 0:
        raise refusal("empty", limits)
    if size > limits.size:
        raise refusal("too_large", limits)
    try:
        with Child() as child:
            return child.run(JOB, file, limits.decoding, seconds=limits.seconds)
    except Refusal as error:
        raise refusal(error.code, limits) from error
    except ChildError as error:
        log.warning("a sound file of %d bytes could not be decoded: %s", size, error)
        raise refusal(CODES[error.cause], limits) from error


def refusal(code: str, limits: FileLimits) -> BadInputError:
    return BadInputError(MESSAGES[code].format(size=limits.size // 2**20, minutes=limits.seconds / 60), code=code)


def _utterances(pcm: bytes, vad: VoiceActivity) -> list[tuple[float, float, bytes]]:
    """(start, end, audio) of each stretch of speech, seconds."""
    segmenter = Segmenter(vad)
    events = []
    for start in range(0, len(pcm), _FEED_BYTES):
        events += segmenter.feed(pcm[start : start + _FEED_BYTES])
    events += segmenter.flush()
    found: list[tuple[float, float, bytes]] = []
    begun, audio = 0, bytearray()
    for event in events:
        match event:
            case Started(start_sample=begun):
                audio = bytearray(event.pcm)
            case Speech():
                audio += event.pcm
            case Ended():
                found.append((round(begun / SAMPLE_RATE, 3), round(event.end_sample / SAMPLE_RATE, 3), bytes(audio)))
    return found


async def _recognise(engine: SpeechToText, language: str, audio: bytes, speaker: str) -> Transcript:
    recognition = await engine.open(language, speaker=speaker)
    try:
        recognition.feed(audio)
        return await recognition.finish()
    finally:
        recognition.cancel()


def _mean_confidence(segments: list[FileSegment]) -> float | None:
    known = [(one.confidence, one.end - one.start) for one in segments if one.confidence is not None]
    total = sum(length for _, length in known)
    return round(sum(value * length for value, length in known) / total, 3) if total else None
