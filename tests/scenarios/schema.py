"""What a scenario file may say; errors name the file, the line, and what is wrong.

CONTRIBUTING.md explains the format with an example.
"""

import difflib
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Literal

import msgspec
import yaml
from msgspec import Struct

from interviews.engine import Action, Line

LANGUAGES = ("en", "zh-hans", "ru", "ko")
Language = Literal["en", "zh-hans", "ru", "ko"]
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?) ?(ms|s|m)")
_PLACE = re.compile(r"\{(\w+)\}")
_WHERE = re.compile(r"(?: - at `\$([^`]*)`| - at `key` in `\$([^`]*)`)$")
_UNKNOWN = re.compile(r"unknown field `(\w+)`")


class BadScenario(Exception):
    """A file that is no scenario: "thinking_pause.yaml:7: …"."""


class Seconds(float):
    """Written with its unit: 300ms, 1.5s, 10m."""


class Ears(StrEnum):
    """How recognition is: `fails` and `hangs` at the end of an utterance, `refuses` at its beginning, `stuck` lags
    without end, `none` is an installation without any."""

    WELL = "well"
    FAILS = "fails"
    HANGS = "hangs"
    REFUSES = "refuses"
    STUCK = "stuck"
    NONE = "none"


class Voice(StrEnum):
    """How the interviewer's voice is: `fails` at once, `dies` after 0.7 s, `hangs` before the first."""

    WELL = "well"
    FAILS = "fails"
    DIES = "dies"
    HANGS = "hangs"


class Box(StrEnum):
    """What programs run in: every test passes in one that is `well`, none in one that `fails`, or there is `none`."""

    WELL = "well"
    FAILS = "fails"
    NONE = "none"


class Moods(Struct, forbid_unknown_fields=True, frozen=True):
    """How the providers are from now on; one that is not named is well. `second_voice`: behind the first is one that is
    always well; it has to be there from the beginning."""

    ears: Ears = Ears.WELL
    ears_delay: Seconds = Seconds(0)
    voice: Voice = Voice.WELL
    voice_delay: Seconds = Seconds(0)
    second_voice: bool = False


class Reply(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the language model makes of one request: `says` as it should, `raw` letter for letter, or it `fails`.

    `first` passes before its first token, `each` before each further one (of at most four characters).
    """

    says: str | None = None
    next: Literal["question", "follow_up", "end"] = "question"
    raw: str | None = None
    fails: str | None = None
    first: Seconds = Seconds(0)
    each: Seconds = Seconds(0)

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.says, self.raw, self.fails)) != 1:
            raise ValueError("a reply is one of `says`, `raw` and `fails`")


class Happening(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Something that reaches the candidate. Everything that is said of it has to be so.

    `voice` is the candidate's loudspeaker: `begins`, `ends` (everything was heard), `stops` (cut off). `text` is a part
    of the words, `message` any fields of a server message.
    """

    greeting: Literal[True] | None = None
    prompt: Literal[True] | None = None
    question: int | None = None
    follow_up: int | None = None
    notice: Line | None = None
    task: Literal[True] | None = None
    closing: Literal[True] | None = None
    repeated: bool | None = None
    text: str | None = None
    heard: str | None = None
    partial: str | None = None
    acknowledgement: Literal[True] | None = None
    voice: Literal["begins", "ends", "stops"] | None = None
    error: str | None = None
    complete: str | None = None
    closed: int | None = None
    message: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if all(getattr(self, name) is None for name in self.__struct_fields__):
            raise ValueError("says nothing")


VERBS = (
    "say", "noise", "wait", "listen", "expect", "write", "press", "lose_connection", "reconnect", "take_over",
    "reading", "echo", "providers", "code", "run", "submit",
)  # fmt: skip
MEANWHILE = ("expect", "wait", "press", "write", "providers", "reading", "echo")
ADVERBS = {
    "heard_as": {"say"},
    "lasting": {"say"},
    "interrupting": {"say", "noise"},
    "meanwhile": {"say", "noise", "wait"},
    "whatever_comes": {"say", "noise", "wait"},
    "within": {"expect"},
    "after": {"expect"},
}


class Step(Struct, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One thing that the candidate does or waits for: exactly one of `VERBS`, and its `ADVERBS`."""

    line: ClassVar[int] = 0  # where it stands in its file

    say: str | None = None
    noise: Seconds | None = None
    wait: Seconds | None = None
    listen: Literal[True] | None = None
    expect: Happening | None = None
    write: str | None = None
    press: Action | None = None
    lose_connection: Literal[True] | None = None
    reconnect: Literal[True] | None = None
    take_over: Literal[True] | None = None
    reading: bool | None = None
    echo: bool | None = None
    providers: Moods | None = None
    code: str | None = None
    run: str | None = None
    submit: str | None = None

    heard_as: str | None = None
    lasting: Seconds | None = None
    interrupting: bool = False
    meanwhile: "list[Step]" = []
    whatever_comes: bool = False
    within: Seconds = Seconds(10)
    after: Seconds = Seconds(0)

    def __post_init__(self) -> None:
        said = [name for name in VERBS if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"a step does exactly one thing, this one {' and '.join(said) or 'nothing'}")
        for name, verbs in ADVERBS.items():
            if said[0] not in verbs and getattr(self, name) != _plain(name):
                raise ValueError(f"`{name}` goes with {' or '.join(sorted(verbs))}")
        if self.after >= self.within:
            raise ValueError("`after` has to be shorter than `within`")
        if any(step.verb not in MEANWHILE for step in self.meanwhile):
            raise ValueError(f"meanwhile one can only {', '.join(MEANWHILE)}")

    @property
    def verb(self) -> str:
        return next(name for name in VERBS if getattr(self, name) is not None)


class SavedTurn(Struct, forbid_unknown_fields=True, kw_only=True):
    """A row of the transcript; what is not said may be anything. `prompt` is what was heard of the question."""

    kind: str | None = None
    question_number: int | None = None
    prompt: str | None = None
    answer: str | None = None
    source: Literal["", "voice", "text", "mixed"] | None = None
    outcome: Literal["answered", "skipped", "silent", "time"] | None = None


class Then(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is true in the end: `turns` are all of them, `never` what must not have happened at all."""

    turns: list[SavedTurn] | None = None
    status: str | None = None
    never: list[Happening] = []


class Scenario(Struct, forbid_unknown_fields=True, kw_only=True):
    """One conversation. `in` gives the words for `{places}` in several languages, each of which is a test.

    `adaptive`: the interviewer follows up instead of keeping to the plan; `model`: a language model writes its words,
    one reply a request and the last one from then on. `task` is the bank's that is given, in Python; `sandbox` runs
    what is written. One writes `code` into the editor, which begins empty, `run`s a program or `submit`s it.
    """

    title: str
    steps: list[Step]
    in_: dict[Language, dict[str, str]] = msgspec.field(name="in", default_factory=dict)
    language: Language = "en"
    position: Literal["backend", "frontend", "algo", "qa", "pm"] = "backend"
    questions: tuple[str, ...] = ("What was difficult?", "Who decided?")
    task: str = ""
    sandbox: Box = Box.NONE
    audio: bool = True
    input: Literal["voice", "text"] = "voice"
    reports_playback: bool = True
    providers: Moods = Moods()
    adaptive: bool = False
    model: list[Reply] = []
    then: Then = msgspec.field(default_factory=Then)
    pending: str = ""


def languages_of(path: Path) -> tuple[Language, ...]:
    """The languages in which the file is a test. Raises BadScenario."""
    scenario = _convert(path, *_read(path), language=None)
    return tuple(scenario.in_) or (scenario.language,)


def load(path: Path, language: str) -> Scenario:
    """The scenario with its words in `language`. Raises BadScenario."""
    return _convert(path, *_read(path), language=language)


def _read(path: Path) -> tuple[Any, yaml.Node]:
    """The file's values, and the nodes that know where they stand."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadScenario(f"{path.name}:{line}: {error.problem}") from error
    if node is None:
        raise BadScenario(f"{path.name}:1: the file is empty")
    _forbid_doubles(path, node)
    return _value_of(node), node


def _value_of(node: yaml.Node) -> Any:
    return yaml.constructor.SafeConstructor().construct_document(node)  # type: ignore[no-untyped-call]


def _forbid_doubles(path: Path, node: yaml.Node) -> None:
    """YAML's readers take the last of two equal keys without a word."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _value in node.value]
        for number, (key, _value) in enumerate(node.value):
            if key.value in keys[:number]:
                raise BadScenario(f"{path.name}:{key.start_mark.line + 1}: `{key.value}` stands here twice")
    for child in _children(node):
        _forbid_doubles(path, child)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _key, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _convert(path: Path, values: Any, node: yaml.Node, *, language: str | None) -> Scenario:
    try:
        if language is not None and isinstance(values, dict):
            values = _with_words(values, language)
        scenario = msgspec.convert(values, Scenario, dec_hook=_seconds)
    except msgspec.ValidationError as error:
        raise _blame(path, node, str(error)) from error
    _number(scenario.steps, node)
    return scenario


def _plain(name: str) -> Any:
    """The value of an adverb that was not written."""
    field = next(field for field in msgspec.structs.fields(Step) if field.name == name)
    return field.default_factory() if field.default is msgspec.NODEFAULT else field.default


def _seconds(kind: type, value: Any) -> Seconds:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"expected a time such as 300ms, 1.5s or 10m, got {value!r}")
    return Seconds(float(found[1]) * _UNITS[found[2]])


def _with_words(values: dict[str, Any], language: str) -> dict[str, Any]:
    languages = values.get("in", {})
    words = languages.get(language, {}) if isinstance(languages, dict) else {}
    rest = {key: value for key, value in values.items() if key != "in"}
    filled: dict[str, Any] = _filled(rest, words, "$")
    return {**filled, "language": language, "in": languages}


def _filled(value: Any, words: dict[str, str], at: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, words, f"{at}.{key}") for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, words, f"{at}[{number}]") for number, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    missing = [name for name in _PLACE.findall(value) if name not in words]
    if missing:
        raise msgspec.ValidationError(f"no words are given for {{{missing[0]}}} - at `{at}`")
    return _PLACE.sub(lambda place: str(words[place[1]]), value)


def _blame(path: Path, node: yaml.Node, error: str) -> BadScenario:
    where = _WHERE.search(error)
    steps = re.findall(r"\w+", (where[1] or where[2] or "") if where else "")
    said = error[: where.start()] if where else error
    if unknown := _UNKNOWN.search(said):
        said = f"`{unknown[1]}` is unknown{_like(unknown[1])}"
        steps.append(unknown[1])
    return BadScenario(f"{path.name}:{_line(node, steps)}: {said}")


def _like(name: str) -> str:
    kinds = (Scenario, Step, Happening, Moods, Reply, SavedTurn, Then)
    known = [field.encode_name for kind in kinds for field in msgspec.structs.fields(kind)]
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _line(node: yaml.Node, steps: list[str]) -> int:
    """Of what `steps` (keys and indices) lead to, as far as they do."""
    line = node.start_mark.line
    for name in steps:
        if isinstance(node, yaml.SequenceNode) and name.isdigit() and int(name) < len(node.value):
            node = node.value[int(name)]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == name), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
    return line + 1


def _number(steps: list[Step], node: yaml.Node, path: tuple[str, ...] = ("steps",)) -> None:
    for number, step in enumerate(steps):
        own = (*path, str(number))
        step.line = _line(node, list(own))  # type: ignore[misc]
        _number(step.meanwhile, node, (*own, "meanwhile"))
