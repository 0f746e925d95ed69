"""Everything that happened in one conversation, in order and with the time: what the failures of scenarios show."""

import asyncio
from collections.abc import Callable
from typing import Any

LATEST = 40  # lines of a failure


class Log:
    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._begun = self._loop.time()
        self._news = asyncio.Event()
        self.entries: list[tuple[float, dict[str, Any]]] = []
        self.met: set[int] = set()  # entries that an expectation has met
        self._floor = 0

    @property
    def now(self) -> float:
        """Seconds since the conversation began."""
        return self._loop.time() - self._begun

    def add(self, message: dict[str, Any]) -> None:
        self.entries.append((self.now, message))
        self._news.set()

    def note(self, text: str) -> None:
        """What the candidate does."""
        self.add({"type": "candidate", "text": text})

    def pass_by(self) -> None:
        """What came up to now is no longer waited for."""
        self._floor = len(self.entries)

    async def next(self, fits: Callable[[dict[str, Any]], bool], until: float) -> float:
        """Wait for an entry that `fits` and was not met yet; gives its time. Raises TimeoutError after `until`, on the
        conversation's clock."""
        async with asyncio.timeout(max(0.0, until - self.now)):
            looked_at = self._floor
            while True:
                for number in range(looked_at, len(self.entries)):
                    at, message = self.entries[number]
                    if number not in self.met and fits(message):
                        self.met.add(number)
                        return at
                looked_at = len(self.entries)
                self._news.clear()
                await self._news.wait()

    @property
    def text(self) -> str:
        lines = [f"{at:8.2f}  {line}" for at, message in self.entries if (line := _line(message))]
        return "\n".join(lines[-LATEST:])


def _line(message: dict[str, Any]) -> str:
    """One entry for a person; nothing for what comes many times a second."""
    match message["type"]:
        case "ai_audio_chunk" | "ai_transcript_chunk" | "ai_audio_end":
            return ""
        case "candidate":
            return f"candidate    {message['text']}"
        case "loudspeaker":
            return f"loudspeaker  {message['event']} {message['utterance_id']}: {message['heard']!r}"
        case "interview_message":
            again = " (repeated)" if message.get("repeat") else ""
            number = f"{message['question_number']}/{message['question_count']}"
            return f"interviewer  {message['kind']} {number}{again}: {message['text']!r}"
        case "asr_result":
            return f"understood   {'final' if message['final'] else 'partly'}: {message['text']!r}"
    rest = {name: value for name, value in message.items() if name not in {"type", "state", "task"}}
    return f"server       {message['type']} {rest}"
