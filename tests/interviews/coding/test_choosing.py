"""Which task an interview gives: the pinned one, else what fits the candidate; and what is settled stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from accounts.models import User
from interviews.coding import choosing, tasks
from interviews.coding.choosing import Wanted
from interviews.coding.definitions import TOLD, Kind
from interviews.models import CodingTask, Interview, PositionType, Status
from tests.interviews.factories import make_interview, make_resume
from vacancies.models import Vacancy

OWN = Path(__file__).with_name("own_task.yaml").read_text(encoding="utf-8")
ANYBODY = Wanted("algo", None, frozenset(), frozenset(), "seed")
BANK = tasks.bank()
MODEL = replace(BANK["algo-rooms"], position_types=("algo",), topics=())


def made(task_id: str, difficulty: int = 1, topics: tuple[str, ...] = ()) -> tasks.Task:
    return replace(MODEL, task_id=task_id, difficulty=difficulty, topics=topics)


def make_own(**fields: object) -> CodingTask:
    values = {"task_id": "own-greeting", "title": "Greeting", "document": OWN, **fields}
    return CodingTask.objects.create(**values)


@pytest.mark.parametrize(("years", "level"), [(None, 1), (0, 1), (2, 1), (2.5, 2), (5, 2), (6, 3), (40, 3)])
def test_years_make_the_level(years: float | None, level: int) -> None:
    assert choosing.level(years) == level


def test_the_nearest_difficulty_is_taken() -> None:
    offered = [made("easy", 1), made("hard", 3)]
    assert [choosing.choose(offered, replace(ANYBODY, years=years)) for years in (1, 9)] == offered


def test_among_equally_hard_ones_the_most_shared_topics_decide_in_any_spelling() -> None:
    plain, shared = made("plain", topics=("graphs",)), made("shared", topics=("postgres", "graphs"))
    wanted = replace(ANYBODY, skills={"postgresql"})
    chosen = [choosing.choose([plain, shared], replace(wanted, seed=str(number))) for number in range(20)]
    assert chosen == [shared] * 20


def test_difficulty_counts_more_than_topics() -> None:
    fits, hard = made("fits", 1), made("hard", 2, ("postgresql",))
    assert choosing.choose([hard, fits], replace(ANYBODY, skills={"postgresql"})) == fits


def test_what_was_had_comes_again_only_when_nothing_else_is_left() -> None:
    first, second = made("first"), made("second", 3)
    assert choosing.choose([first, second], replace(ANYBODY, had={"first"})) == second
    assert choosing.choose([first, second], replace(ANYBODY, had={"first", "second"})) == first


def test_equals_are_spread_over_seeds_and_the_same_for_a_seed() -> None:
    offered = [made(str(number)) for number in range(3)]
    chosen = [choosing.choose(offered, replace(ANYBODY, seed=str(seed))) for seed in range(40)]
    assert [task for task in offered if task in chosen] == offered
    assert chosen == [choosing.choose(offered, replace(ANYBODY, seed=str(seed))) for seed in range(40)]


def test_nothing_for_the_position() -> None:
    assert choosing.choose([made("algo")], replace(ANYBODY, position_type="pm")) is None


def test_only_wanted_kinds_are_chosen() -> None:
    query = replace(made("query"), kind=Kind.SQL)
    assert choosing.choose([query, made("hard", 3)], replace(ANYBODY, kinds=TOLD)) == made("hard", 3)
    assert choosing.choose([query], replace(ANYBODY, kinds=TOLD)) is None


@pytest.mark.parametrize("kind", PositionType)
def test_without_an_editor_every_position_has_one_that_can_be_told(owner: User, kind: str) -> None:
    plans = [[{"key": str(number)}] for number in range(30)]
    chosen = [tasks.of(make_interview(owner, position_type=kind, plan=plan), editor=False) for plan in plans]
    assert {task.kind if task else None for task in chosen} <= TOLD


def test_a_pinned_task_is_given_without_an_editor_too(owner: User) -> None:
    assert (
        tasks.of(make_interview(owner, code_task="backend-sql-department-tree"), editor=False)
        == BANK["backend-sql-department-tree"]
    )


@pytest.mark.parametrize("kind", PositionType)
def test_every_position_has_one_and_it_is_written_down_once_the_interview_runs(owner: User, kind: str) -> None:
    interview = make_interview(owner, position_type=kind)
    before = tasks.of(interview)
    assert before is not None
    assert kind in before.position_types
    assert Interview.objects.get().code_task == ""
    Interview.objects.update(status=Status.ACTIVE)
    running = Interview.objects.get()
    assert tasks.of(running) == before
    assert Interview.objects.get().code_task == running.code_task == before.task_id


def test_a_task_that_is_written_down_costs_no_query(owner: User, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    interview = make_interview(owner, status=Status.ACTIVE)
    with django_assert_num_queries(2):  # what the candidate had, and the writing down
        chosen = tasks.of(interview)
    with django_assert_num_queries(0):
        assert tasks.of(interview) == chosen


def test_the_resume_and_earlier_interviews_count(owner: User) -> None:
    resume = make_resume(owner, years=1.0)
    first = make_interview(owner, resume=resume, status=Status.ACTIVE)
    second = make_interview(owner, resume=resume, status=Status.ACTIVE)
    given = tasks.of(first), tasks.of(second)
    assert given[0] != given[1]
    assert given[0] is not None
    assert given[0].difficulty == 1


def test_a_pin_on_the_interview_goes_before_one_on_the_vacancy(owner: User) -> None:
    vacancy = Vacancy.objects.create(title="Any", position_type="backend", language="en", code_task="qa-flaky")
    interview = make_interview(owner, vacancy=vacancy)
    assert tasks.of(interview) == BANK["qa-flaky"]
    interview.code_task = "algo-rooms"
    assert tasks.of(interview) == BANK["algo-rooms"]


def test_a_pin_on_what_is_gone_is_none(owner: User) -> None:
    vacancy = Vacancy.objects.create(title="Any", position_type="backend", language="en", code_task="own-erased")
    chosen = tasks.of(make_interview(owner, vacancy=vacancy, code_task="dropped-by-a-release"))
    assert chosen is not None
    assert "backend" in chosen.position_types


def test_edits_of_an_own_task_change_no_running_interview(owner: User) -> None:
    task = make_own()
    waiting = make_interview(owner, code_task=task.task_id)
    running = make_interview(owner, code_task=task.task_id, status=Status.ACTIVE)
    assert tasks.of(running) == tasks.of(waiting)
    CodingTask.objects.update(document=OWN.replace("Greeting", "Farewell"))
    titles = [tasks.of(Interview.objects.get(pk=row.pk)).title("en") for row in (running, waiting)]  # type: ignore[union-attr]
    assert titles == ["Greeting", "Farewell"]
    CodingTask.objects.all().delete()
    assert tasks.given(Interview.objects.get(pk=running.pk), "own-greeting").title("en") == "Greeting"
    with pytest.raises(tasks.UnknownTask):
        tasks.given(waiting, "own-greeting")


def test_a_release_that_changes_or_drops_a_task_changes_no_running_interview(owner: User) -> None:
    running = make_interview(owner, code_task="qa-flaky", status=Status.ACTIVE)
    tasks.of(running)
    older = tasks.document("qa-flaky").replace("difficulty: ", "difficulty: 3  # ").replace("qa-flaky", "qa-dropped")
    assert Interview.objects.get().code_task_document == tasks.document("qa-flaky")
    Interview.objects.update(code_task="qa-dropped", code_task_document=older)
    kept = replace(BANK["qa-flaky"], task_id="qa-dropped", difficulty=3)
    assert tasks.of(Interview.objects.get()) == tasks.given(Interview.objects.get(), "qa-dropped") == kept


def test_what_an_older_release_wrote_down_without_a_document_is_completed_once(
    owner: User,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    vacancy = Vacancy.objects.create(title="Any", position_type="backend", language="en")
    make_interview(owner, code_task="qa-flaky", vacancy=vacancy, status=Status.ACTIVE)
    interview = Interview.objects.get()
    for queries in (1, 0):
        with django_assert_num_queries(queries):
            assert tasks.of(interview) == BANK["qa-flaky"]


def test_a_task_that_only_the_engine_knows_of_is_kept(owner: User) -> None:
    begun = {"status": Status.ACTIVE, "engine_state": {"schema": 2, "task_id": "algo-rooms"}}
    interview = make_interview(owner, position_type="qa", **begun)
    assert tasks.of(interview) == BANK["algo-rooms"]
    assert Interview.objects.get().code_task == "algo-rooms"


@pytest.mark.parametrize("state", [None, {"task_id": ""}, {"task_id": "dropped-by-a-release"}])
def test_an_engine_without_a_task_of_the_bank_is_no_pin(owner: User, state: dict[str, object] | None) -> None:
    chosen = tasks.of(make_interview(owner, position_type="qa", status=Status.ACTIVE, engine_state=state))
    assert chosen is not None
    assert "qa" in chosen.position_types


def test_a_kept_document_that_this_release_refuses_gives_the_banks(owner: User) -> None:
    interview = make_interview(owner, code_task="qa-flaky", code_task_document="kind: riddle", status=Status.ACTIVE)
    assert tasks.of(interview) == tasks.given(interview, "qa-flaky") == BANK["qa-flaky"]


@pytest.mark.parametrize("task_id", BANK)
def test_a_kept_document_is_the_same_task(task_id: str) -> None:
    kept = Interview(code_task=task_id, code_task_document=tasks.document(task_id), status=Status.ACTIVE)
    assert tasks.of(kept) is BANK[task_id]
    kept.code_task_document += "# as another release has it\n"
    assert tasks.of(kept) == BANK[task_id]


def test_of_two_who_settle_at_once_both_get_the_same(owner: User) -> None:
    make_interview(owner, status=Status.ACTIVE)
    early, late = Interview.objects.get(), Interview.objects.get()
    Interview.objects.update(code_task="qa-flaky")
    assert tasks.of(early) == tasks.of(late) == BANK["qa-flaky"]


@pytest.mark.django_db
def test_an_own_task_that_this_release_refuses_is_unknown() -> None:
    make_own(document="kind: riddle")
    with pytest.raises(tasks.UnknownTask):
        tasks.find("own-greeting")


def test_a_task_is_pinned_until_the_interview_begins(owner: User) -> None:
    interview = make_interview(owner)
    assert tasks.pin(interview, "algo-rooms")
    assert Interview.objects.get().code_task == "algo-rooms"
    Interview.objects.update(status=Status.ACTIVE)
    assert not tasks.pin(interview, "qa-flaky")
    assert Interview.objects.get().code_task == "algo-rooms"
