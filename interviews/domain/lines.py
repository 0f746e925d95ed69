"""The words of the interviewer's fixed lines, in the interview's language."""

from django.utils import translation
from django.utils.translation import gettext_noop

from interviews.engine.effects import Line

# Exact msgids: existing clients compare the Chinese of some of them, whole.
WORDS: dict[Line, str] = {
    Line.GREETING: gettext_noop(
        "Hello! I am Viva, an AI interviewer. This conversation is transcribed and assessed with the help of software; "
        "a person makes the decision."
    ),
    Line.INTRO_PROMPT: gettext_noop("Please introduce yourself."),
    Line.INTRO_OVER: gettext_noop("Thank you for the introduction. Now to the questions."),
    Line.STILL_THERE: gettext_noop("Are you still there? Take your time, or say that we should go on."),
    Line.TAKE_YOUR_TIME: gettext_noop("Of course, take your time."),
    Line.WRAP_UP: gettext_noop("Thank you, I have much of it. Please come to the end of your answer."),
    Line.QUESTIONS_OVER: gettext_noop("That was the last question. Now to the coding task."),
    Line.CLOSING: gettext_noop("That was everything. Thank you for your time; your report is being prepared."),
    Line.TASK_TIME_IS_UP: gettext_noop("The time for the task is up."),
    Line.CODE_TAKEN: gettext_noop("Thank you, I have your solution."),
    Line.TIME_IS_UP: gettext_noop("The time is up. Thank you; your report is being prepared."),
}

# Said at the end of an answer while the question is not there yet.
ACKNOWLEDGEMENTS: tuple[str, ...] = (
    gettext_noop("Thank you."),
    gettext_noop("I see."),
    gettext_noop("All right, thank you."),
    gettext_noop("Okay, understood."),
)


def acknowledgements(language: str) -> list[str]:
    """All of them in `language`."""
    with translation.override(language):
        return [translation.gettext(words) for words in ACKNOWLEDGEMENTS]


def text(line: Line | str, language: str) -> str:
    """The words of `line` in `language` (a code of `settings.LANGUAGES`)."""
    with translation.override(language):
        return translation.gettext(WORDS[Line(line)])


def words_of(prompt: str, language: str) -> str:
    """What was said: a stored prompt is a question's text or the name of a fixed line."""
    try:
        return text(Line(prompt), language)
    except ValueError:
        return prompt
