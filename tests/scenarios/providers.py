"""Scripted providers whose moods a scenario sets: ears that hear what was really played to them, and a voice."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from interviews.live import store
from interviews.live.engines import Engines, Ensemble
from interviews.live.running import Runner
from providers.audio import ms_to_samples
from providers.base import LANGUAGES, Capabilities, ProviderError
from providers.llm import scripted
from providers.llm.scripted import ScriptedLanguageModel
from providers.sandbox.base import NoSandbox, Sandbox
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript
from providers.tts.base import TextToSpeech
from providers.tts.fallback import FallbackTextToSpeech
from providers.vad.base import VoiceActivity
from providers.vad.segmenter import Segmenter
from tests.scenarios.schema import Ears, Moods, Reply, Voice
from tests.scenarios.sound import Listener, Vocabulary

CHUNK_MS = 100
CHUNK_BYTES = ms_to_samples(CHUNK_MS) * 2
MOST_OF_A_DYING_VOICE = 7  # chunks
FOR_EVER_S = 10_000_000


class Loudness(VoiceActivity):
    """Speech is whatever makes a sound."""

    def probability(self, window: bytes | bytearray | memoryview) -> float:
        return 0.99 if any(window[1::16]) or any(window[::16]) else 0.01

    def reset(self) -> None:
        pass


class ScenarioEngines(Engines):
    """The same engines for every session of a conversation; `moods` may be changed while it goes on."""

    def __init__(
        self, vocabulary: Vocabulary, moods: Moods, replies: Sequence[Reply] = (), sandbox: Sandbox | None = None
    ) -> None:
        here = sandbox or NoSandbox("not in this conversation")
        self.runner = Runner(store.default(), lambda: here, 1)
        self.vocabulary = vocabulary
        self.moods = moods
        self.model = ScriptedLanguageModel([_scripted(reply) for reply in replies]) if replies else None

    def ensemble(self, language: str, *, voice: bool) -> Ensemble:
        ears = None if self.moods.ears is Ears.NONE else ScenarioEars(self)
        return Ensemble(
            stt=ears,
            tts=self._voice() if voice else None,
            segmenter=lambda: Segmenter(Loudness()),
            model=self.model,
            runner=self.runner,
        )

    def _voice(self) -> TextToSpeech:
        first = ScenarioVoice(self)
        if not self.moods.second_voice:
            return first
        return FallbackTextToSpeech([first, ScriptedVoice(self.vocabulary)])


def _scripted(reply: Reply) -> scripted.Reply:
    text = reply.raw or ""
    if reply.says is not None:
        text = scripted.decision(reply.says, next_=reply.next)
    error = None if reply.fails is None else ProviderError(reply.fails, retryable=True)
    return scripted.Reply(text, first_ms=_ms(reply.first), token_ms=_ms(reply.each), error=error)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


class ScenarioEars(SpeechToText):
    """Understands the words whose sound it is fed, in the mood of the moment at which an utterance begins."""

    capabilities = Capabilities(name="scripted", languages=LANGUAGES, streaming=True, local=True)

    def __init__(self, engines: ScenarioEngines) -> None:
        self._engines = engines

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        if self._engines.moods.ears is Ears.REFUSES:
            raise ProviderError("no recognition today", retryable=True)
        return Understanding(self._engines, on_partial)


class Understanding(Recognition):
    """One utterance: words as soon as half of each was heard, the final text `ears_delay` after the end."""

    def __init__(self, engines: ScenarioEngines, on_partial: OnPartial | None) -> None:
        super().__init__(on_partial)
        self._mood = engines.moods.ears
        self._delay_s = engines.moods.ears_delay
        self._listener = Listener(engines.vocabulary)
        self._told = ""

    @property
    def backlog_ms(self) -> int:
        return self.fed_ms if self._mood is Ears.STUCK else 0

    def _feed(self, pcm: bytes) -> None:
        self._listener.hear(pcm)
        text = self._listener.text
        if text != self._told and self._mood is Ears.WELL:
            self._told = text
            self._tell(text)

    async def _finish(self) -> Transcript:
        await asyncio.sleep(FOR_EVER_S if self._mood in {Ears.HANGS, Ears.STUCK} else self._delay_s)
        if self._mood is Ears.FAILS:
            raise ProviderError("the recogniser broke", retryable=True)
        return Transcript(self._listener.text, 0.9, "scripted")

    def _cancel(self) -> None:
        pass


class ScriptedVoice(TextToSpeech):
    """Says the very words, 60 ms a character."""

    capabilities = Capabilities(name="second", languages=LANGUAGES, streaming=True, local=True)
    sample_rate = 16_000

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        pcm = self._vocabulary.sound(text)
        for start in range(0, len(pcm), CHUNK_BYTES):
            yield pcm[start : start + CHUNK_BYTES]


class ScenarioVoice(ScriptedVoice):
    """Does so in the mood of the moment at which it is asked to."""

    capabilities = Capabilities(name="scripted", languages=LANGUAGES, streaming=True, local=True)

    def __init__(self, engines: ScenarioEngines) -> None:
        super().__init__(engines.vocabulary)
        self._engines = engines

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        mood = self._engines.moods.voice
        await asyncio.sleep(FOR_EVER_S if mood is Voice.HANGS else self._engines.moods.voice_delay)
        if mood is Voice.FAILS:
            raise ProviderError("no voice today", retryable=True)
        sent = 0
        async for pcm in super()._stream(text, language):
            if mood is Voice.DIES and sent == MOST_OF_A_DYING_VOICE:
                raise ProviderError("the voice broke off", retryable=True)
            sent += 1
            yield pcm
