"""The interviewer's own voice in the candidate's microphone."""

from collections.abc import Callable

from interviews.domain import lines
from interviews.engine import Line, Phase, State
from interviews.engine.echo import echoes
from interviews.live.hearing import Heard

_ANSWERING = (Line.STILL_THERE, Line.TAKE_YOUR_TIME, Line.WRAP_UP)
_LINES = {
    Phase.INTRO: (*_ANSWERING, Line.GREETING, Line.INTRO_PROMPT),  # which is asked, the last
    Phase.QUESTION: (Line.INTRO_OVER, *_ANSWERING),
    Phase.CODE: (Line.QUESTIONS_OVER, Line.TASK_TIME_IS_UP, Line.CODE_TAKEN, *_ANSWERING),
}


class EchoFilter:
    """Knows what the interviewer is saying, and may just have said: the question, or one of the phase's fixed lines.

    `saying()`: the words that are being spoken now, also of a question that is still being written.
    """

    def __init__(self, language: str, saying: Callable[[], str]) -> None:
        self._language = language
        self._saying = saying
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
        return any(echoes(text, said) for said in self._said())

    def _said(self) -> list[str]:
        """Lines, the question, and a line with what it leads to: an utterance may hear the end of one and the other."""
        fixed = self._lines()
        asked = self._question or self._saying() or fixed[-1]
        return [asked, *fixed, *(f"{line} {asked}" for line in fixed)]

    def _lines(self) -> list[str]:
        if self._phase not in self._fixed:
            fixed = [lines.text(line, self._language) for line in _LINES.get(self._phase, ())]
            self._fixed[self._phase] = [*lines.acknowledgements(self._language), *fixed]
        return self._fixed[self._phase]
