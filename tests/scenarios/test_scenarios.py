"""Every file in `conversations/` is a test, in each of its languages. CONTRIBUTING.md says how to add one.

`PENDING=1` plays those that wait for something, too.
"""

import logging
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from interviews.domain.plan import PlannedQuestion
from interviews.live import store
from interviews.models import Interview
from tests.interviews.live.fixtures import interview_of, resume_of
from tests.scenarios.conversation import Conversation
from tests.scenarios.outcome import problems
from tests.scenarios.schema import BadScenario, Scenario, languages_of, load

pytestmark = pytest.mark.django_db(transaction=True)

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


def cases() -> list[tuple[Path, str]]:
    """A file that cannot be read is a case too, which fails and says why."""
    found = []
    for path in FILES:
        try:
            found += [(path, str(language)) for language in languages_of(path)]
        except BadScenario:
            found.append((path, "en"))
    return found


CASES = cases()
LONGEST_COMMON_WORD = 8  # of a candidate's words that a log may have by chance


@pytest.mark.parametrize(("path", "language"), CASES, ids=[f"{path.stem}-{language}" for path, language in CASES])
async def test_conversation(path: Path, language: str, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    scenario = load(path, language)
    if scenario.pending and not os.environ.get("PENDING"):
        pytest.skip(f"{path.name} waits: {scenario.pending}")
    settings.ADAPTIVE_QUESTIONS = scenario.adaptive or bool(scenario.model)
    interview = await store.default().run(prepared, scenario, path.stem)
    conversation = Conversation(path.name, scenario, interview)
    await conversation.play()
    wrong = await store.default().run(problems, conversation.log, interview, scenario.then, language)
    said = [step.say or step.write or "" for step in scenario.steps]
    wrong += [f"the log has {words!r}" for words in said if len(words) > LONGEST_COMMON_WORD and words in caplog.text]
    wrong += [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not wrong, "\n".join([f"{path.name}: {sentence}" for sentence in wrong] + ["", conversation.log.text])


def prepared(scenario: Scenario, name: str) -> Interview:
    """An interview whose plan is the scenario's questions, of a candidate of its own."""
    owner = User.objects.create_user(f"{name}.{scenario.language}@example.com", name="Alice")
    plan = [
        PlannedQuestion(f"scenario.{number}", text, "scenario", 1).to_json()
        for number, text in enumerate(scenario.questions, start=1)
    ]
    fields = {"position_type": scenario.position, "language": scenario.language, "plan": plan}
    return interview_of(owner, resume=resume_of(owner), **fields)
