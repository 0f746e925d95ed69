"""The interviewer's own voice in the candidate's microphone."""

from interviews.domain import lines
from interviews.engine import Line, State
from interviews.engine.echo import echoes
from interviews.live.hearing import Heard


class EchoFilter:
    """Knows what the interviewer may be saying: the question, or one of its fixed lines."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._fixed: list[str] | None = None
        self._question = ""
        self.speaking = False

    def follow(self, state: State) -> None:
        self.speaking = bool(state.playing)
        self._question = state.prompt.text if state.prompt is not None else ""

    def is_echo(self, heard: Heard, text: str) -> bool:
        """Whether `text` came over the voice and is what it says."""
        if not heard.over_voice or not text:
            return False
        if self._fixed is None:
            self._fixed = [lines.text(line, self._language) for line in Line]
        return any(echoes(text, said) for said in (self._question, *self._fixed))
