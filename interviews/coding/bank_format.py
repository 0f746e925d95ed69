"""The task format: one YAML document -> `Task`, or every fault with its place. `docs/tasks.md` has a whole example."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from interviews.coding import bank_reading
from interviews.coding.bank_reading import BadDocument, Fault, Row
from interviews.coding.definitions import OWN, SPOKEN, Bug, Kind, Task, TaskLimits, Test, Wrong, accepting
from interviews.models import PositionType

__all__ = ["BANK", "MINE", "SPOKEN", "BadDocument", "Fault", "Rules", "load"]

STARTERS = Path(__file__).parent / "bank" / "starters.yaml"
MOST_BYTES = 400_000  # of a document
TEXT_BYTES = 20_000  # of a statement, a program, an input
NAME_BYTES = 200  # of a test's, a bug's, a wrong solution's
COMMENT_BYTES = 500
MOST_TESTS = 40
MOST_COMMENTS = 20
CODE_LANGUAGES = ("python", "javascript", "typescript", "java", "c", "cpp", "go", "rust", "ruby", "php", "bash")
CALLED_LANGUAGES = ("python", "javascript", "typescript")  # of functions
MODULE_LANGUAGES = ("python", "javascript")  # of modules to be tested
SCRIPTS = {"zh-hans": r"[\u4e00-\u9fff]", "ru": r"[\u0400-\u04ff]", "ko": r"[\uac00-\ud7a3]"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a task must at least have; a recruiter's own need not be in every language nor have solutions."""

    own: bool
    spoken: tuple[str, ...]
    visible: int
    hidden: int
    visible_bugs: int
    hidden_bugs: int
    solutions: bool
    wrong: int


BANK = Rules(own=False, spoken=SPOKEN, visible=2, hidden=3, visible_bugs=1, hidden_bugs=4, solutions=True, wrong=2)
MINE = Rules(own=True, spoken=(), visible=1, hidden=1, visible_bugs=0, hidden_bugs=1, solutions=False, wrong=0)


def load(text: str, rules: Rules = BANK) -> Task:
    """Raises BadDocument with every fault found."""
    row = bank_reading.document(text, MOST_BYTES)
    kind = row.one_of("kind", [kind.value for kind in Kind])
    common = _common(row, rules)
    if not kind:
        row.raise_faults()
    extra = KINDS[Kind(kind)](row, rules)
    row.finish()
    return Task(kind=Kind(kind), **common, **extra)


def _common(row: Row, rules: Rules) -> dict[str, Any]:
    statements = _spoken(row, "statement", rules)
    _check_scripts(row, statements, rules)
    return {
        "task_id": _task_id(row, rules),
        "position_types": row.words("position_types", 1, len(PositionType), PositionType.values),
        "difficulty": row.whole("difficulty", 1, 3),
        "limit_minutes": row.whole("limit_minutes", 10, 60),
        "topics": _topics(row, rules),
        "titles": _spoken(row, "title", rules, most=300),
        "statements": statements,
    }


def _task_id(row: Row, rules: Rules) -> str:
    task_id = row.text("task_id", 100)
    if task_id and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", task_id):
        row.fault(gettext("Small letters a to z, digits and hyphens are possible here."), "task_id")
    elif task_id and task_id.startswith(OWN) != rules.own:
        own = gettext("The id of an own task begins with “%(own)s”.")
        other = gettext("Only the id of a recruiter's own task begins with “%(own)s”.")
        row.fault((own if rules.own else other) % {"own": OWN}, "task_id")
    return task_id


def _topics(row: Row, rules: Rules) -> tuple[str, ...]:
    topics = row.words("topics", 0 if rules.own else 1, 12)
    for number, topic in enumerate(topics, start=1):
        if topic != topic.lower():
            row.fault(gettext("Topics are written in small letters."), "topics", number)
    return topics


def _spoken(row: Row, key: str, rules: Rules, most: int = TEXT_BYTES) -> dict[str, str]:
    """A text by interview language. Where languages may be missing, English or the first given stands in."""
    texts = row.row(key)
    given = {code: texts.text(code, most) for code in SPOKEN if code in texts or code in rules.spoken}
    texts.refuse_others()
    if not given and texts.present:
        texts.fault(gettext("At least one of %(languages)s is needed.") % {"languages": ", ".join(SPOKEN)})
    if rules.spoken and len(set(given.values())) < len(given):
        texts.fault(gettext("Two languages have the same text."))
    fallback = given.get("en") or next(iter(given.values()), "")
    return {code: given.get(code) or fallback for code in SPOKEN}


def _check_scripts(row: Row, statements: Mapping[str, str], rules: Rules) -> None:
    """A text that was left in English, or pasted under the wrong language."""
    for code, script in SCRIPTS.items():
        text = statements[code]
        if rules.spoken and text and len(re.findall(script, text)) < len(text) / 10:
            row.fault(gettext("This hardly looks like a text in this language."), "statement", code)


def _program(row: Row, rules: Rules) -> dict[str, Any]:
    starters = _generic() | _starters(row, CODE_LANGUAGES, required=False)
    starters.pop("sql")
    return {"starters": starters, **_tested(row, rules), **_solved(row, rules, CODE_LANGUAGES)}


def _debug(row: Row, rules: Rules) -> dict[str, Any]:
    starters = _starters(row, CODE_LANGUAGES)
    return {"starters": starters, **_tested(row, rules), **_solved(row, rules, tuple(starters))}


def _function(row: Row, rules: Rules) -> dict[str, Any]:
    starters = _starters(row, CALLED_LANGUAGES)
    tested = _tested(row, rules, json_values=True)
    entry = _entry(row, starters)
    return {"starters": starters, "entry": entry, **tested, **_solved(row, rules, tuple(starters))}


def _sql(row: Row, rules: Rules) -> dict[str, Any]:
    starters = {"sql": _generic()["sql"]} | _starters(row, ("sql",), required=False)
    extra = {"setup": row.text("setup", TEXT_BYTES), "ordered": row.flag("ordered")}
    return {"starters": starters, **extra, **_tested(row, rules), **_solved(row, rules, ("sql",))}


def _testing(row: Row, rules: Rules) -> dict[str, Any]:
    subject = _sources(row, "subject", MODULE_LANGUAGES)
    starters = _starters(row, tuple(subject))
    _complete(row, "starter", starters, tuple(subject))
    bugs = _bugs(row, rules, tuple(subject))
    return {
        "starters": starters,
        "subject": subject,
        "bugs": bugs,
        "visible": (accepting(), *(bug.test for bug in bugs if bug.visible)),
        "hidden": tuple(bug.test for bug in bugs if not bug.visible),
        **_limited(row),
        **_solved(row, rules, tuple(subject)),
    }


def _written(row: Row, rules: Rules) -> dict[str, Any]:
    outline = _spoken(row, "starter", rules)
    points = row.row("points", required=bool(rules.spoken))
    codes = [code for code in SPOKEN if code in points or code in rules.spoken]
    given = {code: list(points.words(code, 5, 5)) for code in codes}
    points.refuse_others()
    fallback = given.get("en") or next(iter(given.values()), [])
    return {"starters": {"text": outline}, "points": {code: given.get(code) or fallback for code in SPOKEN}}


KINDS = {
    Kind.PROGRAM: _program,
    Kind.DEBUG: _debug,
    Kind.FUNCTION: _function,
    Kind.SQL: _sql,
    Kind.TESTING: _testing,
    Kind.WRITTEN: _written,
}


def _tested(row: Row, rules: Rules, *, json_values: bool = False) -> dict[str, Any]:
    """Both lists of tests, and the limits of each test."""
    lists = (("visible", rules.visible), ("hidden", rules.hidden))
    tests = {
        key: tuple(
            _test(one, rules, visible=key == "visible", json_values=json_values)
            for one in row.rows(key, least, MOST_TESTS)
        )
        for key, least in lists
    }
    _distinct(row, [(key, number, test.name) for key in tests for number, test in enumerate(tests[key], start=1)])
    _distinct_in_each(row, "visible", [test.names for test in tests["visible"]])
    return {**tests, **_limited(row)}


def _limited(row: Row) -> dict[str, Any]:
    limits = row.row("limits", required=False)
    values = TaskLimits(float(limits.number("seconds", 0.5, 10, 2.0)), limits.whole("memory_mb", 64, 512, 256))
    limits.refuse_others()
    return {"limits": values}


def _test(row: Row, rules: Rules, *, visible: bool, json_values: bool) -> Test:
    name, names = _named(row, rules, visible=visible)
    if json_values:
        values = _json(row, "input"), _json(row, "expected")
        if values[0] and not isinstance(json.loads(values[0]), list):
            row.fault(gettext("This must be a JSON list of arguments."), "input")
        if values[1].strip() == "null":
            row.fault(gettext("A function that does nothing returns that: expect something else."), "expected")
    else:
        values = row.text("input", TEXT_BYTES, empty=True), row.text("expected", TEXT_BYTES)
    row.refuse_others()
    return Test(name, *values, names)


def _named(row: Row, rules: Rules, *, visible: bool) -> tuple[str, dict[str, str]]:
    """A name, and what it is by interview language: only what candidates see may say that."""
    if visible and isinstance(row.peek("name"), dict):
        names = _in_each(row.row("name"), NAME_BYTES)
        return names["en"], names
    name = row.text("name", NAME_BYTES)
    if visible and rules.spoken and name:
        row.fault(gettext("A task of the bank says this in every language."), "name")
    return name, {}


def _in_each(row: Row, most: int) -> dict[str, str]:
    """A short text by interview language, none of them missing."""
    texts = {code: row.text(code, most) for code in SPOKEN}
    row.refuse_others()
    for code, script in SCRIPTS.items():
        if texts[code] and not re.search(script, texts[code]):
            row.fault(gettext("This hardly looks like a text in this language."), code)
    return texts


def _json(row: Row, key: str) -> str:
    """JSON as text, or written as YAML."""
    value = row.take(key)
    if not isinstance(value, str):
        try:
            value = json.dumps(value, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError):
            row.fault(gettext("This cannot be written as JSON."), key)
            return ""
    try:
        json.loads(value, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        row.fault(gettext("This is not valid JSON."), key)
        return ""
    if key not in row:
        row.fault(gettext("This is missing."), key)
    elif len(value.encode(errors="replace")) > TEXT_BYTES:
        row.fault(gettext("This is longer than %(most)s bytes.") % {"most": f"{TEXT_BYTES:,}"}, key)
    return str(value)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _distinct(row: Row, names: list[tuple[str, int, str]]) -> None:
    seen: set[str] = set()
    for key, number, name in names:
        if name and name in seen:
            row.fault(gettext("Another one has this name already."), key, number, "name")
        seen.add(name)


def _distinct_in_each(row: Row, key: str, names: list[Mapping[str, str]]) -> None:
    for code in SCRIPTS:
        _distinct(row, [(key, number, texts.get(code, "")) for number, texts in enumerate(names, start=1)])


def _sources(row: Row, key: str, languages: tuple[str, ...], *, required: bool = True) -> dict[str, str]:
    """Programs by code language, in the order of `languages`."""
    given = row.row(key, required=required)
    for name in given.keys():  # noqa: SIM118  # not a dict
        if name not in languages:
            given.take(name)
            given.fault(gettext("Not a language of this task: %(known)s.") % {"known": ", ".join(languages)}, name)
    found = {name: given.text(name, TEXT_BYTES) for name in languages if name in given}
    if required and given.present and not found:
        given.fault(gettext("At least one of %(languages)s is needed.") % {"languages": ", ".join(languages)})
    return found


def _complete(row: Row, key: str, given: Collection[str], languages: tuple[str, ...]) -> None:
    for name in languages:
        if name not in given:
            row.fault(gettext("This is missing."), key, name)


def _solved(row: Row, rules: Rules, languages: tuple[str, ...]) -> dict[str, Any]:
    solutions = _sources(row, "solutions", languages, required=rules.solutions)
    if rules.solutions:
        _complete(row, "solutions", solutions, ("sql",) if languages == ("sql",) else MODULE_LANGUAGES)
    wrong = tuple(_wrong(one, languages) for one in row.rows("wrong", rules.wrong, 20))
    _distinct(row, [("wrong", number, one.name) for number, one in enumerate(wrong, start=1)])
    return {"solutions": solutions, "wrong": wrong}


def _wrong(row: Row, languages: tuple[str, ...]) -> Wrong:
    found = Wrong(row.text("name", NAME_BYTES), row.one_of("language", languages), row.text("source", TEXT_BYTES))
    row.refuse_others()
    return found


def _bugs(row: Row, rules: Rules, languages: tuple[str, ...]) -> tuple[Bug, ...]:
    least = rules.visible_bugs + rules.hidden_bugs
    bugs = tuple(_bug(one, rules, languages) for one in row.rows("bugs", least, MOST_TESTS))
    _distinct(row, [("bugs", number, bug.name) for number, bug in enumerate(bugs, start=1)])
    _distinct_in_each(row, "bugs", [bug.names for bug in bugs])
    visible = sum(bug.visible for bug in bugs)
    if bugs and (visible < rules.visible_bugs or len(bugs) - visible < rules.hidden_bugs):
        wanted = gettext("At least %(visible)s visible and %(hidden)s hidden are needed.")
        row.fault(wanted % {"visible": rules.visible_bugs, "hidden": rules.hidden_bugs}, "bugs")
    return bugs


def _bug(row: Row, rules: Rules, languages: tuple[str, ...]) -> Bug:
    sources = {name: row.text(name, TEXT_BYTES) for name in languages}
    visible = row.flag("visible")
    name, names = _named(row, rules, visible=visible)
    row.refuse_others()
    return Bug(name, visible, sources, names)


def _entry(row: Row, languages: Collection[str]) -> dict[str, str]:
    """The function's name in each language: `nextState` in JavaScript is `next_state` in Python."""
    if isinstance(row.peek("entry"), dict):
        given = row.row("entry")
        names = {language: given.text(language, 60) for language in languages}
        given.refuse_others()
    else:
        name = row.text("entry", 60)
        names = {language: _snake(name) if language == "python" else _camel(name) for language in languages}
    for name in names.values():
        if name and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            row.fault(gettext("This cannot be the name of a function."), "entry")
    return names


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _camel(name: str) -> str:
    return re.sub(r"(?<=[a-zA-Z0-9])_+([a-z])", lambda found: found[1].upper(), name)


def _starters(row: Row, languages: tuple[str, ...], *, required: bool = True) -> dict[str, dict[str, str]]:
    """By code language and interview language. `comments` says which words of the programs stand for which."""
    return _translated(row, _sources(row, "starter", languages, required=required))


def _translated(row: Row, programs: Mapping[str, str]) -> dict[str, dict[str, str]]:
    comments = _comments(row, programs)
    return {name: {code: _in_language(text, comments, code) for code in SPOKEN} for name, text in programs.items()}


def _comments(row: Row, programs: Mapping[str, str]) -> list[dict[str, str]]:
    """The longest first: one may be a part of another."""
    comments = [_in_each(one, COMMENT_BYTES) for one in row.rows("comments", 0, MOST_COMMENTS)]
    for number, comment in enumerate(comments, start=1):
        if comment["en"] and not any(comment["en"] in text for text in programs.values()):
            row.fault(gettext("No starter has these words."), "comments", number, "en")
        for code, words in comment.items():
            if "\n" in words.strip():
                row.fault(gettext("A comment is written on one line."), "comments", number, code)
    return sorted((one for one in comments if one["en"]), key=lambda one: -len(one["en"]))


def _in_language(program: str, comments: list[dict[str, str]], language: str) -> str:
    """All at once, so that nothing is looked for in what has been put in."""
    if not comments:
        return program
    words = {comment["en"]: comment[language] for comment in comments}
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], program)


def generic_starters() -> dict[str, str]:
    """What the editor begins with where the task says nothing, by code language, in English."""
    return {name: texts["en"] for name, texts in _generic().items()}


@cache
def _generic() -> dict[str, dict[str, str]]:
    row = bank_reading.document(STARTERS.read_text(encoding="utf-8"), MOST_BYTES)
    starters = _translated(row, {name: row.text(name, TEXT_BYTES) for name in (*CODE_LANGUAGES, "sql")})
    row.finish()
    return starters
