"""What is stored, by whom, and with how many queries."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from interviews.domain import lifecycle
from interviews.live import records, taking_over
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.records import AnswerLost, Lease, Over, StepRecord, Superseded
from interviews.live.taking_over import OpenedInterview, OpenRequest
from interviews.models import Interview, OutgoingMessage, StatusChange, Turn, Utterance
from resumes.models import Resume
from resumes.models import Status as ResumeStatus

pytestmark = pytest.mark.django_db(transaction=True)


def begin(owner: User, interview: Interview, resume: Resume) -> OpenedInterview:
    return taking_over.open_interview(owner, OpenRequest(interview.pk, resume.pk))


def lease_of(opened: OpenedInterview) -> Lease:
    return Lease(opened.interview_id, opened.epoch, opened.version)


def step(count: int = 0, **fields: object) -> StepRecord:
    """A step with so many utterances, turns and messages."""
    utterances = tuple(
        Utterance(utterance_id=f"u{n}", turn_number=1, phase="intro", text="x", source="text") for n in range(count)
    )
    turns = tuple(Turn(number=n, phase="intro", kind="prompt", prompt="p") for n in range(count))
    messages = tuple({"type": "interview_message", "seq": n + 1, "text": "t"} for n in range(count))
    defaults = {"engine_state": {"a": 1}, "phase": "intro", "seconds_left": 9, "last_seq": count}
    return StepRecord(**defaults | {"utterances": utterances, "turns": turns, "messages": messages} | fields)  # type: ignore[arg-type]


def queries(connection_queries: CaptureQueriesContext) -> list[str]:
    """Statements without those that only open and close transactions."""
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in connection_queries.captured_queries if not query["sql"].startswith(words)]


def test_opening_starts_the_interview(owner: User, interview: Interview, resume: Resume) -> None:
    opened = begin(owner, interview, resume)
    interview.refresh_from_db()
    resume.refresh_from_db()
    assert (interview.status, interview.resume_id, interview.owner_epoch) == ("active", resume.pk, 1)
    assert resume.status == ResumeStatus.INTERVIEW_SCHEDULED
    assert opened.question_count == len(interview.plan) > 0
    assert (opened.epoch, opened.version, opened.last_seq, opened.engine_state) == (1, 0, 0, None)


def test_a_refused_opening_changes_nothing(owner: User, interview: Interview, resume: Resume) -> None:
    Resume.objects.update(status=ResumeStatus.FAILED)
    with pytest.raises(LiveError) as caught:
        begin(owner, interview, resume)
    assert caught.value.code == ErrorCode.RESUME_NOT_READY
    interview.refresh_from_db()
    assert (interview.status, interview.owner_epoch, interview.plan) == ("created", 0, [])


def test_only_the_newest_opening_writes(owner: User, interview: Interview, resume: Resume) -> None:
    first = begin(owner, interview, resume)
    second = begin(owner, interview, resume)
    assert (first.epoch, second.epoch) == (1, 2)
    with pytest.raises(Superseded):
        records.commit_step(lease_of(first), step(1))
    with pytest.raises(Superseded):
        records.checkpoint(lease_of(first), step())
    assert (Turn.objects.count(), OutgoingMessage.objects.count()) == (0, 0)
    assert records.commit_step(lease_of(second), step(1)) == 1


def test_a_version_is_written_once(owner: User, interview: Interview, resume: Resume) -> None:
    lease = lease_of(begin(owner, interview, resume))
    records.commit_step(lease, step(1))
    for write in (records.commit_step, records.checkpoint):
        with pytest.raises(AnswerLost):
            write(lease, step(1))
    assert Turn.objects.count() == 1


def test_of_many_who_open_at_once_one_may_write(owner: User, interview: Interview, resume: Resume) -> None:
    begin(owner, interview, resume)

    def take_over(_number: int) -> Lease:
        try:
            return lease_of(begin(owner, interview, resume))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        leases = list(pool.map(take_over, range(8)))
    assert sorted(lease.epoch for lease in leases) == list(range(2, 10))
    wrote = [lease.epoch for lease in leases if writes(lease)]
    assert wrote == [9]


def writes(lease: Lease) -> bool:
    try:
        records.commit_step(lease, step(1))
    except Superseded:
        return False
    return True


@pytest.mark.parametrize("count", [1, 3])
def test_a_step_costs_four_statements_however_much_it_stores(
    owner: User, interview: Interview, resume: Resume, count: int
) -> None:
    lease = lease_of(begin(owner, interview, resume))
    with CaptureQueriesContext(connection) as captured:
        records.commit_step(lease, step(count))
    assert [sql.split('"')[0].strip() for sql in queries(captured)] == ["UPDATE", *["INSERT INTO"] * 3]
    assert (Utterance.objects.count(), Turn.objects.count(), OutgoingMessage.objects.count()) == (count,) * 3


def test_a_checkpoint_costs_one_statement(owner: User, interview: Interview, resume: Resume) -> None:
    lease = lease_of(begin(owner, interview, resume))
    with CaptureQueriesContext(connection) as captured:
        records.checkpoint(lease, step(seconds_left=77))
    assert len(queries(captured)) == 1
    interview.refresh_from_db()
    assert (interview.seconds_left, interview.version) == (77, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_coming_back_costs_as_much_after_three_messages_as_after_one(
    owner: User, interview: Interview, resume: Resume, count: int
) -> None:
    records.commit_step(lease_of(begin(owner, interview, resume)), step(count))
    with CaptureQueriesContext(connection) as captured:
        opened = taking_over.open_interview(owner, OpenRequest(interview.pk, resume.pk, last_seq=0))
    assert len(opened.messages) == count
    assert len(queries(captured)) == 5  # whose, the row, its epoch, the messages, whether it is recorded


def test_the_last_step_ends_the_interview_in_the_same_transaction(
    owner: User, interview: Interview, resume: Resume
) -> None:
    lease = lease_of(begin(owner, interview, resume))
    records.commit_step(lease, step(1, phase="finished", outcome="completed"))
    interview.refresh_from_db()
    resume.refresh_from_db()
    assert (interview.status, interview.phase) == ("completed", "finished")
    assert resume.status == ResumeStatus.INTERVIEWED
    assert list(StatusChange.objects.values_list("before", "after")) == [
        ("created", "active"),
        ("active", "completed"),
    ]


def test_a_stop_that_was_stored_elsewhere_may_be_finished_here(
    owner: User, interview: Interview, resume: Resume
) -> None:
    lease = lease_of(begin(owner, interview, resume))
    interview.refresh_from_db()
    lifecycle.move(interview, "stopped")
    for late in (step(1), step(1, phase="finished", outcome="completed")):
        with pytest.raises(Over) as caught:
            records.commit_step(lease, late)
        assert caught.value.status == "stopped"
    with pytest.raises(Over):
        records.checkpoint(lease, step())
    records.commit_step(lease, step(1, phase="stopped", outcome="stopped"))
    assert StatusChange.objects.count() == 2


def test_messages_after_a_number(owner: User, interview: Interview, resume: Resume) -> None:
    records.commit_step(lease_of(begin(owner, interview, resume)), step(3))
    assert [message["seq"] for message in records.messages_after(interview.pk, 1)] == [2, 3]
