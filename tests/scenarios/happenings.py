"""Whether what reached the candidate is what a scenario speaks of."""

from typing import Any

import msgspec

from interviews.domain import lines
from tests.scenarios.schema import Happening

KINDS = {
    "greeting": "greeting",
    "prompt": "prompt",
    "question": "question",
    "follow_up": "follow_up",
    "notice": "notice",
    "task": "task",
    "closing": "closing",
}


def fits(message: dict[str, Any], what: Happening, language: str) -> bool:
    """Whether all that `what` says is so of one entry of the log."""
    said = {name: value for name, value in msgspec.structs.asdict(what).items() if value is not None}
    return all(_is_so(message, name, value, language) for name, value in said.items())


def describe(what: Happening) -> str:
    return ", ".join(f"{name}: {value}" for name, value in msgspec.structs.asdict(what).items() if value is not None)


def is_said(message: dict[str, Any]) -> bool:
    """Whether the interviewer says something new."""
    return message["type"] == "interview_message" and not message.get("repeat")


def _is_so(message: dict[str, Any], name: str, value: Any, language: str) -> bool:
    if name in KINDS:
        return message["type"] == "interview_message" and _is_of_kind(message, name, value, language)
    match name:
        case "repeated":
            return bool(message.get("repeat", False)) == value
        case "text":
            return value in (message["heard"] if message["type"] == "loudspeaker" else message.get("text", ""))
        case "heard" | "partial":
            return message["type"] == "asr_result" and (message["text"], message["final"]) == (value, name == "heard")
        case "acknowledgement":
            return message["type"] == "ai_transcript_chunk" and message["text"] in lines.acknowledgements(language)
        case "voice":
            return message["type"] == "loudspeaker" and message["event"] == value
        case "error" | "closed" | "complete":
            field = {"error": "code", "closed": "code", "complete": "outcome"}[name]
            kind = "interview_complete" if name == "complete" else name
            return message["type"] == kind and message[field] == value
    return bool(_within(value, message))


def _is_of_kind(message: dict[str, Any], name: str, value: Any, language: str) -> bool:
    if message["kind"] != KINDS[name]:
        return False
    if name == "notice":
        return bool(message["text"] == lines.text(value, language))
    return name not in {"question", "follow_up"} or message["question_number"] == value


def _within(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and _within(one, whole[name]) for name, one in part.items()
        )
    return bool(part == whole)
