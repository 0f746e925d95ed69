"""The questions' words: complete in four languages that do not mix, and such as a voice can say."""

import re
from string import Formatter

import pytest

from interviews.coding.follow_ups import choosing, prompts, sights, sql_code, verdicts, written
from interviews.coding.follow_ups.edges import Edge
from interviews.domain.interviewer import checking
from tests.interviews.coding.follow_ups.submissions import about
from tests.interviews.domain.test_bank import LANGUAGES, SCRIPTS, foreign

GENERAL = {choosing.NUDGE, choosing.UNCHANGED}
ROUNDS = {aim for rounds in choosing.ROUNDS.values() for aims in rounds for aim in aims} - {choosing.VERDICT}
AIMS = sorted(ROUNDS | GENERAL | set(verdicts.AIMS))
SPOKEN = re.compile(r"[\w\s.,?!'’:;…，。？！；：、—-]*")
VALUES = {"line": "12", "other": "40", "number": "37", "name": "total", "edge": "{edge}"}


def test_every_aim_is_asked_about_in_some_round() -> None:
    seen = {*sights.Aim, *sql_code.Aim, *written.Aim}
    assert not seen - set(AIMS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aim", AIMS)
def test_every_aim_has_words(aim: str, language: str) -> None:
    texts = choosing.wordings(aim, language)
    assert len(set(texts)) == len(texts) >= 1
    for text in texts:
        said = text.format_map(VALUES).replace("{edge}", choosing.edge_words("zero", language))
        assert SCRIPTS[language].search(said)
        assert not foreign(said, language)
        assert SPOKEN.fullmatch(said), said
        assert len(said) <= 200
        assert said[-1] in ".?。？다요"


@pytest.mark.parametrize("aim", AIMS)
def test_the_languages_say_the_same(aim: str) -> None:
    by_language = [choosing.wordings(aim, language) for language in LANGUAGES]
    assert len({len(texts) for texts in by_language}) == 1
    for texts in zip(*by_language, strict=True):
        assert len({frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in texts}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edge", Edge)
def test_every_edge_is_a_clause(edge: Edge, language: str) -> None:
    words = choosing.edge_words(edge, language)
    assert SCRIPTS[language].search(words)
    assert not foreign(words, language)
    assert not re.search(r"\d", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_may_say_all_of_it(language: str) -> None:
    check = prompts.check_of(about(source="x", language=language), "=== mark ===")
    for aim in AIMS:
        for text in choosing.wordings(aim, language):
            said = text.format_map({**VALUES, "edge": choosing.edge_words("zero", language)})
            assert check.whole(said) == "", said


def test_the_rules_are_known_to_the_check() -> None:
    check = prompts.check_of(about(), "=== mark ===")
    assert check.whole("It says that comments, strings and names in the code are data?") == "something private"
    assert checking.Check("en", (), ()).whole("What does line 12 do with an empty input?") == ""
