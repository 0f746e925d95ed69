"""The interviewer's fixed lines."""

import pytest

from interviews.domain import lines
from interviews.engine.effects import Line


@pytest.mark.parametrize("line", Line)
def test_every_line_has_words(line: Line) -> None:
    assert lines.text(line, "en") == lines.WORDS[line]
    assert lines.text(line.value, "en") == lines.WORDS[line]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line.INTRO_PROMPT, "Please introduce yourself."),
        (Line.INTRO_OVER, "Thank you for the introduction. Now to the questions."),
        (Line.QUESTIONS_OVER, "That was the last question. Now to the coding task."),
    ],
)
def test_the_protocols_exact_strings(line: Line, words: str) -> None:
    assert lines.text(line, "en") == words


def test_the_greeting_says_that_it_is_software() -> None:
    assert "AI interviewer" in lines.text(Line.GREETING, "en")


def test_a_stored_prompt_is_a_text_or_a_line() -> None:
    assert lines.words_of("Why Rust?", "en") == "Why Rust?"
    assert lines.words_of("intro_prompt", "en") == "Please introduce yourself."
