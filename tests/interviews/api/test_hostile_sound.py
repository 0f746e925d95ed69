"""Files that are made to cost a server its memory or its time, at the door that takes them."""

import io
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from tests.server import resident

Api = Callable[[User | None], APIClient]
pytestmark = pytest.mark.usefixtures("recognition")
MEGABYTE = 1024 * 1024
SPOKEN = Path(project.BASE_DIR) / "bench" / "demo" / "answers" / "00.flac"


def send(client: APIClient, content: bytes) -> Any:
    upload = SimpleUploadedFile("audio.bin", content, "audio/wav")
    return client.post("/api/ai/transcribe", {"audio_file": upload}, format="multipart")


def riff(channels: int, rate: int, size: int, body: bytes) -> bytes:
    """A WAV file whose header says what it likes."""
    block = min(channels * 2, 65_535)
    form = struct.pack("<HHIIHH", 1, channels, rate, min(rate * block, 2**32 - 1), block, 16)
    return (
        b"RIFF"
        + struct.pack("<I", size)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + (b"data" + struct.pack("<I", size) + body)
    )


def silence(hours: float) -> bytes:
    """A small FLAC file that unpacks to hours."""
    target = io.BytesIO()
    with av.open(target, "w", format="flac") as output:
        stream = output.add_stream("flac", rate=8_000, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=4_096)
        frame.sample_rate = 8_000
        frame.planes[0].update(bytes(8_192))
        for number in range(round(hours * 3_600 * 8_000 / 4_096)):
            frame.pts = number * 4_096
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return target.getvalue()


def endless_flac() -> bytes:
    """A header of 2^36 - 1 samples before a second of sound."""
    data = bytearray(silence(1 / 3_600))
    data[21] |= 0x0F
    data[22:26] = b"\xff" * 4
    return bytes(data[:200])


HOSTILE: dict[str, tuple[Callable[[], bytes], tuple[int, str]]] = {
    "two hours of silence": (lambda: silence(2), (413, "too_long")),
    "65535 channels": (lambda: riff(65_535, 48_000, 2**31, bytes(4 * MEGABYTE)), (422, "unreadable")),
    "a rate of 4 GHz": (lambda: riff(1, 2**32 - 1, 2**31, bytes(4 * MEGABYTE)), (422, "unreadable")),
    "one sample a second": (lambda: riff(1, 1, 2**31, bytes(MEGABYTE)), (413, "too_long")),
    "a header without end and no sound": (lambda: riff(1, 16_000, 2**32 - 1, b""), (400, "empty")),
    "endless FLAC": (endless_flac, (422, "unreadable")),
    "garbage": (lambda: bytes(range(256)) * 8_000, (422, "unreadable")),
    "garbage that says it is MP4": (
        lambda: struct.pack(">I", 24) + b"ftypisom" + b"\xff" * MEGABYTE,
        (422, "unreadable"),
    ),
    "cut in its header": (lambda: SPOKEN.read_bytes()[:40], (422, "unreadable")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_server_stays_small(api: Api, owner: User, name: str) -> None:
    make, expected = HOSTILE[name]
    client, content = api(owner), make()
    assert send(client, b"nothing to see").status_code == 422
    before = resident(os.getpid())
    answer = send(client, content)
    assert (answer.status_code, answer.json()["code"]) == expected
    assert answer.json()["message"].endswith(".")
    # The request's body and the file made of it; unpacked, the least of these files has 50 MB.
    assert resident(os.getpid()) - before < 2 * len(content) + 8 * MEGABYTE
