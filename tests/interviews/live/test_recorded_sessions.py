"""Sessions that are recorded: with consent, both sides, turn by turn; nothing without it."""

import base64
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.domain import consents
from accounts.models import User
from interviews.domain import outbox
from interviews.domain.recording import journal, keeping, placing, playing, spool
from interviews.domain.recording.journal import Kind, Name, Record
from interviews.live import recording, registry, store
from interviews.live.mailbox import Mailbox
from interviews.models import Interview, RecordingPiece
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines
from tests.interviews.recording.journals import FACE, heard

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
Call = Callable[..., Caller]


@pytest.fixture(autouse=True)
def spool_path(settings: Any, media: Path, tmp_path: Path) -> Iterator[Path]:
    settings.RECORDING_SPOOL = tmp_path / "spool"
    recording.writer.cache_clear()
    yield settings.RECORDING_SPOOL
    recording.writer().close()
    recording.writer.cache_clear()


@pytest.fixture
def agreed(interview: Interview, owner: User) -> Interview:
    consents.record(owner, "recording", True)
    return interview


def written(base: Path) -> dict[Name, list[Record]]:
    """What waits to be stored."""
    recording.writer().flush()
    found = {}
    for path in spool.waiting(base):
        name = Name.parse(path.stem)
        assert name is not None
        with path.open("rb") as file:
            found[name] = list(journal.records(file))
    return found


def kinds(records: list[Record]) -> set[str]:
    return {record.kind.name for record in records}


def frame(caller: Caller) -> None:
    caller.send("video_frame", frame_data=base64.b64encode(FACE.read_bytes()).decode())


async def test_with_consent_both_sides_and_the_camera_are_written_down_turn_by_turn(
    call: Call, agreed: Interview, resume: Resume, spool_path: Path
) -> None:
    caller = call(FakeEngines(["I am Alice, that's all", "Because of the data"]))
    created = await caller.begin(agreed, resume, audio=True)
    assert created["state"]["recording"] is True
    await caller.prompt()
    frame(caller)
    await caller.next("ai_speaking_end")
    await caller.next("ai_speaking_end")
    await caller.speak()
    await caller.next("interview_message", kind="question")
    await caller.next("ai_speaking_end", within_s=60)
    await caller.next("ai_speaking_end", within_s=60)
    await caller.hang_up()
    journals = written(spool_path)
    assert [name.turn for name in journals] == [1, 2]
    first, second = journals.values()
    assert kinds(first) == {"CANDIDATE", "INTERVIEWER", "FRAME"}
    assert kinds(second) == {"CANDIDATE", "INTERVIEWER", "CUT"}  # the end of the connection is that of the voice
    sound = [record for records in journals.values() for record in records if record.kind is Kind.CANDIDATE]
    assert sum(record.samples for record in sound) == 2_800 * 16
    assert 0 < sound[-1].audio_ms <= 2_800  # the clock stands still once the interviewer speaks again


async def test_a_voice_that_is_interrupted_is_recorded_as_far_as_it_was_heard(
    call: Call, agreed: Interview, resume: Resume, spool_path: Path
) -> None:
    caller = call(FakeEngines(["Excuse me, I have a question about the position"]))
    await caller.begin(agreed, resume, audio=True)
    await caller.next("ai_audio_chunk")
    await caller.stream(1_000, loud=True, pace=True)
    await caller.next("ai_interrupted")
    await caller.hang_up()
    records = next(iter(written(spool_path).values()))
    cut = next(record for record in records if record.kind is Kind.CUT)
    before = [record for record in records[: records.index(cut)] if record.kind is Kind.INTERVIEWER]
    clips = placing.interviewer([*before, cut])
    assert clips[-1].end * 1000 // clips[-1].rate == cut.wall_ms
    assert sum(record.samples for record in before) > sum(clip.samples for clip in clips)


async def test_who_hangs_up_has_not_heard_the_rest_of_the_voice(
    call: Call, agreed: Interview, resume: Resume, spool_path: Path
) -> None:
    caller = call()
    await caller.begin(agreed, resume, audio=True)
    await caller.next("ai_audio_chunk")
    await caller.hang_up()
    records = next(iter(written(spool_path).values()))
    sent = sum(record.samples for record in records if record.kind is Kind.INTERVIEWER)
    assert records[-1].kind is Kind.CUT
    assert sum(clip.samples for clip in placing.interviewer(records)) < sent


async def test_without_consent_nothing_is_written_down(
    call: Call, interview: Interview, resume: Resume, spool_path: Path
) -> None:
    caller = call()
    created = await caller.begin(interview, resume, audio=True)
    assert created["state"]["recording"] is False
    frame(caller)
    await caller.speak()
    await caller.hang_up()
    assert (written(spool_path), spool.is_empty(spool_path)) == ({}, True)


async def test_consent_that_was_withdrawn_before_is_none(
    call: Call, agreed: Interview, resume: Resume, owner: User
) -> None:
    await store.default().run(consents.record, owner, "recording", False)
    created = await call().begin(agreed, resume)
    assert created["state"]["recording"] is False


async def test_who_withdraws_consent_is_not_recorded_any_longer(
    call: Call, agreed: Interview, resume: Resume, owner: User, spool_path: Path, settings: Any
) -> None:
    settings.REDIS_URL = ""
    caller = call(FakeEngines(["I am Alice, that's all"]))
    await caller.begin(agreed, resume, audio=True)
    await caller.prompt()
    await caller.speak()
    await caller.next("interview_message", kind="question")  # the first turn waits to be stored
    recording.writer().flush()
    reader = outbox.Reader()
    await store.default().run(reader.begin)
    await store.default().run(consents.record, owner, "recording", False)
    mailbox = Mailbox(registry.sessions, store.default())
    for row in await store.default().run(reader.take):
        mailbox.deliver(row.interview_id, row.kind)
    assert await caller.next("recording") == {"type": "recording", "active": False}
    await caller.speak()
    await caller.hang_up()
    recording.writer().flush()
    assert await store.default().run(keeping.keep_all, spool_path) == (0, 0)
    assert (spool.is_empty(spool_path), await store.default().run(RecordingPiece.objects.count)) == (True, 0)


async def test_what_was_recorded_can_be_played(
    call: Call, agreed: Interview, resume: Resume, spool_path: Path, reload: Callable[[Interview], Awaitable[Interview]]
) -> None:
    caller = call(FakeEngines(["I am Alice, that's all"]))
    await caller.begin(agreed, resume, audio=True)
    await caller.prompt()
    frame(caller)
    await caller.next("ai_speaking_end")
    await caller.next("ai_speaking_end")
    await caller.stream(2_000, loud=True, pace=True)
    await caller.stream(800, pace=True)
    await caller.next("interview_message", kind="question")
    await caller.hang_up()
    recording.writer().flush()
    stored = await store.default().run(keeping.keep_all, spool_path)
    assert stored == (2, 0)
    rows = await store.default().run(lambda: list(RecordingPiece.objects.filter(turn_number=1)))
    pieces = {piece.side: piece for piece in rows}
    turn, said = await store.default().run(lambda: (agreed.turns.get(), agreed.utterances.get()))
    assert turn.started_ms <= pieces["interviewer"].start_ms < pieces["candidate"].start_ms
    assert abs(pieces["candidate"].end_ms - turn.ended_ms) <= 60
    length_ms = pieces["candidate"].end_ms - pieces["candidate"].start_ms
    rate, samples = heard(Path(pieces["candidate"].file.path))
    assert (rate, len(samples), int(samples[16_000])) == (16_000, length_ms * 16, 0x2000)
    found = playing.heard([pieces["candidate"]], said.start_ms, said.end_ms)
    assert found is not None
    assert abs(found.start_ms - pieces["candidate"].start_ms - 40) <= 40
