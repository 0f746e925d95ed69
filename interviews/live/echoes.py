"""The interviewer's own voice in the candidate's microphone."""

from interviews.domain import lines
from interviews.engine import Line, Phase, State
from interviews.engine.echo import echoes
from interviews.live.hearing import Heard

_ANSWERING = (Line.STILL_THERE, Line.TAKE_YOUR_TIME, Line.WRAP_UP)
_LINES = {
    Phase.INTRO: (Line.GREETING, Line.INTRO_PROMPT, *_ANSWERING),
    Phase.QUESTION: (Line.INTRO_OVER, *_ANSWERING),
    Phase.CODE: (Line.QUESTIONS_OVER, Line.TAKE_YOUR_TIME),
}


class EchoFilter:
    """Knows what the interviewer may be saying: the question, or one of the phase's fixed lines."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._phase = Phase.WAITING
        self._question = ""
        self._fixed: dict[Phase, list[str]] = {}
        self.speaking = False

    def follow(self, state: State) -> None:
        self.speaking = bool(state.playing)
        self._phase = state.phase
        self._question = state.prompt.text if state.prompt is not None else ""

    def is_echo(self, heard: Heard, text: str) -> bool:
        """Whether `text` came over the voice and is what it says."""
        if not heard.over_voice or not text:
            return False
        return any(echoes(text, said) for said in (self._question, *self._lines()))

    def _lines(self) -> list[str]:
        if self._phase not in self._fixed:
            self._fixed[self._phase] = [lines.text(line, self._language) for line in _LINES.get(self._phase, ())]
        return self._fixed[self._phase]
