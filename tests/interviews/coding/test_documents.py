"""Editor events arrive in order, twice, late or broken; the document is exact all the same."""

from typing import Any

import pytest

from accounts.models import User
from interviews.coding import changes, documents, replay, tasks
from interviews.models import CodeDocument, EditorOperation, Interview
from tests.interviews.factories import make_interview


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner, code_task="backend-rate-limiter")


@pytest.fixture
def task(interview: Interview) -> tasks.Task:
    chosen = tasks.of(interview)
    assert chosen is not None
    return chosen


def event(*parts: Any, t_ms: int = 0) -> dict[str, Any]:
    return {"t_ms": t_ms, "changes": list(parts)}


def text(interview: Interview, task: tasks.Task) -> str:
    return documents.current(interview, task.task_id).text


def test_before_the_first_event_it_is_the_starter_of_the_first_language(interview: Interview, task: tasks.Task) -> None:
    code = documents.current(interview, task.task_id)
    assert (code.language, code.text, code.seq) == ("python", task.starters["python"]["en"], 0)
    assert code.public() == {"task_id": task.task_id, "language": "python", "text": code.text, "seq": 0}
    assert CodeDocument.objects.count() == 0


def test_events_build_the_text(interview: Interview, task: tasks.Task) -> None:
    assert documents.apply_events(interview, task.task_id, 0, [event([0, "a"]), event(1, [0, "b"])]) == 2
    assert documents.apply_events(interview, task.task_id, 2, [event([1], 1, t_ms=70)]) == 3
    assert text(interview, task) == "b"
    stored = EditorOperation.objects.values_list("seq", "t_ms", "changes")
    assert list(stored) == [(1, 0, [[0, "a"]]), (2, 0, [1, [0, "b"]]), (3, 70, [[1], 1])]


def test_the_same_message_twice_changes_nothing(interview: Interview, task: tasks.Task) -> None:
    events = [event([0, "a"]), event(1, [0, "b"])]
    documents.apply_events(interview, task.task_id, 0, events)
    assert documents.apply_events(interview, task.task_id, 0, events) == 2
    assert documents.apply_events(interview, task.task_id, 1, [events[1], event(2, [0, "c"])]) == 3
    assert text(interview, task) == "abc"


def test_a_gap_names_what_is_known_and_stores_nothing(interview: Interview, task: tasks.Task) -> None:
    documents.apply_events(interview, task.task_id, 0, [event([0, "a"])])
    for base_seq in (2, 99, -1):
        with pytest.raises(documents.Gap) as caught:
            documents.apply_events(interview, task.task_id, base_seq, [event(1, [0, "b"])])
        assert caught.value.seq == 1
    assert text(interview, task) == "a"


def test_an_editor_that_an_older_release_gave_english_starter_code(interview: Interview, task: tasks.Task) -> None:
    interview.language = "ko"
    shown = task.starters["python"]["en"]
    assert len(shown) not in {len(task.starters[name]["ko"]) for name in task.languages}
    documents.apply_events(interview, task.task_id, 0, [event(changes.length(shown), [0, "# end"])], "python")
    assert text(interview, task) == shown + "# end"


def test_an_editor_that_began_with_starter_code(interview: Interview, task: tasks.Task) -> None:
    starter = task.starters["go"]["en"]
    size = changes.length(starter)
    assert documents.apply_events(interview, task.task_id, 0, [event(size, [0, "// end"])]) == 1
    code = documents.current(interview, task.task_id)
    assert (code.language, code.text) == ("go", starter + "// end")
    first = EditorOperation.objects.get(seq=0)
    assert first.changes == [[0, *starter.split("\n")]]


def test_the_operations_replay_to_the_text(interview: Interview, task: tasks.Task) -> None:
    size = changes.length(task.starters["python"]["en"])
    events = [event([size, "x = '😀'"]), event(4, [0, "#"], 4), event(2, [1], 6)]
    documents.apply_events(interview, task.task_id, 0, events)
    assert replay.replayed(replay.stored(CodeDocument.objects.get())) == text(interview, task)


def test_the_language_may_be_named(interview: Interview, task: tasks.Task) -> None:
    documents.apply_events(interview, task.task_id, 0, [event([0, "a"])], language="cpp")
    assert documents.current(interview, task.task_id).language == "cpp"
    with pytest.raises(documents.BadEvents):
        documents.apply_events(interview, task.task_id, 1, [event(1)], language="cobol")


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {"t_ms": 0},
        {"t_ms": "0", "changes": []},
        {"t_ms": -1, "changes": []},
        {"t_ms": 2**40, "changes": []},
        {"t_ms": float("nan"), "changes": []},
        {"t_ms": 0, "changes": [5]},
        {"t_ms": 0, "changes": "x"},
    ],
)
def test_one_bad_event_and_nothing_of_the_message_is_stored(interview: Interview, task: tasks.Task, bad: Any) -> None:
    with pytest.raises(documents.BadEvents):
        documents.apply_events(interview, task.task_id, 0, [event([0, "a"]), bad])
    assert CodeDocument.objects.count() == 0
    assert EditorOperation.objects.count() == 0


def test_limits(interview: Interview, task: tasks.Task) -> None:
    with pytest.raises(documents.TooBig):
        documents.apply_events(interview, task.task_id, 0, [event()] * (documents.MOST_EVENTS + 1))
    most = "x" * documents.MOST_BYTES
    assert documents.apply_events(interview, task.task_id, 0, [event([0, most])]) == 1
    with pytest.raises(documents.TooBig):
        documents.apply_events(interview, task.task_id, 1, [event(len(most), [0, "y"])])
    assert text(interview, task) == most


def test_the_limit_counts_bytes(interview: Interview, task: tasks.Task) -> None:
    with pytest.raises(documents.TooBig):
        documents.apply_events(interview, task.task_id, 0, [event([0, "你" * (documents.MOST_BYTES // 2)])])


def test_another_task_than_the_interviews_own_is_unknown(interview: Interview, task: tasks.Task) -> None:
    for task_id in ("nothing", *(set(tasks.bank()) - {task.task_id})):
        with pytest.raises(tasks.UnknownTask):
            documents.apply_events(interview, task_id, 0, [event([0, "a"])])
        with pytest.raises(tasks.UnknownTask):
            documents.current(interview, task_id)
