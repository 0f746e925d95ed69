"""A file that is no scenario says where and why."""

import re
from pathlib import Path

import pytest

from tests.scenarios.schema import BadScenario, languages_of, load

GOOD = """\
title: One
steps:
  - say: Hello
  - expect: {question: 1}
    within: 2s
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(text)
    return path


def test_a_scenario_knows_its_lines_and_its_times(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, GOOD), "en")
    assert [(step.verb, step.line) for step in scenario.steps] == [("say", 3), ("expect", 4)]
    assert scenario.steps[1].within == 2.0


def test_each_language_has_its_words(tmp_path: Path) -> None:
    path = written(tmp_path, "title: One\nin:\n  ru: {hello: Привет}\n  ko: {hello: 안녕}\nsteps:\n- say: '{hello}!'\n")
    assert languages_of(path) == ("ru", "ko")
    assert [load(path, language).steps[0].say for language in ("ru", "ko")] == ["Привет!", "안녕!"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "one.yaml:1: the file is empty"),
        ("- say: Hello", "one.yaml:1: Expected `object`, got `array`"),
        ("title: One\nsteps: [", "one.yaml:2: "),
        ("title: One", "one.yaml:1: Object missing required field `steps`"),
        (GOOD + "titel: Two", "one.yaml:6: `titel` is unknown; did you mean `title`?"),
        (GOOD + "title: Two", "one.yaml:6: `title` stands here twice"),
        (GOOD + "  - sya: Hello", "one.yaml:6: `sya` is unknown; did you mean `say`?"),
        (GOOD + "  - say: no", "one.yaml:6: Expected `str | null`, got `bool`"),
        (GOOD + "  - press: hang_up", "one.yaml:6: Invalid enum value 'hang_up'"),
        (GOOD + "  - wait: 5", "one.yaml:6: expected a time such as 300ms, 1.5s or 10m, got 5"),
        (GOOD + "  - {say: Hello, wait: 5s}", "one.yaml:6: a step does exactly one thing, this one say and wait"),
        (GOOD + "  - within: 5s", "one.yaml:6: a step does exactly one thing, this one nothing"),
        (GOOD + "  - wait: 5s\n    within: 2s", "one.yaml:6: `within` goes with expect"),
        (GOOD + "  - expect: {}", "one.yaml:6: says nothing"),
        (GOOD + "  - expect: {question: 2}\n    after: 5s\n    within: 2s", "one.yaml:6: `after` has to be shorter"),
        (GOOD + "  - wait: 5s\n    meanwhile:\n    - say: Hm", "one.yaml:6: meanwhile one can only expect"),
        (GOOD + "  - say: '{hello}'", "one.yaml:6: no words are given for {hello}"),
        (GOOD + "in: {fr: {hello: Bonjour}}", "one.yaml:6: Invalid enum value 'fr'"),
        (GOOD + "then: {turns: [{outcome: lost}]}", "one.yaml:6: Invalid enum value 'lost'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(BadScenario) as caught:
        load(written(tmp_path, text), "en")
    assert str(caught.value).startswith(error)


def test_the_example_of_the_guide_is_a_scenario() -> None:
    root = Path(__file__).parent.parent.parent
    example = re.search(r"```yaml\n(.*?)```", (root / "CONTRIBUTING.md").read_text(), re.DOTALL)
    assert example is not None
    assert example[1] == (Path(__file__).parent / "conversations" / "assent.yaml").read_text()
