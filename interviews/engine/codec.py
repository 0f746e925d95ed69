"""A state as JSON and back. Loading trusts nothing: names, types and the engine's invariants are checked."""

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from interviews.engine.invariants import problems
from interviews.engine.state import SCHEMA_VERSION, Now, State, TimerName

_BEFORE, _ADDED = 2, {"code_questions": 0}  # the schema before, and what it has not


class BadState(ValueError):
    """The document is not a state of this engine; the message says where."""


def dump(state: State) -> dict[str, Any]:
    """The state as JSON values, with its schema version; timers as milliseconds left."""
    document = {"schema": SCHEMA_VERSION, **_encode(state)}
    document["timers"] = [
        {"name": timer.name.value, "left": timer.due - getattr(state.now, timer.clock)} for timer in state.timers
    ]
    return document


def load(document: object) -> State:
    """The state that `dump` wrote, also that of the release before. Raises `BadState` on anything else."""
    if not isinstance(document, dict) or document.get("schema") not in (_BEFORE, SCHEMA_VERSION):
        raise BadState(f"not a state of schema {SCHEMA_VERSION}")
    plain = {name: value for name, value in document.items() if name != "schema"}
    if document["schema"] == _BEFORE:
        plain = _ADDED | plain
    plain["timers"] = _due(plain.get("timers"), cast("Now", _decode(Now, plain.get("now"), "now")))
    state = cast("State", _decode(State, plain, "state"))
    if wrong := problems(state):
        raise BadState("; ".join(wrong))
    return state


def _due(timers: object, now: Now) -> list[dict[str, Any]]:
    """Timers as the state has them, with a deadline instead of the time left."""
    if not isinstance(timers, list):
        raise BadState("timers: not a list")
    return [_deadline(timer, now, f"timers[{n}]") for n, timer in enumerate(timers)]


def _deadline(timer: object, now: Now, at: str) -> dict[str, Any]:
    if not isinstance(timer, dict) or timer.keys() != {"name", "left"}:
        raise BadState(f"{at}: not a timer")
    name = cast("TimerName", _decode(TimerName, timer["name"], f"{at}.name"))
    return {
        "name": name.value,
        "due": getattr(now, name.clock) + cast("int", _decode(int, timer["left"], f"{at}.left")),
    }


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_encode(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _decode(kind: Any, value: object, at: str) -> object:
    if get_origin(kind) is UnionType:
        (some,) = (one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _decode(some, value, at)
    if get_origin(kind) is tuple:
        return _decode_tuple(get_args(kind)[0], value, at)
    if is_dataclass(kind):
        return _decode_dataclass(cast("type", kind), value, at)
    if issubclass(kind, Enum):
        return _decode_enum(kind, value, at)
    if type(value) is not kind:  # exact: True is no number
        raise BadState(f"{at}: not of type {kind.__name__}")
    return value


def _decode_tuple(kind: Any, value: object, at: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise BadState(f"{at}: not a list")
    return tuple(_decode(kind, one, f"{at}[{n}]") for n, one in enumerate(value))


def _decode_dataclass(kind: type, value: object, at: str) -> object:
    kinds = _kinds(kind)
    if not isinstance(value, dict) or value.keys() != kinds.keys():
        raise BadState(f"{at}: not the fields of {kind.__name__}")
    try:
        return kind(**{name: _decode(kinds[name], one, f"{at}.{name}") for name, one in value.items()})
    except BadState:
        raise
    except ValueError as error:
        raise BadState(f"{at}: {error}") from error


@cache
def _kinds(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields; looking them up anew takes longer than reading a whole state."""
    return get_type_hints(kind)


def _decode_enum(kind: type[Enum], value: object, at: str) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise BadState(f"{at}: not a {kind.__name__}") from error
