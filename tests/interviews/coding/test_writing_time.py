"""The time line of writing: it keeps the editor's distances, survives its reloads, and never goes back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from interviews.coding import documents, tasks
from interviews.coding.writing_time import LATEST_MS, Moment, place
from interviews.models import EditorOperation
from tests.interviews.coding.writing import PROGRAM
from tests.interviews.factories import make_interview

TIMES = st.integers(0, LATEST_MS)


def line(*batches: tuple[list[int], int]) -> list[int]:
    """`at_ms` of all operations of batches `(t_ms of each, wall_ms)`."""
    before, found = None, []
    for times, wall_ms in batches:
        moments = place(times, wall_ms, before)
        before = moments[-1]
        found += [moment.at_ms for moment in moments]
    return found


def test_the_first_batch_ends_on_the_wall_clock_when_it_came() -> None:
    assert line(([1_000, 1_200, 1_700], 60_000)) == [59_300, 59_500, 60_000]
    assert line(([5_000], 0)) == [0]


def test_the_editors_distances_are_kept_whatever_the_network_does() -> None:
    assert line(([100], 10_000), ([150, 950], 12_500), ([1_000], 12_600)) == [10_000, 10_050, 10_850, 10_900]


def test_what_was_written_without_a_connection_keeps_its_time() -> None:
    """The wall clock stood still for a minute, the editor's did not."""
    assert line(([100], 10_000), ([30_100, 60_100], 10_500)) == [10_000, 40_000, 70_000]


def test_a_reload_begins_the_editors_clock_anew() -> None:
    assert line(([500_000], 600_000), ([2_000, 3_000], 640_000)) == [600_000, 639_000, 640_000]


def test_a_reload_that_waits_longer_than_the_clock_had_run_is_noticed_by_the_wall() -> None:
    assert line(([1_000], 600_000), ([2_000], 640_000)) == [600_000, 640_000]


@pytest.mark.parametrize("times", [[900, 100, 300], [0, 0, 0]])
def test_a_clock_that_goes_back_stands_still(times: list[int]) -> None:
    assert line(([0], 0), (times, 10)) == ([0, 900, 900, 1_100] if times[0] else [0, 0, 0, 0])


def test_nothing_is_later_than_a_database_can_say() -> None:
    assert line(([0], LATEST_MS), ([LATEST_MS], LATEST_MS)) == [LATEST_MS, LATEST_MS]
    assert place([], 5, None) == []


@given(st.lists(st.tuples(st.lists(TIMES, min_size=1, max_size=5), TIMES), min_size=1, max_size=6))
def test_it_never_goes_back_and_can_be_stored(batches: list[tuple[list[int], int]]) -> None:
    found = line(*batches)
    assert all(before <= after for before, after in pairwise(found))
    assert 0 <= found[0] <= found[-1] <= LATEST_MS


def test_operations_keep_all_three_clocks_and_their_language(owner: User) -> None:
    interview = make_interview(owner, code_task=PROGRAM)
    task = tasks.of(interview)
    assert task is not None
    changes = [[0, "a"]]
    documents.apply_events(interview, task.task_id, 0, [{"t_ms": 7_000, "changes": changes}], "go", 9_000)
    later = [{"t_ms": 7_400, "changes": [1]}, {"t_ms": 8_000, "changes": [1]}]
    documents.apply_events(interview, task.task_id, 1, later, "python", 10_100)
    stored = EditorOperation.objects.values_list("t_ms", "wall_ms", "at_ms", "language")
    assert list(stored) == [
        (7_000, 9_000, 9_000, "go"),
        (7_400, 10_100, 9_400, "python"),
        (8_000, 10_100, 10_000, "python"),
    ]
    assert place([9_000], 11_000, Moment(*stored.order_by("-seq")[0][:3]))[0].at_ms == 11_000
