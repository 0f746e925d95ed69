"""Vectors without a model: what comes near what, in four languages."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.base import BadInputError
from providers.embeddings.hashed import HashedEmbedder, words


def nearness(first: str, second: str, **options) -> float:
    a, b = HashedEmbedder(**options).embed([first, second])
    return float(a @ b)


def test_shape_type_and_length():
    rows = HashedEmbedder().embed(["Python developer", "Разработчик", "后端工程师", "백엔드 개발자", "", " ... "])
    assert (rows.shape, rows.dtype) == ((6, 384), np.float32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 1, 0, 0], abs=1e-6)
    assert HashedEmbedder().embed([]).shape == (0, 384)


def test_the_same_text_is_the_same_vector_in_any_process():
    script = (
        "from providers.embeddings.hashed import HashedEmbedder as H; print(H().embed(['Go 开发'])[0].tobytes().hex())"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert HashedEmbedder().embed(["Go 开发"])[0].tobytes().hex() == other


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("payments", "Payment systems", "Marketing campaigns"),
        ("разработка сервисов", "разрабатывал сервис", "ведение бухгалтерии"),
        ("分布式系统", "负责分布式系统的设计", "市场推广活动"),
        ("백엔드 개발자", "백엔드 개발", "회계 담당자"),
        ("ＰＹＴＨＯＮ", "python", "pascal"),
        ("учёт", "учет", "отчет"),
    ],
)
def test_what_is_near(text, near, far):
    assert nearness(text, near) > nearness(text, far) + 0.2


def test_little_words_count_for_nothing():
    assert nearness("I have been with the team", "team") == pytest.approx(1.0)


def test_a_fold_makes_other_spellings_meet():
    def fold(text: str) -> str:
        return text.replace("k8s", "Kubernetes").replace("쿠버네티스", "Kubernetes")

    assert abs(nearness("k8s", "쿠버네티스")) < 0.2
    assert nearness("k8s", "쿠버네티스", fold=fold) == pytest.approx(1.0)
    assert HashedEmbedder(fold, "skills-1").name == "hashed-384-v1-skills-1"
    assert HashedEmbedder().name == "hashed-384-v1"


def test_the_tenth_mention_says_less_than_the_first():
    once = nearness("python", "python java")
    often = nearness("python", "python " * 10 + "java")
    assert once < often < 0.97


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C# and Node.js", ["c++", "c#", "node", "js"]),
        ("使用Python开发", ["使用", "python", "开发"]),
        ("分布式", ["分布", "布式"]),
        ("在", []),
        ("Ёлка ЁЖ", ["елка", "еж"]),
        ("파이썬으로 API를", ["파이썬으로", "api"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words(text, expected):
    assert list(words(text)) == expected


@given(st.text(max_size=300))
def test_any_text_gives_a_vector(text):
    (row,) = HashedEmbedder().embed([text])
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-5) or not row.any()


def test_too_many_texts_are_refused():
    with pytest.raises(BadInputError) as refused:
        HashedEmbedder().embed(["a"] * 10_001)
    assert refused.value.code == "too_large"
