"""WebM as a browser makes it, and as somebody with bad intentions does."""

import io
import math
import struct
from fractions import Fraction

import av

EBML, SEGMENT, INFO, TRACKS, CLUSTER, BLOCK, VOID = (
    b"\x1a\x45\xdf\xa3",
    b"\x18\x53\x80\x67",
    b"\x15\x49\xa9\x66",
    b"\x16\x54\xae\x6b",
    b"\x1f\x43\xb6\x75",
    b"\xa3",
    b"\xec",
)
UNKNOWN = b"\x01" + b"\xff" * 7
OPUS_HEAD = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48_000, 0, 0)


def tone(seconds: float, *, hertz: float = 440, rate: int = 48_000) -> bytes:
    """Mono PCM16."""
    count = round(seconds * rate)
    return struct.pack(f"<{count}h", *(round(8_000 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(count)))


def webm(pcm: bytes, *, cluster_ms: int = 1_000, video: bool = False, codec: str = "libopus") -> bytes:
    """PCM16 at 48 kHz as MediaRecorder would have made it: live, so of unknown length."""
    target = io.BytesIO()
    options = {"live": "1", "cluster_time_limit": str(cluster_ms)}
    with av.open(target, "w", format="webm", options=options) as output:
        picture = output.add_stream("libvpx", rate=10) if video else None
        sound = output.add_stream(codec, rate=48_000, layout="mono") if codec else None
        for number, start in enumerate(range(0, len(pcm), 1_920)):
            if picture is not None and number % 5 == 0:
                output.mux(picture.encode(blank(number // 5)))
            if sound is not None:
                output.mux(sound.encode(frame_of(pcm[start : start + 1_920], number)))
        for stream in (sound, picture):
            if stream is not None:
                output.mux(stream.encode(None))
    return target.getvalue()


def frame_of(pcm: bytes, number: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=960)
    frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 960, Fraction(1, 48_000)
    frame.planes[0].update(pcm.ljust(1_920, b"\0"))
    return frame


def blank(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, "yuv420p")
    frame.pts, frame.time_base = number, Fraction(1, 10)
    for plane in frame.planes:
        plane.update(bytes([(40 + number) % 256]) * plane.buffer_size)
    return frame


def element(name: bytes, body: bytes, size: int | None = None) -> bytes:
    """An EBML element; `size` is what it claims where that is a lie."""
    return name + struct.pack(">Q", (len(body) if size is None else size) | 1 << 56) + body


def by_hand(blocks: bytes, *, private: bytes = OPUS_HEAD, codec: bytes = b"A_OPUS", channels: int = 1) -> bytes:
    """A live recording of one track, with these blocks in its first cluster."""
    entry = element(b"\xd7", b"\x01") + element(b"\x73\xc5", b"\x01") + element(b"\x83", b"\x02")
    entry += element(b"\x86", codec) + element(b"\x63\xa2", private)
    entry += element(b"\xe1", element(b"\xb5", struct.pack(">d", 48_000)) + element(b"\x9f", bytes([channels])))
    head = element(EBML, element(b"\x42\x82", b"webm")) + SEGMENT + UNKNOWN
    head += element(INFO, element(b"\x2a\xd7\xb1", b"\x0f\x42\x40")) + element(TRACKS, element(b"\xae", entry))
    return head + CLUSTER + UNKNOWN + element(b"\xe7", b"\x00") + blocks


def block(packet: bytes, at_ms: int = 0) -> bytes:
    return element(BLOCK, b"\x81" + struct.pack(">hB", at_ms % 30_000, 0x80) + packet)
