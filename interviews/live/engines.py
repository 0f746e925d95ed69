"""Which speech engines a session gets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from interviews.live import metrics
from interviews.live.running import Runner
from providers import factory
from providers.base import FallbackNotice
from providers.factory import SpeechSettings
from providers.llm import factory as models
from providers.llm.base import LanguageModel
from providers.stt.base import SpeechToText
from providers.tts.base import TextToSpeech
from providers.vad.segmenter import Segmenter, SegmenterSettings

FRAME_MS = 40  # of the audio that clients send


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What one session speaks and hears with; without `stt` answers are typed, without `tts` questions are read.

    `model` writes the questions where there is one. `acknowledge`: an answer is acknowledged while it thinks.
    `runner` runs the candidate's programs; None: the process's own.
    """

    stt: SpeechToText | None
    tts: TextToSpeech | None
    segmenter: Callable[[], Segmenter]
    model: LanguageModel | None = None
    acknowledge: bool = True
    runner: Runner | None = None

    @property
    def speech_engine(self) -> str:
        return self.stt.name if self.stt is not None else ""

    @property
    def voice_engine(self) -> str:
        return self.tts.name if self.tts is not None else ""


class Engines:
    """The installation's engines, as the settings name them; shared by all sessions of the process."""

    def ensemble(self, language: str, *, voice: bool) -> Ensemble:
        """For an interview in `language`; `voice`: the client wants to hear the interviewer."""
        chosen = speech_settings()
        return Ensemble(
            stt=factory.build_stt(chosen, language, fell_back),
            tts=factory.build_tts(chosen, language, fell_back) if voice else None,
            segmenter=_segmenter,
            model=interviewer_model(),
            acknowledge=settings.ACKNOWLEDGE,
        )


def interviewer_model() -> LanguageModel | None:
    """None: the offline interviewer asks."""
    wanted = settings.INTERVIEWER_MODEL, settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL
    return models.build(models.LanguageModelSettings(*wanted))


def interviewer_status() -> dict[str, Any]:
    """Who asks the questions, for `GET /api/ai/models/status`; touches no network."""
    model = interviewer_model()
    detail = "" if model else "The offline interviewer asks. Set OPENAI_API_KEY or OPENAI_BASE_URL for a model."
    return {"provider": model.name if model else models.OFFLINE, "loaded": True, "ready": True, "detail": detail}


def speech_settings() -> SpeechSettings:
    return SpeechSettings(
        cache_dir=settings.MODEL_CACHE_DIR,
        stt_provider=settings.STT_PROVIDER,
        tts_provider=settings.TTS_PROVIDER,
        openai_api_key=settings.OPENAI_API_KEY,
        openai_base_url=settings.OPENAI_BASE_URL,
        elevenlabs_api_key=settings.ELEVENLABS_API_KEY,
        elevenlabs_voice_id=settings.ELEVENLABS_VOICE_ID,
        whisper_model=settings.WHISPER_MODEL,
        whisper_device=settings.WHISPER_DEVICE,
    )


def _segmenter() -> Segmenter:
    # Imported late: onnxruntime takes a while, and pages and commands do not need it.
    from providers.vad.silero import SileroVad

    return Segmenter(SileroVad(), SegmenterSettings(grid_ms=FRAME_MS))


def fell_back(notice: FallbackNotice) -> None:
    """Count that another engine goes on; the fallback itself has logged it."""
    stage = metrics.Stage.RECOGNITION if notice.kind == "stt" else metrics.Stage.VOICE
    metrics.failed(stage)
    metrics.fell_back(stage)
