"""Transcription of a whole file in any container."""

import asyncio
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import av
from av import AudioFrame
from av.container import InputContainer

from providers.audio import SAMPLE_RATE, pcm_of, samples_in
from providers.base import BadInputError
from providers.stt.base import SpeechToText, Transcript
from providers.vad.base import VoiceActivity
from providers.vad.segmenter import Ended, Segmenter, Speech, Started
from providers.vad.silero import SileroVad

_FEED_BYTES = SAMPLE_RATE * 2


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a file may be: seconds of sound, bytes of file."""

    seconds: float = 600.0
    size: int = 50 * 1024 * 1024


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

    Raises BadInputError (`too_large`, `too_long`, `empty`, `unreadable`, `no_audio`) or what the engine raises. A file
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
    """The first audio track as PCM16 mono 16 kHz, or BadInputError. Blocking; stops as soon as a limit is passed."""
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return decode(opened, limits)
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size == 0:
        raise BadInputError("The file is empty. Record again and upload the new file.", code="empty")
    if size > limits.size:
        raise BadInputError(
            f"The file is larger than {limits.size // 2**20} MB. Upload a shorter one.", code="too_large"
        )
    try:
        pcm = _decoded(file, limits.seconds)
    except (av.FFmpegError, OverflowError) as error:
        raise BadInputError(
            "The file cannot be read as sound; it is damaged or of an unknown kind. Upload WAV, MP3, M4A, OGG or WebM.",
            code="unreadable",
        ) from error
    if not pcm:
        raise BadInputError("The file holds no sound. Record again and upload the new file.", code="empty")
    return pcm


def _decoded(file: BinaryIO, seconds: float) -> bytes:
    pcm = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    # A playlist must not make FFmpeg open other files or addresses.
    with av.open(file, mode="r", options={"protocol_whitelist": "data"}) as container:
        if not container.streams.audio:
            raise BadInputError("The file has no sound track. Upload one with sound.", code="no_audio")
        for frame in _frames(container):
            for out in resampler.resample(frame):
                pcm += pcm_of(out)
            if samples_in(pcm) > seconds * SAMPLE_RATE:
                raise BadInputError(
                    f"The sound is longer than {seconds / 60:g} minutes. Upload a part.", code="too_long"
                )
        for out in resampler.resample(None):
            pcm += pcm_of(out)
    return bytes(pcm)


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """Of the first sound track. A recording that was cut off gives what is there; one of which nothing can be read
    raises InvalidDataError."""
    readable, damage = False, None
    for packet in container.demux(container.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.InvalidDataError as error:
            damage = error
            continue
        readable = readable or bool(frames)
        yield from frames
    if damage is not None and not readable:
        raise damage


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
