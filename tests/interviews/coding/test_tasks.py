"""The bank of tasks: complete in four languages, solvable, and with its hidden tests hidden."""

import json
import re
from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, String

from accounts.models import User
from interviews.coding import bank_format, tasks
from interviews.models import PositionType
from tests.interviews.factories import make_interview

LANGUAGES = {"en", "zh-hans", "ru", "ko"}
LETTERS = {"zh-hans": "[\u4e00-\u9fff]", "ru": "[\u0400-\u04ff]", "ko": "[\uac00-\ud7a3]"}
WORD = re.compile(r"[^\W\d_]{2}")
NO_WORDS = {Comment.Preproc, Comment.PreprocFile, Comment.Hashbang}
TASKS = list(tasks.bank().values())


def test_two_tasks_or_more_a_position_type() -> None:
    types = [type_ for task in TASKS for type_ in task.position_types]
    assert {type_: types.count(type_) >= 2 for type_ in PositionType} == dict.fromkeys(PositionType, True)


@pytest.mark.parametrize("path", tasks.files(), ids=lambda path: path.stem)
def test_a_file_has_no_fault_and_is_named_after_its_task(path: Path) -> None:
    assert bank_format.load(path.read_text(encoding="utf-8")).task_id == path.stem.replace("_", "-")


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_a_task_is_complete(task: tasks.Task) -> None:
    assert set(task.titles) == set(task.statements) == LANGUAGES
    assert task.limit_ms == task.limit_minutes * 60_000
    assert {frozenset(starter) for starter in task.starters.values()} == {frozenset(LANGUAGES)}
    assert task.languages


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_every_visible_test_has_a_name_of_its_own_in_each_language(task: tasks.Task) -> None:
    shown = {language: [test["name"] for test in task.public(language)["visible_tests"]] for language in LANGUAGES}
    assert {language: len(set(names)) for language, names in shown.items()} == dict.fromkeys(
        LANGUAGES, len(task.visible)
    )
    unwritten = [
        name for language, letter in LETTERS.items() for name in shown[language] if not re.search(letter, name)
    ]
    assert unwritten == []


def comments(program: str, language: str) -> list[str]:
    """The comments and docstrings of a program, without the code that they quote."""
    tokens = get_lexer_by_name(language).get_tokens(program)
    texts = [text for kind, text in tokens if kind in String.Doc or (kind in Comment and kind not in NO_WORDS)]
    return [re.sub(r"`[^`]*`|assert.*", "", text) for text in texts]


@pytest.mark.parametrize("task", [task for task in TASKS if task.kind != "written"], ids=lambda task: task.task_id)
def test_comments_of_a_starter_are_in_the_language_of_the_interview(task: tasks.Task) -> None:
    for code_language, texts in task.starters.items():
        found = {language: comments(text, code_language) for language, text in texts.items()}
        for language, letter in LETTERS.items():
            pairs = zip(found["en"], found[language], strict=True)
            assert [text for english, text in pairs if WORD.search(english) and not re.search(letter, text)] == []


def test_the_comments_of_each_language_are_found() -> None:
    starters = {**tasks.get("algo-rooms").starters, **tasks.get("backend-sql-same-mail").starters}
    found = {name: comments(texts["en"], name) for name, texts in starters.items()}
    assert {name: len(texts) for name, texts in found.items()} == dict.fromkeys((*bank_format.CODE_LANGUAGES, "sql"), 1)
    assert [text for texts in found.values() for text in texts if not WORD.search(text)] == []


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_what_the_candidate_gets(task: tasks.Task) -> None:
    public = task.public("ru")
    assert list(public) == [
        *(
            "task_id",
            "kind",
            "title",
            "statement",
            "languages",
            "starter",
            "visible_tests",
            "subject",
            "setup",
            "limits",
        )
    ]
    assert public["title"] == task.titles["ru"]
    assert public["languages"] == list(public["starter"])
    assert [test["name"] for test in public["visible_tests"]] == [test.called("ru") for test in task.visible]
    sent = json.dumps(public)
    for test in task.hidden:
        assert json.dumps(test.name) not in sent
        assert len(test.input) < 5 or json.dumps(test.input) not in sent
    kept = [*task.solutions.values(), *(wrong.source for wrong in task.wrong)]
    assert [source for source in kept if json.dumps(source) in sent] == []


@pytest.mark.parametrize("task", [task for task in TASKS if task.kind == "written"], ids=lambda task: task.task_id)
def test_a_written_case_has_an_outline_in_the_interviews_language(task: tasks.Task) -> None:
    assert task.languages == ("text",)
    assert (task.visible, task.hidden) == ((), ())
    assert len({task.public(language)["starter"]["text"] for language in LANGUAGES}) == 4
    assert {len(points) for points in task.points.values()} == {5}


def test_a_choice_is_the_same_each_time_and_of_the_right_type(owner: User) -> None:
    for kind in PositionType:
        interview = make_interview(owner, position_type=kind)
        first, second = tasks.choose(interview), tasks.choose(interview)
        assert first is second
        assert first is not None
        assert kind in first.position_types


def test_the_same_plan_has_the_same_task(owner: User, colleague: User) -> None:
    plans = [[{"key": "a"}, {"key": str(number)}] for number in range(10)]
    own, others = ([tasks.choose(make_interview(who, plan=plan)) for plan in plans] for who in (owner, colleague))
    assert own == others


def test_an_unknown_id() -> None:
    with pytest.raises(tasks.UnknownTask):
        tasks.get("no-such-task")
