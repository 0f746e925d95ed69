"""espeak-ng in process, through ctypes on the library of the espeakng-loader wheel: no network, four languages."""

import asyncio
import ctypes
import logging
import os
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import espeakng_loader

from providers.base import Capabilities, ProviderError, UnavailableError
from providers.tts.base import TextToSpeech

log = logging.getLogger(__name__)

SAMPLE_RATE = 22_050
VOICES = {"en": "en-us", "zh-hans": "cmn", "ru": "ru", "ko": "ko"}
WORDS_A_MINUTE = 165

# From espeak-ng's speak_lib.h.
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_RATE = 1
_POS_CHARACTER = 1
_BUFFER_MS = 100
# The library keeps its data folder in a buffer of this many bytes and cuts the rest off without a word.
_LONGEST_PATH = 150

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

# The library is not thread-safe: everything it does happens in this one thread.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="espeak")


class EspeakTextToSpeech(TextToSpeech):
    """Two seconds of speech take a few milliseconds; the first chunk comes after less than one."""

    capabilities = Capabilities(name="espeak-ng", languages=frozenset(VOICES), streaming=True, local=True)
    sample_rate = SAMPLE_RATE

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[bytes | None] = asyncio.Queue()
        stopped = threading.Event()

        def deliver(pcm: bytes | None) -> None:
            loop.call_soon_threadsafe(heard.put_nowait, pcm)

        job = loop.run_in_executor(_thread, _speak, text, VOICES[language], deliver, stopped)
        try:
            while (pcm := await heard.get()) is not None:
                yield pcm
            await job
        finally:
            stopped.set()


def _speak(text: str, voice: str, deliver: Callable[[bytes | None], None], stopped: threading.Event) -> None:
    """Synthesise in espeak's thread; `deliver` gets pieces of PCM16, then None, also when it failed."""

    def take(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        """Called by the library with each piece; what it returns other than 0 ends the synthesis."""
        if stopped.is_set():
            return 1
        if count > 0:
            deliver(ctypes.string_at(samples, count * 2))
        return 0

    try:
        if not stopped.is_set():
            _synthesise(text, voice, _Callback(take))
    finally:
        deliver(None)


def _synthesise(text: str, voice: str, callback: "ctypes._FuncPointer") -> None:
    library = _library()
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise ProviderError(f"espeak-ng has no voice {voice!r}.", retryable=False)
    library.espeak_SetParameter(_RATE, WORDS_A_MINUTE, 0)
    data = text.encode() + b"\0"
    status = library.espeak_Synth(data, len(data), 0, _POS_CHARACTER, 0, _UTF8, None, None)
    if status != 0:
        raise ProviderError(f"espeak-ng failed with status {status}.", retryable=True)


@cache
def _library() -> ctypes.CDLL:
    """Loaded and initialised once, in espeak's thread. Raises UnavailableError."""
    folder = espeakng_loader.get_data_path()
    if len(os.fsencode(folder)) > _LONGEST_PATH:
        raise UnavailableError(
            f"espeak-ng cannot read its data from so long a path; install nearer to the root: {folder}"
        )
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise UnavailableError(f"espeak-ng's library cannot be loaded: {error}") from error
    library.espeak_Synth.argtypes = (
        *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
        *(ctypes.c_void_p, ctypes.c_void_p),
    )
    rate = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, os.fsencode(folder), _DO_NOT_EXIT)
    if rate != SAMPLE_RATE:
        raise UnavailableError(f"espeak-ng cannot be initialised (it answered {rate}).")
    return library
