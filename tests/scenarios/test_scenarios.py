"""Every file in `conversations/` is a test, in each of its languages. CONTRIBUTING.md says how to add one.

`PENDING=1` plays those that wait for something, too.
"""

import logging
import os
import uuid
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from interviews.domain.plan import PlannedQuestion
from interviews.live import store
from interviews.models import Interview
from tests.interviews.live.fixtures import interview_of, resume_of
from tests.scenarios.conversation import Broken, Conversation
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
    conversation, wrong = await played(path.name, scenario)
    said = [step.say or step.write or "" for step in scenario.steps]
    wrong += [f"the log has {words!r}" for words in said if len(words) > LONGEST_COMMON_WORD and words in caplog.text]
    wrong += [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not wrong, "\n".join([f"{path.name}: {sentence}" for sentence in wrong] + ["", conversation.log.text])


BROKEN = {
    "- expect: {question: 1}\n  within: 1s": "within 1 s did not come: question: 1",
    "- expect: {prompt: true}\n  after: 1s": "came after 0.00 s, 1 s too soon: prompt: True",
    "- wait: 40s": "the interviewer spoke meanwhile: 'Thank you for the introduction. Now to the questions.'",
}


@pytest.mark.parametrize(("steps", "error"), BROKEN.items(), ids=range(len(BROKEN)))
async def test_a_conversation_that_goes_another_way_says_where(tmp_path: Path, steps: str, error: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(f"title: Broken\nsteps:\n{steps}\n")
    with pytest.raises(Broken) as caught:
        await played(path.name, load(path, "en"))
    assert str(caught.value).startswith(f"broken.yaml:3: {error}\n")
    assert "stream_created" in str(caught.value)


async def test_what_is_not_true_in_the_end_is_said(tmp_path: Path) -> None:
    path = tmp_path / "untrue.yaml"
    path.write_text(
        "title: Untrue\nsteps:\n- write: That's all.\n- expect: {question: 1}\n"
        "then: {status: completed, turns: [], never: [{greeting: true}]}\n"
    )
    _conversation, wrong = await played(path.name, load(path, "en"))
    assert [sentence.partition(" [")[0] for sentence in wrong] == [
        "this must never happen: greeting: True",
        "the turns are",
        "the interview's status is active",
    ]


async def played(name: str, scenario: Scenario) -> tuple[Conversation, list[str]]:
    """The conversation, and what was wrong with its end. Raises Broken."""
    interview = await store.default().run(prepared, scenario)
    conversation = Conversation(name, scenario, interview)
    await conversation.play()
    wrong = await store.default().run(problems, conversation.log, interview, scenario.then, scenario.language)
    return conversation, wrong


def prepared(scenario: Scenario) -> Interview:
    """An interview whose plan is the scenario's questions, of a candidate of its own."""
    owner = User.objects.create_user(f"{uuid.uuid4().hex}@example.com", name="Alice")
    plan = [
        PlannedQuestion(f"scenario.{number}", text, "scenario", 1).to_json()
        for number, text in enumerate(scenario.questions, start=1)
    ]
    fields = {
        "position_type": scenario.position,
        "language": scenario.language,
        "plan": plan,
        "code_task": scenario.task,
    }
    return interview_of(owner, resume=resume_of(owner), **fields)
