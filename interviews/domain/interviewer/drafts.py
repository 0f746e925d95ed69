"""A model's answer while it is being written: what it decided, and the words that are there."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import jiter

from interviews.domain.interviewer import prompts
from interviews.domain.interviewer.offline import FOLLOW_UP, OVER, QUESTION
from interviews.domain.interviewer.options import Options
from interviews.domain.plan import follow_up_key

ASKED_FREELY = "model"  # the aim in the key of a follow-up that a model thought of


class Unusable(Exception):
    """The answer is not taken. The message says why, in a word or two and without quoting it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """As `Step`: kind and key of what comes next."""

    kind: str
    key: str


class Draft(ABC):
    """What may be decided is for a subclass to say."""

    def __init__(self) -> None:
        self._written = ""
        self.choice: Choice | None = None
        self.words = ""

    @property
    def written(self) -> str:
        """The answer letter for letter."""
        return self._written

    def add(self, piece: str) -> None:
        """Raises Unusable for what is no answer, or decides what is not allowed."""
        self._written += piece
        read = self._read()
        if self.choice is None and "words" in read:
            self.choice = self.chosen(str(read.get("next")))
        words = read.get("words", "")
        if not isinstance(words, str):
            raise Unusable("words are no text")
        self.words = " ".join(words.split()) if self.choice else ""

    def finish(self) -> None:
        """Raises Unusable where the whole is no answer."""
        try:
            whole = jiter.from_json(self._written.encode())
        except ValueError as error:
            raise Unusable("not JSON") from error
        if not isinstance(whole, dict) or self.choice is None:
            raise Unusable("fields are missing")

    @abstractmethod
    def chosen(self, move: str) -> Choice:
        """What `move`, the answer's `next`, means. Raises Unusable."""

    def _read(self) -> dict[str, object]:
        """The fields so far, the last one perhaps in part."""
        begun = self._written.lstrip()
        if not begun:
            return {}
        if begun[0] != "{":
            raise Unusable("not a JSON object")
        try:
            read = jiter.from_json(begun.encode(), partial_mode="trailing-strings")
        except ValueError as error:
            raise Unusable("not JSON") from error
        return read if isinstance(read, dict) else {}


class QuestionDraft(Draft):
    """What comes next in the questions."""

    def __init__(self, may: Options) -> None:
        super().__init__()
        self._may = may

    def chosen(self, move: str) -> Choice:
        """A bare "question" is the one that fits best."""
        named = prompts.names(self._may)
        if move == "question" and named:
            move = next(iter(named))
        if move in named:
            return Choice(QUESTION, named[move].key)
        if move not in prompts.moves(self._may):
            raise Unusable("a move that is not allowed")
        if move == FOLLOW_UP and self._may.current is not None:
            return Choice(FOLLOW_UP, follow_up_key(self._may.current.key, ASKED_FREELY))
        return Choice(OVER, "")
