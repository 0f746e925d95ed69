"""The server under `bench.capacity`: the real one, with scripted recognition, and a bare consumer beside it."""

import json
import os
import socket
import sys
from typing import Any

SILENCE_WINDOWS = 19  # of the segmenter, 0.6 s, before what cannot be heard is no part of an utterance any more
WORDS = "I measured it first and then I changed one thing at a time"


def main(interviews: int, recorded: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    port = free_port()
    viva = people(interviews)
    facts = {"port": port, "viva": viva, "recorded": people(recorded, agreed=True) if recorded else viva}
    print(json.dumps(facts), flush=True)
    from config.serve import hooks
    from config.serve.server import VivaServer

    hooks.left_out.update(("celery", "speech", "proctoring", "recording"))

    VivaServer(application(), "127.0.0.1", port).run()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def people(interviews: int, *, agreed: bool = False) -> dict[str, Any]:
    """A candidate with a resume and many interviews: `{token, resume, interviews}`. `agreed` to be recorded, or not."""
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from rest_framework_simplejwt.tokens import AccessToken

    from accounts.domain import consents
    from accounts.models import ConsentKind, User
    from interviews.models import Interview
    from resumes.models import Resume

    call_command("migrate", verbosity=0, run_syncdb=True)
    owner = User.objects.create_user(f"bench{agreed:d}@example.com", "unused")
    consents.record(owner, ConsentKind.RECORDING, agreed)
    resume = Resume.objects.create(
        owner=owner,
        name="r",
        file=ContentFile(b"x", "r.pdf"),
        file_name="r.pdf",
        size=1,
        status="parsed",
        language="en",
    )
    fields = {"owner": owner, "position_name": "Backend", "position_type": "backend", "language": "en"}
    rows = [Interview.objects.create(**fields) for _ in range(interviews)]
    return {
        "token": str(AccessToken.for_user(owner)),
        "resume": resume.pk,
        "interviews": [row.pk for row in rows],
    }


def application() -> Any:
    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.urls import path

    from config.socket_users import SocketUser
    from interviews.consumers.webrtc import WebRtcConsumer

    real = SocketUser(WebRtcConsumer.as_asgi(engines=engines()))
    sockets = URLRouter([path("bare/", bare().as_asgi()), path("viva/", real), path("recorded/", real)])
    return ProtocolTypeRouter({"websocket": sockets})


def engines() -> Any:
    from interviews.live.engines import Engines, Ensemble
    from providers.stt.scripted import Line, ScriptedSpeechToText
    from providers.vad.segmenter import Segmenter
    from providers.vad.silero import SileroVad

    class Scripted(Engines):
        stt = ScriptedSpeechToText([Line(WORDS, delay_ms=100)], cycle=True)

        def ensemble(self, language: str, *, voice: bool) -> Ensemble:
            return Ensemble(self.stt, None, lambda: Segmenter(SileroVad()))

    return Scripted()


def bare() -> Any:
    """What a socket costs at the least: Channels' dispatch without its clean-up, the same decoder, the same VAD.

    It asks the model for the windows for which the interview's segmenter does.
    """
    from channels.generic.websocket import AsyncWebsocketConsumer

    from interviews.consumers.protocol import AudioFrame, decode
    from providers.vad.base import WINDOW_BYTES
    from providers.vad.silero import SileroVad

    class Bare(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
        async def dispatch(self, message: dict[str, Any]) -> None:
            await getattr(self, message["type"].replace(".", "_"))(message)

        async def connect(self) -> None:
            self.vad, self.rest, self.quiet = SileroVad(), b"", SILENCE_WINDOWS
            await self.accept()

        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            message = decode(text_data or "")
            if type(message) is not AudioFrame:
                await self.send('{"type":"pong"}')
                return
            data, start = self.rest + message.audio_data, 0
            for end in range(WINDOW_BYTES, len(data) + 1, WINDOW_BYTES):
                hear = self.vad.probability if self.quiet < SILENCE_WINDOWS else self.vad.idle
                self.quiet = 0 if hear(data[start:end]) > 0.5 else self.quiet + 1
                start = end
            self.rest = data[start:]

    return Bare


if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[2])})
    main(int(sys.argv[1]), int(sys.argv[3]))
