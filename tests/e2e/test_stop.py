"""A recruiter stops interviews in every phase: each candidate is told, and what comes later is not kept."""

import asyncio
from collections.abc import Callable

from tests.e2e.candidate import Candidate, candidates
from tests.e2e.seed import guests, recruiter
from tests.server import LiveServer


async def is_greeted(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    await candidate.line.next("interview_message", kind="prompt")


async def is_asked(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    await candidate.introduce()


async def has_the_task(candidate: Candidate) -> None:
    await candidate.enter(input="text")
    await candidate.reach_the_task()


async def is_told(candidate: Candidate) -> None:
    await candidate.line.next("interview_complete", outcome="stopped")
    assert await candidate.line.closed() == 1000


async def test_a_stop_in_every_phase(start_server: Callable[..., LiveServer]) -> None:
    server = start_server("--no-children", STT_PROVIDER="none")
    reviewer = recruiter(server)
    async with candidates(server, guests(server, 4)) as everybody:
        away, *connected = everybody
        for candidate, reach in zip(connected, (is_greeted, is_asked, has_the_task), strict=True):
            await reach(candidate)
        said = [await candidate.said() for candidate in connected]
        for candidate in everybody:
            path = f"/api/v1/interviews/{candidate.guest.interview}/stop/"
            status, body = await asyncio.to_thread(server.post, path, {}, reviewer)
            assert (status, body["status"]) == (200, "stopped")
            if candidate is not away:
                await candidate.write("Wait, I was about to say something!")
                await is_told(candidate)
        await away.enter()
        await is_told(away)
        assert [await candidate.said() for candidate in connected] == said
        over = [await candidate.interview() for candidate in everybody]
        assert {(interview["status"], interview["phase"]) for interview in over} == {("stopped", "stopped")}
        assert "Traceback" not in server.log
