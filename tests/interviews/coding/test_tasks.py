"""The bank of tasks: complete in four languages, solvable, and with its hidden tests hidden."""

import ast
import importlib
import json

import pytest

from accounts.models import User
from interviews.coding import tasks
from interviews.models import PositionType
from tests.interviews.factories import make_interview

LANGUAGES = {"en", "zh-hans", "ru", "ko"}
TASKS = list(tasks.bank().values())
PROGRAMS = [task for task in TASKS if task.position_type != PositionType.PM]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_two_tasks_or_more_a_position_type() -> None:
    types = [task.position_type for task in TASKS]
    assert {type_: types.count(type_) >= 2 for type_ in PositionType} == dict.fromkeys(PositionType, True)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_a_task_is_complete(task: tasks.Task) -> None:
    assert set(task.titles) == set(task.statements) == LANGUAGES
    assert task.difficulty in (1, 2, 3)
    assert 10 <= task.limit_minutes <= 60
    assert task.limit_ms == task.limit_minutes * 60_000
    assert len({task.statements[language] for language in LANGUAGES}) == 4
    for starter in task.starters.values():
        assert set(starter) == LANGUAGES


@pytest.mark.parametrize("task", PROGRAMS, ids=lambda task: task.task_id)
def test_a_program_has_starters_and_tests(task: tasks.Task) -> None:
    assert task.languages == ("python", "javascript", "java", "cpp", "go")
    assert len(task.visible) >= 2
    assert len(task.hidden) >= 3
    names = [test.name for test in (*task.visible, *task.hidden)]
    assert len(set(names)) == len(names)
    ast.parse(task.starters["python"]["en"])


@pytest.mark.parametrize("task", PROGRAMS, ids=lambda task: task.task_id)
def test_a_known_solution_passes_every_test(task: tasks.Task) -> None:
    name = task.task_id.replace("-", "_")
    solution = importlib.import_module(f"tests.interviews.coding.solutions.{name}")
    for test in (*task.visible, *task.hidden):
        assert lines(solution.solve(test.input)) == lines(test.expected), test.name


@pytest.mark.parametrize("task", [task for task in TASKS if task not in PROGRAMS], ids=lambda task: task.task_id)
def test_a_written_case_has_an_outline_in_the_interviews_language(task: tasks.Task) -> None:
    assert task.languages == ("text",)
    assert (task.visible, task.hidden) == ((), ())
    assert len({task.public(language)["starter"]["text"] for language in LANGUAGES}) == 4
    assert {len(points) for points in task.points.values()} == {5}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_what_the_candidate_gets(task: tasks.Task) -> None:
    public = task.public("ru")
    assert list(public) == ["task_id", "title", "statement", "languages", "starter", "visible_tests"]
    assert public["title"] == task.titles["ru"]
    assert public["languages"] == list(public["starter"])
    assert [test["name"] for test in public["visible_tests"]] == [test.name for test in task.visible]
    sent = json.dumps(public)
    for test in task.hidden:
        assert json.dumps(test.name) not in sent
        assert len(test.input) < 5 or json.dumps(test.input) not in sent


def test_a_choice_is_the_same_each_time_and_of_the_right_type(owner: User) -> None:
    for kind in PositionType:
        interview = make_interview(owner, position_type=kind)
        first, second = tasks.choose(interview), tasks.choose(interview)
        assert first is second
        assert first is not None
        assert first.position_type == kind


def test_the_same_plan_has_the_same_task(owner: User, colleague: User) -> None:
    plans = [[{"key": "a"}, {"key": str(number)}] for number in range(10)]
    own, others = ([tasks.choose(make_interview(who, plan=plan)) for plan in plans] for who in (owner, colleague))
    assert own == others


def test_both_tasks_of_a_type_are_used(owner: User) -> None:
    interviews = [make_interview(owner, position_type="algo", plan=[{"key": str(number)}]) for number in range(30)]
    chosen = {task.task_id for interview in interviews if (task := tasks.choose(interview))}
    assert chosen == {"algo-rooms", "algo-one-wall"}


def test_an_unknown_id() -> None:
    with pytest.raises(tasks.UnknownTask):
        tasks.get("no-such-task")
