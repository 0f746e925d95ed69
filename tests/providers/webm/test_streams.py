"""Recordings that come in pieces, decoded in processes of their own: the real ones."""

import asyncio
import os
import signal
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.base import BadInputError
from providers.webm import nursery as nurseries
from providers.webm.base import StreamDecoder, begins_anew, may_begin_anew
from providers.webm.pool import Nursery
from tests.providers.webm import recordings
from tests.providers.webm.recordings import block, by_hand, element, tone, webm

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="module")
def spoken() -> bytes:
    """Three seconds of a tone, in clusters of one."""
    return webm(tone(3))


async def feed(decoder: StreamDecoder, data: bytes) -> bytes:
    return b"".join([pcm async for pcm in decoder.feed(data)])


async def decoded(nursery: Nursery, data: bytes, step: int = 8_000) -> bytes:
    decoder = nursery.open()
    try:
        return b"".join([await feed(decoder, data[at : at + step]) for at in range(0, len(data), step)])
    finally:
        decoder.close()


def pitch(pcm: bytes) -> float:
    """Hertz, by how often the wave goes up through zero."""
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    rises = sum(1 for before, after in pairwise(samples) if before < 0 <= after)
    return rises * 16_000 / len(samples)


def seconds(pcm: bytes) -> float:
    return len(pcm) / 32_000


def children(pid: int) -> set[int]:
    return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


async def gone(pid: int, known: set[int]) -> None:
    async with asyncio.timeout(10):
        while children(pid) - known:  # noqa: ASYNC110  # processes end without telling this loop
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("step", [1, 97, 1_000, 100_000], ids=lambda step: f"{step} bytes")
async def test_a_recording_in_pieces_of_any_size_gives_the_same_sound(
    nursery: Nursery, spoken: bytes, step: int
) -> None:
    data = spoken if step > 1 else spoken[:3_000]
    pcm = await decoded(nursery, data, step)
    assert pcm == (await decoded(nursery, data, 500))
    assert pitch(pcm) == pytest.approx(440, rel=0.02)


async def test_sound_comes_with_its_piece(nursery: Nursery, spoken: bytes) -> None:
    decoder = nursery.open()
    third = len(spoken) // 3
    lengths = [seconds(await feed(decoder, spoken[at : at + third])) for at in range(0, len(spoken) - 2, third)]
    assert lengths == pytest.approx([1, 1, 1], abs=0.1)
    decoder.close()


async def test_the_sound_of_a_video_is_taken(nursery: Nursery) -> None:
    pcm = await decoded(nursery, webm(tone(2), video=True), 1_000)
    assert seconds(pcm) == pytest.approx(2, abs=0.05)
    assert pitch(pcm) == pytest.approx(440, rel=0.02)


async def test_two_streams_do_not_mix(nursery: Nursery) -> None:
    high, low = webm(tone(1, hertz=880)), webm(tone(1, hertz=220))
    pitches = [pitch(pcm) for pcm in await asyncio.gather(decoded(nursery, high, 300), decoded(nursery, low, 300))]
    assert pitches == pytest.approx([880, 220], rel=0.02)


def test_a_header_is_told_by_its_first_bytes(spoken: bytes) -> None:
    assert begins_anew(spoken)
    assert not begins_anew(spoken[1:])
    assert not begins_anew(b"")
    assert [may_begin_anew(spoken[:length]) for length in range(6)] == [True, True, True, True, False, False]
    assert not may_begin_anew(b"\x1a\x46")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "garbage": (lambda: bytes(range(256)) * 4_096, "unreadable"),
    "garbage behind a header": (lambda: recordings.EBML + b"\xff" * MEGABYTE, "unreadable"),
    "a ZIP archive": (lambda: b"PK\x03\x04" + bytes(MEGABYTE), "unreadable"),
    "a header of 3 GB": (lambda: element(recordings.EBML, bytes(MEGABYTE), 3 * 2**30), "unreadable"),
    "a codec's private data of 3 GB": (
        lambda: by_hand(b"").replace(
            element(b"\x63\xa2", recordings.OPUS_HEAD), element(b"\x63\xa2", bytes(MEGABYTE), 3 * 2**30)
        ),
        "unreadable",
    ),
    "nothing but padding": (
        lambda: by_hand(b"")[:60] + element(recordings.VOID, bytes(MEGABYTE), 2**40),
        "unreadable",
    ),
    "a block of 200 MB": (
        lambda: (
            by_hand(block(b"\xf8\xff\xfe") + recordings.BLOCK + struct.pack(">Q", 2**56 | 200 * MEGABYTE))
            + bytes(MEGABYTE)
        ),
        "unreadable",
    ),
    "blocks that no decoder understands": (lambda: by_hand(block(b"\xff" * 40) * 20_000), "unreadable"),
    "another codec": (lambda: by_hand(block(bytes(20)) * 60, codec=b"A_VORBIS"), "no_audio"),
    "a picture without sound": (lambda: webm(tone(2), video=True, codec=""), "no_audio"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_recording_ends_with_an_error_and_its_process(
    nursery: Nursery, spoken: bytes, name: str
) -> None:
    make, code = HOSTILE[name]
    nursery.warm()
    assert nursery.pid is not None
    known = children(nursery.pid)
    with pytest.raises(BadInputError) as caught:
        await decoded(nursery, make(), 16_000)
    assert caught.value.code == code
    await gone(nursery.pid, known)
    assert seconds(await decoded(nursery, spoken)) == pytest.approx(3, abs=0.05)


async def test_a_length_of_ages_means_nothing(nursery: Nursery) -> None:
    info = element(recordings.INFO, element(b"\x2a\xd7\xb1", b"\x0f\x42\x40"))
    long = element(
        recordings.INFO, element(b"\x2a\xd7\xb1", b"\x0f\x42\x40") + element(b"\x44\x89", struct.pack(">d", 1e18))
    )
    data = by_hand(block(b"\xf8\xff\xfe") * 50).replace(info, long)
    assert seconds(await decoded(nursery, data)) == pytest.approx(1, abs=0.05)


async def test_hours_in_a_few_bytes_come_only_as_fast_as_they_are_taken(nursery: Nursery) -> None:
    """Blocks of two bytes that hold 60 ms each: what is not asked for waits in the other process, and not for long."""
    bomb = by_hand(block(b"\x1b\x01") * 3_000)
    decoder = nursery.open()
    sound = decoder.feed(bomb[:40_000])
    first = await anext(sound)
    assert len(first) < 16_000
    await asyncio.sleep(0.2)
    rest = 0
    async for pcm in sound:
        rest += len(pcm)
        assert len(pcm) < 16_000
    assert seconds(bytes(rest)) > 60
    decoder.close()


async def test_damage_on_the_way_costs_its_own_moment(nursery: Nursery, spoken: bytes) -> None:
    middle = len(spoken) // 2
    damaged = spoken[:middle] + b"\x55" * 300 + spoken[middle + 300 :]
    assert seconds(await decoded(nursery, damaged, 1_000)) == pytest.approx(3, abs=1.1)


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_but_these_errors_whatever_comes(nursery: Nursery, spoken: bytes, data: st.DataObject) -> None:
    broken = bytearray(spoken[:4_000])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    step = data.draw(st.integers(50, 4_000))

    with suppress(BadInputError):
        assert seconds(asyncio.run(decoded(nursery, bytes(broken), step))) < 5


async def test_a_stream_whose_process_is_killed_goes_on_with_its_next_cluster(nursery: Nursery, spoken: bytes) -> None:
    decoder = nursery.open()
    third = spoken.index(recordings.CLUSTER, spoken.index(recordings.CLUSTER) + 4)  # where the second cluster begins
    assert nursery.pid is not None
    known = children(nursery.pid)
    assert seconds(await feed(decoder, spoken[:third])) == pytest.approx(1, abs=0.1)
    (process,) = children(nursery.pid) - known
    os.kill(process, signal.SIGKILL)
    assert seconds(await feed(decoder, spoken[third:])) == pytest.approx(2, abs=0.1)
    decoder.close()


async def test_a_nursery_that_died_is_replaced(nursery: Nursery, spoken: bytes) -> None:
    before = nursery.open()
    await feed(before, spoken[:4_000])
    assert nursery.pid is not None
    os.kill(nursery.pid, signal.SIGKILL)
    assert seconds(await decoded(nursery, spoken)) == pytest.approx(3, abs=0.05)
    await feed(before, spoken[4_000:])
    before.close()


def test_a_process_that_cannot_be_had_ends_its_own_stream_only() -> None:
    def fork() -> int:
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    outcomes: list[int | OSError] = [BlockingIOError("too many processes"), 7]
    door, server = socket.socketpair()
    streams = [socket.socketpair() for _ in outcomes]
    for _, theirs in streams:
        socket.send_fds(server, [b"+"], [theirs.fileno()])
        theirs.close()
    server.close()
    with door:
        nurseries.take_in(door, fork)
    assert outcomes == []
    for ours, _ in streams:
        with ours:
            assert ours.recv(1) == b""


async def test_what_was_closed_leaves_no_process(nursery: Nursery, spoken: bytes) -> None:
    nursery.warm()
    assert nursery.pid is not None
    known = children(nursery.pid)
    decoders = [nursery.open() for _ in range(5)]
    for decoder in decoders:
        await feed(decoder, spoken[:4_000])
    assert len(children(nursery.pid) - known) == 5
    for decoder in decoders:
        decoder.close()
        decoder.close()
    await gone(nursery.pid, known)
