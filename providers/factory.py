"""Builds speech engines from settings that the caller passes in, and shares them between those who ask alike."""

import logging
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from providers.base import LANGUAGES, OnFallback, ProviderError
from providers.health import Health
from providers.stt import fetch, local
from providers.stt.base import SpeechToText
from providers.stt.fallback import FallbackSpeechToText
from providers.tts.base import TextToSpeech
from providers.tts.fallback import FallbackTextToSpeech
from providers.vad import silero

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """What the speech engines need to know.

    `stt_provider`: auto, whisper, pocketsphinx, openai, none.
    `tts_provider`: auto, espeak, edge, openai, elevenlabs, none.
    `children`: recognition processes, 0 for one a core.
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
    elevenlabs_api_key: str = ""
    elevenlabs_voice_id: str = ""
    whisper_model: str = "base"
    whisper_device: str = "cpu"
    children: int = 0
    fetch_models: bool = True

    @property
    def has_openai(self) -> bool:
        return bool(self.openai_api_key or self.openai_base_url)


class _Engines:
    """The engines made so far with one set of settings."""

    def __init__(self, settings: SpeechSettings) -> None:
        self.settings = settings
        self.health = Health()
        self.recognisers: dict[str, SpeechToText] = {}
        self.voices: dict[str, TextToSpeech] = {}

    def recogniser(self, kind: str) -> SpeechToText | None:
        """None when it cannot run here (now)."""
        if kind not in self.recognisers:
            made = self._make_recogniser(kind)
            if made is None:
                return None
            self.recognisers[kind] = made
        return self.recognisers[kind]

    def voice(self, kind: str) -> TextToSpeech:
        if kind not in self.voices:
            self.voices[kind] = self._make_voice(kind)
        return self.voices[kind]

    def _make_recogniser(self, kind: str) -> SpeechToText | None:
        settings = self.settings
        if kind == "openai":
            from providers.stt.openai_compatible import OpenAISpeechToText

            return OpenAISpeechToText(
                settings.openai_api_key, base_url=settings.openai_base_url, model=settings.openai_stt_model
            )
        if kind == "whisper":
            folder = fetch.find_model(settings.whisper_model, settings.cache_dir)
            if folder is None or find_spec("faster_whisper") is None:
                return None
            name = f"whisper-{Path(settings.whisper_model).name}"
            return local.whisper(folder, name=name, device=settings.whisper_device, children=settings.children)
        return local.pocketsphinx(children=settings.children) if find_spec("pocketsphinx") else None

    def _make_voice(self, kind: str) -> TextToSpeech:
        settings = self.settings
        if kind == "openai":
            from providers.tts.openai_speech import OpenAITextToSpeech

            return OpenAITextToSpeech(
                settings.openai_api_key,
                base_url=settings.openai_base_url,
                model=settings.openai_tts_model,
                voice=settings.openai_voice,
            )
        if kind == "elevenlabs":
            from providers.tts.elevenlabs import ElevenLabsTextToSpeech

            return ElevenLabsTextToSpeech(settings.elevenlabs_api_key, settings.elevenlabs_voice_id)
        if kind == "edge":
            from providers.tts.edge import EdgeTextToSpeech

            return EdgeTextToSpeech()
        from providers.tts.espeak import EspeakTextToSpeech

        return EspeakTextToSpeech()


_made: dict[SpeechSettings, _Engines] = {}


def _engines(settings: SpeechSettings) -> _Engines:
    return _made.setdefault(settings, _Engines(settings))


def build_stt(settings: SpeechSettings, language: str, on_fallback: OnFallback | None = None) -> SpeechToText | None:
    """The recogniser for `language`, or None when there is none: typed answers then carry the interview.

    Engines (and their child processes) are shared by all that ask with equal settings. Ask once a session: a model
    that was fetched meanwhile is used by the next one. Do not close what you get; `close` ends everything.
    """
    engines = _engines(settings)
    candidates = [engines.recogniser(kind) for kind in _stt_kinds(settings)]
    able = [engine for engine in candidates if engine is not None and language in engine.capabilities.languages]
    return FallbackSpeechToText(able, on_fallback=on_fallback, health=engines.health) if able else None


def build_tts(settings: SpeechSettings, language: str, on_fallback: OnFallback | None = None) -> TextToSpeech | None:
    """The voice for `language`, or None: questions are then only written."""
    engines = _engines(settings)
    candidates = [engines.voice(kind) for kind in _tts_kinds(settings)]
    able = [engine for engine in candidates if language in engine.capabilities.languages]
    return FallbackTextToSpeech(able, on_fallback=on_fallback, health=engines.health) if able else None


def _stt_kinds(settings: SpeechSettings) -> list[str]:
    """Engines to try, the best first. A chosen one keeps the offline engines behind it."""
    match settings.stt_provider:
        case "none":
            return []
        case "pocketsphinx":
            return ["pocketsphinx"]
        case "whisper":
            return ["whisper", "pocketsphinx"]
        case "openai":
            return ["openai", "whisper", "pocketsphinx"]
    # A base URL alone may be a language model that transcribes nothing, so there OpenAI's protocol comes last.
    if not settings.has_openai:
        return ["whisper", "pocketsphinx"]
    if settings.openai_base_url:
        return ["whisper", "pocketsphinx", "openai"]
    return ["openai", "whisper", "pocketsphinx"]


def _tts_kinds(settings: SpeechSettings) -> list[str]:
    match settings.tts_provider:
        case "none":
            return []
        case "espeak":
            return ["espeak"]
        case "edge" | "openai" | "elevenlabs" as chosen:
            return [chosen, "espeak"]
    keys = {
        "elevenlabs": settings.elevenlabs_api_key,
        "openai": settings.openai_api_key and not settings.openai_base_url,
    }
    return [*(kind for kind, key in keys.items() if key), "espeak"]


async def prepare(settings: SpeechSettings, language: str = "en") -> None:
    """In the background after the server is ready: fetch what is missing, start the children. Never raises."""
    await _warm(settings, language)
    if "whisper" in _stt_kinds(settings) and settings.fetch_models:
        await fetch.fetch(settings.whisper_model, settings.cache_dir)
        await _warm(settings, language)


async def _warm(settings: SpeechSettings, language: str) -> None:
    """Load the engine that serves `language` now; nothing to do when it is loaded."""
    engine = build_stt(settings, language)
    if engine is not None:
        try:
            await engine.warm()
        except ProviderError as error:
            log.warning("speech recognition by %s is not ready: %s", engine.name, error)


async def close() -> None:
    """Stop every child and connection of this process's engines."""
    made = list(_made.values())
    _made.clear()
    for engines in made:
        for recogniser in engines.recognisers.values():
            await recogniser.close()
        for voice in engines.voices.values():
            await voice.close()


def status(settings: SpeechSettings) -> dict[str, dict[str, Any]]:
    """For `GET /api/ai/models/status`: `{name: {provider, loaded, ready, detail}}`; touches no network.

    `speech_to_text` and `text_to_speech` say what is in use for each language; the others describe one engine each:
    `ready`: an interview can use it now; `loaded`: its model is in memory.
    """
    heard = {language: build_stt(settings, language) for language in sorted(LANGUAGES)}
    spoken = {language: build_tts(settings, language) for language in sorted(LANGUAGES)}
    found = {"speech_to_text": _in_use(heard), "text_to_speech": _in_use(spoken)}
    for kind in ("whisper", "pocketsphinx", "openai"):
        found[f"stt.{kind}"] = _recogniser_status(settings, kind)
    for kind in ("espeak", "edge", "openai", "elevenlabs"):
        found[f"tts.{kind}"] = _entry(
            kind, loaded=kind in _engines(settings).voices, ready=kind in _tts_kinds(settings)
        )
    found["vad"] = _entry("silero", loaded=silero.is_loaded(), ready=find_spec("faster_whisper") is not None)
    return found


def _in_use(engines: dict[str, SpeechToText | None] | dict[str, TextToSpeech | None]) -> dict[str, Any]:
    names = {language: engine.name if engine else None for language, engine in engines.items()}
    missing = [language for language, name in names.items() if name is None]
    detail = f"No engine for: {', '.join(missing)}." if missing else ""
    first = next((name for name in names.values() if name), "")
    return {**_entry(first, loaded=bool(first), ready=not missing, detail=detail), "languages": names}


def _recogniser_status(settings: SpeechSettings, kind: str) -> dict[str, Any]:
    engine = _engines(settings).recogniser(kind) if kind != "openai" or settings.has_openai else None
    wanted = kind in _stt_kinds(settings)
    loaded = bool(getattr(engine, "loaded", engine is not None))
    detail = "" if engine is not None else _how_to_get(settings, kind)
    return _entry(engine.name if engine else kind, loaded=loaded, ready=wanted and engine is not None, detail=detail)


def _how_to_get(settings: SpeechSettings, kind: str) -> str:
    if kind == "openai":
        return "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
    if kind == "pocketsphinx":
        return "Install the pocketsphinx package."
    folder = fetch.folder_of(settings.whisper_model, settings.cache_dir).name
    attempt = fetch.news(settings.whisper_model, settings.cache_dir)
    return f"The model is not here{f' ({attempt})' if attempt else ''}. Put it into {folder} under MODEL_CACHE_DIR."


def _entry(provider: str, *, loaded: bool, ready: bool, detail: str = "") -> dict[str, Any]:
    return {"provider": provider, "loaded": loaded, "ready": ready, "detail": detail}
