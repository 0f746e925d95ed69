"""The bank is complete, in four languages that do not mix, and nothing in it is asked twice."""

import re

import pytest

from interviews.domain import bank
from interviews.models import PositionType

LANGUAGES = ("en", "zh-hans", "ru", "ko")
SCRIPTS = {
    "en": re.compile(r"[a-z]", re.IGNORECASE),
    "zh-hans": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[а-яё]", re.IGNORECASE),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}
KINDS = ("skill", "project", "work")
ALL = [question for type_ in PositionType for question in bank.questions(type_)]
TEMPLATES = [template for kind in KINDS for template in bank.templates(kind)]


def foreign(text: str, language: str) -> list[str]:
    """Letters of a script that has no place in `language`; Latin names of technologies may stand anywhere."""
    others = [name for name in LANGUAGES if name not in (language, "en")]
    return [letter for name in others for letter in SCRIPTS[name].findall(text)]


@pytest.mark.parametrize("kind", PositionType)
def test_ten_questions_or_more_of_every_difficulty(kind: PositionType) -> None:
    questions = bank.questions(kind)
    assert len(questions) >= 10
    difficulties = [question.difficulty for question in questions]
    assert {level: difficulties.count(level) >= 3 for level in (1, 2, 3)} == {1: True, 2: True, 3: True}
    assert all(question.key.startswith(f"{kind}-") for question in questions)


def test_keys_are_unique_and_texts_too() -> None:
    rows = [*ALL, *TEMPLATES]
    assert len({row.key for row in rows}) == len(rows)
    for language in LANGUAGES:
        assert len({row.texts[language] for row in rows}) == len(rows)


@pytest.mark.parametrize("question", [*ALL, *TEMPLATES], ids=lambda question: question.key)
def test_a_question_is_complete(question: bank.BankQuestion) -> None:
    assert set(question.texts) == set(question.points) == set(LANGUAGES)
    assert question.difficulty in (1, 2, 3)
    counts = {len(question.points[language]) for language in LANGUAGES}
    assert len(counts) == 1
    assert 3 <= counts.pop() <= 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [*ALL, *TEMPLATES], ids=lambda question: question.key)
def test_a_question_is_in_its_language(question: bank.BankQuestion, language: str) -> None:
    texts = [question.texts[language], *question.points[language]]
    for text in texts:
        assert SCRIPTS[language].search(text), text
        assert not foreign(text, language), text
    assert len(question.texts[language]) <= 240  # it is spoken
    for keywords in question.points[language].values():
        assert len(keywords) >= 2
        assert [str(word).casefold().strip() for word in keywords] == keywords
        assert len(set(keywords)) == len(keywords)
        assert not foreign(" ".join(keywords), language)


@pytest.mark.parametrize(("kind", "places"), [("skill", {"skill"}), ("project", {"project"})])
def test_a_template_has_its_places(kind: str, places: set[str]) -> None:
    assert len(bank.templates(kind)) >= 2
    for template in bank.templates(kind):
        for text in template.texts.values():
            assert set(re.findall(r"\{(\w+)\}", text)) == places
        assert template.key.startswith(f"resume-{kind}-")


def test_templates_about_work_name_company_and_position() -> None:
    for template in bank.templates("work"):
        for text in template.texts.values():
            assert set(re.findall(r"\{(\w+)\}", text)) == {"company", "position"}


def test_a_skill_a_question_needs_as_many_templates_as_it_can_be_asked() -> None:
    # `plan` never uses one template twice in an interview.
    assert len(bank.templates("skill")) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["shown", "unshown"])
def test_templates_on_a_vacancy_are_complete_in_their_language(kind: str, language: str) -> None:
    templates = bank.templates(kind)
    assert len(templates) == 3
    for template in templates:
        text, points = template.texts[language], template.points[language]
        assert text.count("{requirement}") == 1
        assert len(text) <= 240
        assert 3 <= len(points) <= 4
        assert not any(foreign(one, language) for one in [text, *points])
