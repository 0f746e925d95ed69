"""The small parts of a session: its clock, its queue, its way out, its playback, its catching up."""

import asyncio
from typing import Any

import pytest

from interviews.engine import Now
from interviews.live.catching_up import Age, CatchUp
from interviews.live.clock import InterviewClock
from interviews.live.errors import FOR_GOOD, RETRYABLE, TEXTS, ErrorCode, LiveError
from interviews.live.inbox import MAX_JOBS, Inbox, Job
from interviews.live.messages import AsrFinal, AsrPartial, Message, Pong, payload
from interviews.live.outbound import Outbound
from interviews.live.playback import Playback


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


# --- clock -----------------------------------------------------------------------------------------------------------


def test_the_clock_goes_on_from_where_it_was_left() -> None:
    time = Time()
    clock = InterviewClock(Now(audio=1_000, wall=2_000), time)
    time.now = 1.5
    clock.hear(16_000)
    assert clock.now() == Now(audio=2_000, wall=3_500)


def test_single_samples_are_not_lost() -> None:
    clock = InterviewClock(Now(0, 0), Time())
    for _ in range(16):
        clock.hear(1)
    assert clock.audio_ms == 1


# --- errors ----------------------------------------------------------------------------------------------------------


def test_every_error_has_words() -> None:
    assert set(TEXTS) == set(ErrorCode)
    assert set(ErrorCode) >= RETRYABLE
    assert all(LiveError(code).text("en") for code in ErrorCode)


def test_what_does_not_pass_is_not_to_be_tried_again() -> None:
    assert set(FOR_GOOD) <= RETRYABLE
    passing, for_good = (LiveError(ErrorCode.TOO_MANY_RUNS, for_good=one) for one in (False, True))
    assert (passing.retryable, for_good.retryable) == (True, False)
    assert passing.text("en") == "That were many runs. Wait a minute, then run it again."
    assert for_good.text("ru") == "Все запуски этого интервью израсходованы. Можно писать дальше и сдать код."


# --- inbox -----------------------------------------------------------------------------------------------------------


async def run(job: Job) -> None:
    await job()


def noting(log: list[int], number: int) -> Job:
    async def job() -> None:
        log.append(number)
        await asyncio.sleep(0)

    return job


async def test_jobs_run_in_order_and_an_idle_inbox_has_no_task() -> None:
    inbox, log = Inbox(run), list[int]()
    for number in range(5):
        await inbox.put(noting(log, number))
    inbox.put_first(noting(log, 99))
    await asyncio.sleep(0.001)
    assert log == [99, 0, 1, 2, 3, 4]
    assert inbox.idle
    assert len(asyncio.all_tasks()) == 1


async def test_a_full_inbox_makes_the_sender_wait() -> None:
    inbox, log = Inbox(run), list[int]()
    for number in range(MAX_JOBS):
        await inbox.put(noting(log, number))
    assert log == []
    await inbox.put(noting(log, MAX_JOBS))
    assert log == [0]


async def test_a_closed_inbox_forgets_and_leaves_nothing() -> None:
    inbox, log = Inbox(run), list[int]()

    async def forever() -> None:
        await asyncio.sleep(3_600)

    await inbox.put(forever)
    await inbox.put(noting(log, 1))
    await asyncio.sleep(0.001)
    await inbox.close()
    await inbox.put(noting(log, 2))
    inbox.put_first(noting(log, 3))
    await asyncio.sleep(0.001)
    assert log == []
    assert len(asyncio.all_tasks()) == 1


# --- outbound --------------------------------------------------------------------------------------------------------


class SlowTransport:
    """Takes one message a second."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, message: Message | dict[str, Any]) -> None:
        self.sent.append(getattr(message, "text", "pong"))
        await asyncio.sleep(1)

    async def refuse(self, error: LiveError) -> None: ...

    async def close(self, code: int) -> None: ...


def partial(text: str) -> AsrPartial:
    return AsrPartial(text=text, utterance_id="u")


async def test_of_partial_texts_only_the_newest_waits() -> None:
    transport = SlowTransport()
    outbound = Outbound(transport)
    for text in ("a", "b", "c"):
        outbound.partial(partial(text))
        await asyncio.sleep(0.1)
    await asyncio.sleep(5)
    assert transport.sent == ["a", "c"]


async def test_nothing_partial_follows_the_final_text() -> None:
    transport = SlowTransport()
    outbound = Outbound(transport)
    outbound.partial(partial("a"))
    await asyncio.sleep(0.1)
    outbound.partial(partial("b"))
    outbound.drop_partial("u")
    await outbound.send(AsrFinal(text="whole", utterance_id="u", seq=1))
    await asyncio.sleep(5)
    assert transport.sent == ["a", "whole"]


async def test_a_partial_text_gives_way_to_what_is_being_sent() -> None:
    transport = SlowTransport()
    outbound = Outbound(transport)
    sending = asyncio.create_task(outbound.send(Pong(t=1)))
    await asyncio.sleep(0.1)
    outbound.partial(partial("a"))
    await asyncio.sleep(0.5)
    assert transport.sent == ["pong"]
    await sending
    await outbound.close()
    assert len(asyncio.all_tasks()) == 1


def test_unset_fields_are_not_sent() -> None:
    assert payload(AsrFinal(text="x", utterance_id="u", seq=4)) == {
        "type": "asr_result",
        "text": "x",
        "utterance_id": "u",
        "final": True,
        "seq": 4,
    }


# --- playback --------------------------------------------------------------------------------------------------------


def test_without_reports_time_says_how_much_was_heard() -> None:
    time = Time()
    playback = Playback(time)
    assert playback.heard_ms == 0
    playback.sent(2_000)
    time.now = 1.5
    assert playback.heard_ms == 1_500
    time.now = 9
    assert playback.heard_ms == 2_000


def test_a_report_hurries_on_but_not_beyond_what_was_sent() -> None:
    playback = Playback(Time())
    playback.sent(1_000)
    playback.report("progress", 5_000)
    assert playback.heard_ms == 1_000
    playback.sent(1_000)
    assert playback.heard_ms == 1_000


def test_what_was_heard_before_a_pause_stays_heard() -> None:
    """A player that begins anew may count from nothing."""
    time = Time()
    playback = Playback(time)
    playback.sent(2_000)
    time.now = 1.5
    playback.report("progress", 1_500)
    playback.pause()
    playback.go_on(1_200)
    playback.sent(800)
    playback.report("started", 0)
    time.now = 1.6
    assert playback.heard_ms == 1_300


def test_a_player_that_lags_has_heard_what_it_says() -> None:
    time = Time()
    playback = Playback(time)
    playback.sent(2_000)
    time.now = 1.0
    playback.report("progress", 600)
    time.now = 1.2
    assert playback.heard_ms == 800


async def test_the_end_of_a_client_that_stops_reporting_is_awaited_for_five_seconds() -> None:
    loop = asyncio.get_running_loop()
    playback = Playback(loop.time)
    playback.sent(1_000)
    playback.report("started", 0)
    begun = loop.time()
    await playback.end()
    assert loop.time() - begun == pytest.approx(6, abs=0.01)


@pytest.mark.parametrize("event", ["ended", "stopped"])
async def test_the_client_says_when_it_is_over(event: str) -> None:
    loop = asyncio.get_running_loop()
    playback = Playback(loop.time)
    playback.sent(10_000)
    loop.call_later(3, playback.report, event, 3_000)
    begun = loop.time()
    await playback.end()
    assert loop.time() - begun == pytest.approx(3, abs=0.01)


# --- catching up -----------------------------------------------------------------------------------------------------


def ages(catch_up: CatchUp, time: Time, frames: range, every_ms: float) -> list[Age]:
    found = []
    for n in frames:
        found.append(catch_up.age(n, 40))
        time.now += every_ms / 1000
    return found


def test_a_burst_is_old_until_the_microphone_is_reached() -> None:
    time = Time()
    catch_up = CatchUp(10, 10, time)
    assert set(ages(catch_up, time, range(11, 211), 13)) == {Age.OLD}
    live = ages(catch_up, time, range(211, 261), 40)
    assert live[-1] is Age.LIVE
    assert live.index(Age.LIVE) * 40 <= 1_100  # it takes one window to notice
    assert catch_up.over


def test_what_is_stored_is_known() -> None:
    catch_up = CatchUp(10, 12, Time())
    assert [catch_up.age(n, 40) for n in (11, 12, 13)] == [Age.KNOWN, Age.KNOWN, Age.OLD]


@pytest.mark.parametrize("n", [None, 1, 10])
def test_a_client_that_counts_anew_is_live_at_once(n: int | None) -> None:
    assert CatchUp(10, 12, Time()).age(n, 40) is Age.LIVE


def test_nothing_is_old_for_ever() -> None:
    time = Time()
    found = ages(CatchUp(0, 0, time), time, range(1, 3_000), 10)
    assert found.index(Age.LIVE) * 40 == 70_000
