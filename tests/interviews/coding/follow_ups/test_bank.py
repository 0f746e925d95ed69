"""Questions about the solutions of the bank's own tasks, right and wrong ones."""

import pytest

from interviews.coding import tasks
from interviews.coding.definitions import Task
from interviews.coding.follow_ups import choosing, loading
from tests.interviews.coding.follow_ups.submissions import about, conversation
from tests.interviews.domain.test_bank import LANGUAGES, foreign

LEAST_TOLD = 6  # characters of an input that nothing else would say


@pytest.mark.parametrize("task", tasks.bank().values(), ids=list(tasks.bank()))
def test_every_solution_is_asked_about(task: Task) -> None:
    """And whatever fails, no word of a hidden test is told."""
    sources = [*task.solutions.items(), *((one.language, one.source) for one in task.wrong)]
    for number, (code_language, source) in enumerate(sources or [("text", "We would begin with a trial.")]):
        language = LANGUAGES[number % len(LANGUAGES)]
        rows = [{"name": test.name, "status": "wrong_answer"} for test in task.hidden[number:]]
        shown = [{"name": "shown", "status": "ok"}]
        submission = about(
            source,
            language,
            interview_id=number,
            kind=task.kind,
            code_language=code_language,
            starter=task.starters.get(code_language, {}).get(language, ""),
            verdict=loading.verdict(task, {"status": "ok", "tests": shown, "hidden": rows}),
        )
        asked = conversation(submission)
        assert choosing.LEAST <= len(asked) <= choosing.MOST
        assert not [one.text for one in asked if foreign(one.text, language)]
        told = " ".join(one.text for one in asked)
        hidden = (text for test in task.hidden for text in (test.name, test.input.strip(), test.expected.strip()))
        assert not [text for text in hidden if len(text) >= LEAST_TOLD and text in told]
