"""Builds speech engines from settings that the caller passes in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from providers.base import OnFallback
from providers.stt.base import SpeechToText
from providers.tts.base import TextToSpeech


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """What the speech engines need to know.

    `stt_provider`: auto, whisper, pocketsphinx, openai, scripted, none.
    `tts_provider`: auto, espeak, edge, openai, none.
    `children`: recognition processes, 0 for one a core. `stt_script`: the lines of `scripted`, over and over.
    `fetch_models`: whether a missing Whisper model may be fetched (in the background).
    """

    cache_dir: Path
    stt_provider: str = "auto"
    tts_provider: str = "auto"
    openai_api_key: str = ""
    openai_base_url: str = ""
    openai_stt_model: str = "whisper-1"
    openai_tts_model: str = "tts-1"
    openai_voice: str = "alloy"
    whisper_model: str = "base"
    whisper_device: str = "cpu"
    children: int = 0
    stt_script: tuple[str, ...] = ()
    fetch_models: bool = True


def build_stt(settings: SpeechSettings, language: str, on_fallback: OnFallback | None = None) -> SpeechToText | None:
    """The recogniser for `language`, or None when there is none: typed answers then carry the interview.

    Engines (and their child processes) are shared by all that ask with equal settings. Ask once a session: a model
    that was fetched meanwhile is used by the next one.
    """
    raise NotImplementedError


def build_tts(settings: SpeechSettings, language: str, on_fallback: OnFallback | None = None) -> TextToSpeech | None:
    """The voice for `language`, or None: questions are then only written."""
    raise NotImplementedError


def status(settings: SpeechSettings) -> dict[str, dict[str, Any]]:
    """For `GET /api/ai/models/status`: `{name: {provider, loaded, ready, detail}}`; touches no network."""
    raise NotImplementedError


async def prepare(settings: SpeechSettings) -> None:
    """In the background after the server is ready: fetch what is missing, start the children. Never raises."""
    raise NotImplementedError


async def close() -> None:
    """Stop every child and connection of this process's engines."""
    raise NotImplementedError
