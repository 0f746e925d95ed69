"""`kill -9` in the middle of a recording: what was before it plays, the turn that was going on is recovered."""

import asyncio
import base64
import io
from collections.abc import Callable
from typing import Any

import av

from tests.e2e.candidate import Candidate, candidates, recorded, until
from tests.e2e.seed import guests, recruiter
from tests.interviews.recording.journals import FACE
from tests.server import LiveServer

Piece = dict[str, Any]
LEAST_MS = 1_000  # what the last second's kill may cost


async def pieces_of(candidate: Candidate, token: str) -> list[Piece]:
    path = f"/api/v1/interviews/{candidate.guest.interview}/recording/"
    status, body = await asyncio.to_thread(candidate.server.request, path, None, token)
    assert status == 200, body
    return list(body["pieces"])


async def length_ms(candidate: Candidate, token: str, piece: Piece) -> int:
    """Of the file, played to its end."""
    headers = {"Authorization": f"Bearer {token}"}
    async with candidate.http.get(candidate.server.url + piece["file"], headers=headers) as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, piece["content_type"])
        file = io.BytesIO(await answer.read())
    with av.open(file) as container:
        last = list(container.decode(container.streams[0]))[-1]
        shown = last.samples * 1000 // last.sample_rate if isinstance(last, av.AudioFrame) else 0
        return round(float(last.time or 0) * 1000) + shown


async def is_recorded(candidate: Candidate) -> None:
    agreed = {"kind": "recording", "version": "1", "granted": True}
    await asyncio.to_thread(candidate.server.post, "/api/v1/consents/", agreed, candidate.guest.token)
    created = await candidate.enter(audio=True)
    assert created["state"]["recording"] is True


async def shows_a_face(candidate: Candidate) -> None:
    await candidate.line.send("video_frame", frame_data=base64.b64encode(FACE.read_bytes()).decode())


async def test_a_killed_server_loses_nothing_of_a_recording_but_its_last_second(
    start_server: Callable[..., LiveServer],
) -> None:
    server = start_server("--without", "celery", "--without", "proctoring", STT_PROVIDER="pocketsphinx")
    token = await asyncio.to_thread(recruiter, server)
    async with candidates(server, guests(server, 1)) as (candidate,):
        await is_recorded(candidate)
        await candidate.line.next("interview_message", kind="prompt")
        await shows_a_face(candidate)
        await candidate.speak(recorded("introduction"))
        await candidate.line.next("asr_result", final=True)
        await candidate.line.send("control", action="answer_done")
        await candidate.line.next("interview_message", kind="question")
        answer = recorded("queue")
        await candidate.speak(answer)
        await candidate.line.next("asr_result", final=True)
        await asyncio.sleep(1.0)
        server.kill()
        await candidate.line.closed()
        server.start()

        async def recovered() -> bool:
            return {piece["turn_number"] for piece in await pieces_of(candidate, token)} == {1, 2}

        await until(recovered, "both turns in the storage")
        pieces = await pieces_of(candidate, token)
        first = {piece["side"] for piece in pieces if piece["turn_number"] == 1}
        second = [piece for piece in pieces if (piece["turn_number"], piece["side"]) == (2, "candidate")]
        assert first == {"candidate", "interviewer", "camera"}
        for piece in pieces:
            assert abs(await length_ms(candidate, token, piece) - (piece["end_ms"] - piece["start_ms"])) <= 60
        assert [piece["end_ms"] - piece["start_ms"] >= len(answer) * 40 - LEAST_MS for piece in second] == [True]
        assert list((server.folder / "recordings").glob("*/*-*")) == []
