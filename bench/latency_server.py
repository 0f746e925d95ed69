"""The server under `bench.latency`: the real one, with providers that take the stated time for each stage."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from itertools import count
from typing import Any

from bench.capacity_server import free_port, people
from bench.latency_stages import ANSWER, FIRST_AUDIO_MS, FIRST_TOKEN_MS, FRAME_MS, RECOGNITION_MS, take_core
from providers.base import LANGUAGES, Capabilities
from providers.tts.base import TextToSpeech

RATE = 16_000
CHUNK = b"\x10\x00" * (RATE // 10)
CHUNKS = 8


def main(interviews: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    port = free_port()
    print(json.dumps({"port": port, **people(interviews)}), flush=True)
    from config.serve import hooks
    from config.serve.server import VivaServer

    hooks.left_out.update(("celery", "speech", "proctoring"))
    VivaServer(application(), "127.0.0.1", port).run()


def application() -> Any:
    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.urls import path

    from config.socket_users import SocketUser
    from interviews.consumers.webrtc import WebRtcConsumer

    consumer = SocketUser(WebRtcConsumer.as_asgi(engines=engines()))
    return ProtocolTypeRouter({"websocket": URLRouter([path("ws/webrtc/", consumer)])})


def engines() -> Any:
    from interviews.live.engines import Engines, Ensemble
    from providers.llm.base import Request
    from providers.llm.scripted import Reply, ScriptedLanguageModel, decision
    from providers.stt.scripted import Line, ScriptedSpeechToText
    from providers.vad.segmenter import Segmenter, SegmenterSettings
    from providers.vad.silero import SileroVad

    def segmenter() -> Segmenter:
        return Segmenter(SileroVad(), SegmenterSettings(grid_ms=FRAME_MS))

    numbers = count(1)

    def asked(request: Request) -> Reply:
        """No question twice: that would be refused."""
        words = f"I see. What did change number {next(numbers)} of yours do to the service afterwards?"
        return Reply(decision(words), first_ms=FIRST_TOKEN_MS)

    class Scripted(Engines):
        stt = ScriptedSpeechToText([Line(ANSWER, delay_ms=RECOGNITION_MS)], cycle=True)
        tts = QuickVoice()
        model = ScriptedLanguageModel(asked)

        def ensemble(self, language: str, *, voice: bool) -> Ensemble:
            return Ensemble(self.stt, self.tts, segmenter, model=self.model)

    return Scripted()


class QuickVoice(TextToSpeech):
    """The same second of a hum for every text, its first piece after the stated time, as over a network."""

    capabilities = Capabilities(name="scripted", languages=LANGUAGES, streaming=True, local=False)
    sample_rate = RATE

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        await asyncio.sleep(FIRST_AUDIO_MS / 1000)
        for _ in range(CHUNKS):
            yield CHUNK


if __name__ == "__main__":
    take_core(int(sys.argv[2]))
    main(int(sys.argv[1]))
