"""What type a few words mean, in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain import positions
from interviews.models import PositionType


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Backend developer", "backend"),
        ("Senior Python/Django engineer", "backend"),
        ("Full-stack developer (React, Go)", "backend"),
        ("后端工程师", "backend"),
        ("全栈工程师", "backend"),
        ("Бэкенд-разработчик", "backend"),
        ("Разработчик на Java", "backend"),
        ("백엔드 개발자", "backend"),
        ("Front-end engineer", "frontend"),
        ("React Native developer", "frontend"),
        ("前端工程师", "frontend"),
        ("Web前端开发", "frontend"),
        ("Фронтенд-разработчик", "frontend"),
        ("Верстальщик", "frontend"),
        ("프론트엔드 개발자", "frontend"),
        ("프런트 엔지니어", "frontend"),
        ("Product Manager", "pm"),
        ("Technical product owner", "pm"),
        ("产品经理", "pm"),
        ("Продакт-менеджер", "pm"),
        ("Менеджер продукта", "pm"),
        ("Менеджер проектов", "pm"),
        ("프로덕트 매니저", "pm"),
        ("서비스 기획자", "pm"),
        ("PM", "pm"),
        ("QA engineer for the backend", "qa"),
        ("Software tester", "qa"),
        ("测试工程师", "qa"),
        ("Тестировщик ПО", "qa"),
        ("Инженер по тестированию", "qa"),
        ("QA 엔지니어", "qa"),
        ("고급QA엔지니어", "qa"),
        ("소프트웨어 테스터", "qa"),
        ("Machine learning engineer", "algo"),
        ("Data Scientist", "algo"),
        ("算法工程师", "algo"),
        ("Инженер по машинному обучению", "algo"),
        ("Разработчик алгоритмов", "algo"),
        ("머신러닝 엔지니어", "algo"),
        ("알고리즘 개발자", "algo"),
        ("", "backend"),
        ("Baker", "backend"),
        ("HTML-верстка", "frontend"),
        ("Javanese latest news", "backend"),
    ],
)
def test_guess(text: str, kind: str) -> None:
    assert positions.guess(text) == kind


@given(st.text())
def test_any_text_has_a_type(text: str) -> None:
    assert positions.guess(text) in PositionType
