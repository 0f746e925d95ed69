"""What is true at the end of every conversation, and what a scenario adds to it."""

from collections import Counter
from typing import Any

import msgspec

from interviews.models import Interview
from tests.scenarios.happenings import describe, fits
from tests.scenarios.log import Log
from tests.scenarios.schema import Then


def problems(log: Log, interview: Interview, then: Then, language: str) -> list[str]:
    """Sentences about what is wrong; touches the database."""
    messages = [message for _at, message in log.entries]
    return [
        *_of_every_conversation(messages, interview),
        *_of_the_voice(messages),
        *_forbidden(messages, then, language),
        *_of_turns(interview, then),
        *_of_status(interview, then),
    ]


def _of_every_conversation(messages: list[dict[str, Any]], interview: Interview) -> list[str]:
    """One greeting, whole numbers, one final text an utterance, no question twice, no fault of ours."""
    wrong = []
    stored = list(interview.messages.order_by("seq").values_list("payload", flat=True))
    if [message["seq"] for message in stored] != list(range(1, len(stored) + 1)):
        wrong.append("the stored messages are not numbered from 1 without gaps")
    greetings = [message for message in stored if message.get("kind") == "greeting"]
    if len(greetings) != 1:
        wrong.append(f"there were {len(greetings)} greetings")
    finals = [message["utterance_id"] for message in stored if message["type"] == "asr_result"]
    wrong += [f"utterance {name} has {count} final texts" for name, count in Counter(finals).items() if count > 1]
    asked = [message["text"] for message in stored if message.get("kind") in {"question", "follow_up"}]
    wrong += [f"{text!r} was asked {count} times" for text, count in Counter(asked).items() if count > 1]
    if any(message["type"] == "error" and message["code"] == "internal" for message in messages):
        wrong.append("the server told of a fault of its own")
    return wrong


def _of_the_voice(messages: list[dict[str, Any]]) -> list[str]:
    """What was spoken to its end was heard word for word, unless the voice failed."""
    if any(message["type"] == "error" and message["code"] == "voice_failed" for message in messages):
        return []
    texts = {message["utterance_id"]: message["text"] for message in messages if message["type"] == "interview_message"}
    ended = [message for message in messages if message["type"] == "loudspeaker" and message["event"] == "ends"]
    heard = {message["utterance_id"]: message["heard"] for message in ended}
    return [
        f"of {texts[name]!r} was heard {text!r}"
        for name, text in heard.items()
        if name in texts and "".join(text.split()) != "".join(texts[name].split())
    ]


def _forbidden(messages: list[dict[str, Any]], then: Then, language: str) -> list[str]:
    return [
        f"this must never happen: {describe(what)}"
        for what in then.never
        if any(fits(message, what, language) for message in messages)
    ]


def _of_turns(interview: Interview, then: Then) -> list[str]:
    if then.turns is None:
        return []
    rows = list(
        interview.turns.order_by("number").values("kind", "question_number", "prompt", "answer", "source", "outcome")
    )
    wanted = [
        {name: value for name, value in msgspec.structs.asdict(turn).items() if value is not None}
        for turn in then.turns
    ]
    alike = len(rows) == len(wanted) and all(
        want.items() <= row.items() for want, row in zip(wanted, rows, strict=True)
    )
    return [] if alike else [f"the turns are {rows}"]


def _of_status(interview: Interview, then: Then) -> list[str]:
    status = Interview.objects.values_list("status", flat=True).get(pk=interview.pk)
    return [] if then.status in {None, status} else [f"the interview's status is {status}"]
