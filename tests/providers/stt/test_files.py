"""Whole files: what they say, and what is wrong with those that cannot be read."""

import io
from pathlib import Path

import av
import pytest

from providers.audio import wav
from providers.base import BadInputError
from providers.children.base import MEBIBYTE, Allowance
from providers.stt.files import FileLimits, decode, transcribe_file
from providers.stt.scripted import ScriptedSpeechToText
from providers.vad.scripted import ScriptedVad
from tests.providers.sound import CLIPS, MATERIAL, clip

BROKEN = MATERIAL / "speech" / "broken"


def encoded(pcm: bytes, container: str, codec: str, rate: int = 48_000) -> bytes:
    """`pcm` (16 kHz) in another container."""
    target = io.BytesIO()
    with av.open(target, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
        frame.sample_rate = 16_000
        frame.planes[0].update(pcm)
        resampler = av.AudioResampler(stream.format, stream.layout, rate, frame_size=stream.frame_size or None)
        for part in (*resampler.resample(frame), *resampler.resample(None), None):
            output.mux(stream.encode(part))
    return target.getvalue()


async def test_each_stretch_of_speech_is_a_segment_with_its_seconds():
    engine = ScriptedSpeechToText(["hello", "", "world"])
    vad = ScriptedVad([(1_000, 2_000), (4_000, 5_000), (7_000, 8_000)])
    result = await transcribe_file(wav(bytes(32_000 * 10)), "en", engine, vad=vad)
    assert (result.text, result.language, result.duration, result.engine) == ("hello world", "en", 10.0, "scripted")
    assert [(one.start, one.end, one.text) for one in result.segments] == [
        (0.704, 1.984, "hello"),
        (6.72, 8.0, "world"),
    ]
    assert result.confidence == 0.9


async def test_a_file_without_speech_has_no_words():
    result = await transcribe_file(wav(bytes(64_000)), "en", ScriptedSpeechToText(["never"]))
    assert (result.text, result.segments, result.confidence, result.duration) == ("", (), None, 2.0)


async def test_a_spoken_file_by_a_real_engine(sphinx):
    result = await transcribe_file(CLIPS / "team.flac", "en", sphinx)
    assert result.text == "i like to work in a small team where people help each other"
    assert len(result.segments) == 1
    assert result.engine == "pocketsphinx"


@pytest.mark.parametrize(
    ("container", "codec"), [("webm", "libopus"), ("ogg", "libopus"), ("mp3", "libmp3lame"), ("mp4", "aac")]
)
def test_the_containers_that_browsers_and_phones_make(container, codec, tmp_path):
    pcm = clip("closing")
    if container == "mp4":  # needs a file to write its index into
        (tmp_path / "clip.mp4").write_bytes(encoded_to_file(pcm, tmp_path / "made.mp4", codec))
        source: bytes | Path = tmp_path / "clip.mp4"
    else:
        source = encoded(pcm, container, codec)
    assert abs(len(decode(source, FileLimits())) - len(pcm)) < 0.1 * 32_000


def encoded_to_file(pcm: bytes, path: Path, codec: str) -> bytes:
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream(codec, rate=48_000, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
        frame.sample_rate = 16_000
        frame.planes[0].update(pcm)
        resampler = av.AudioResampler(stream.format, stream.layout, 48_000, frame_size=1_024)
        for part in (*resampler.resample(frame), *resampler.resample(None), None):
            output.mux(stream.encode(part))
    return path.read_bytes()


def video_without_sound() -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="matroska") as output:
        stream = output.add_stream("mpeg4", rate=5)
        stream.width, stream.height = 32, 32
        for _ in range(3):
            output.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        output.mux(stream.encode(None))
    return target.getvalue()


def playlist(tmp_path: Path) -> bytes:
    """Would make FFmpeg read another file of the server."""
    (tmp_path / "secret.wav").write_bytes(wav(bytes(32_000)))
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{tmp_path}/secret.wav\n#EXT-X-ENDLIST\n".encode()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: b"", "empty"),
        (lambda _: wav(b""), "empty"),
        (lambda _: b"this is no sound at all, only text", "unreadable"),
        (lambda _: bytes(5_000), "unreadable"),
        (lambda _: wav(bytes(32_000))[:20], "unreadable"),
        (lambda _: video_without_sound(), "no_audio"),
        (lambda _: wav(bytes(32_000 * 4)), "too_long"),
        (lambda _: wav(bytes(2_000_000)), "too_large"),
        (playlist, "unreadable"),
    ],
    ids=["nothing", "no samples", "text", "zeros", "half a header", "silent film", "long", "large", "playlist"],
)
def test_what_cannot_be_used_is_refused_with_a_reason(make, code, tmp_path):
    with pytest.raises(BadInputError) as refused:
        decode(make(tmp_path), FileLimits(seconds=3, size=1_500_000))
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("allowance", "code"), [(Allowance(seconds=0.01), "too_slow"), (Allowance(memory=MEBIBYTE), "too_heavy")]
)
def test_decoding_that_passes_a_limit_is_killed(allowance, code):
    with pytest.raises(BadInputError) as refused:
        decode(wav(bytes(32_000 * 300)), FileLimits(decoding=allowance))
    assert refused.value.code == code


def test_a_file_cut_in_the_middle_gives_what_is_there():
    whole = (CLIPS / "team.flac").read_bytes()
    pcm = decode(whole[: len(whole) // 2], FileLimits())
    assert 0.3 < len(pcm) / len(clip("team")) < 0.7


def test_an_open_file_is_read_from_its_beginning():
    with (CLIPS / "team.flac").open("rb") as file:
        file.seek(1_000)
        assert decode(file, FileLimits()) == clip("team")


@pytest.mark.skipif(not BROKEN.is_dir(), reason="needs the shared recordings in ../shared/material")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing_wav_header.wav", "unreadable"),
        ("pisets_empty_mono.wav", "empty"),
        ("pisets_notsound.wav", "unreadable"),
    ],
)
def test_broken_recordings_of_others(name, code):
    with pytest.raises(BadInputError) as refused:
        decode(BROKEN / name, FileLimits())
    assert refused.value.code == code


@pytest.mark.skipif(not BROKEN.is_dir(), reason="needs the shared recordings in ../shared/material")
def test_a_recording_with_a_wrong_ending_is_read_all_the_same():
    assert len(decode(BROKEN / "pisets_test_mpeg.m4a", FileLimits())) > 32_000
