"""What type of position a few words mean, in four languages."""

import re

from interviews.models import PositionType

# Tested from the top; the first that is met wins. "QA engineer for the backend" is a tester: people whose role has a
# name of its own come first, then the words for a role, then its tools. A Latin or Cyrillic entry begins a word, and
# with "." at its end it is the whole word.
ROLES: tuple[tuple[PositionType, tuple[str, ...]], ...] = (
    (PositionType.QA, ("qa.", "sdet.", "quality assurance", "test.", "tester", "testing", "test engineer")),
    (PositionType.QA, ("test automation", "测试", "тестиров", "куа.", "тестер", "품질", "테스트", "테스터")),
    (PositionType.PM, ("pm.", "po.", "product manager", "product owner", "product lead", "project manager")),
    (PositionType.PM, ("产品", "项目经理", "продакт", "продукт", "менеджер проект", "руководитель проект", "пм.")),
    (PositionType.PM, ("프로덕트", "제품", "기획", "프로젝트 매니저")),
    (PositionType.ALGO, ("algorithm", "algo.", "ml.", "ai.", "nlp.", "machine learning", "deep learning")),
    (PositionType.ALGO, ("data scien", "computer vision", "research", "算法", "机器学习", "深度学习", "人工智能")),
    (PositionType.ALGO, ("алгоритм", "машинн", "нейросет", "дата-сай", "датасай", "дата сай", "исследователь")),
    (PositionType.ALGO, ("알고리즘", "머신러닝", "머신 러닝", "딥러닝", "딥 러닝", "인공지능")),
    (PositionType.FRONTEND, ("frontend", "front-end", "front end", "web developer", "ui developer", "前端")),
    (PositionType.FRONTEND, ("фронт", "верстальщик", "프론트", "프런트", "퍼블리셔")),
    (PositionType.BACKEND, ("backend", "back-end", "back end", "server", "fullstack", "full-stack", "full stack")),
    (PositionType.BACKEND, ("后端", "后台", "服务端", "全栈", "бэкенд", "бэк-енд", "бекенд", "сервер", "фулстек")),
    (PositionType.BACKEND, ("фуллстек", "백엔드", "백앤드", "서버", "풀스택")),
    (PositionType.FRONTEND, ("react", "vue", "angular", "svelte", "css.", "html", "javascript", "typescript")),
)
UNSPACED = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")


def guess(text: str) -> PositionType:
    """The position type that `text` ("Senior React developer", "前端工程师") names; backend when it names none."""
    return named(text) or PositionType.BACKEND


def named(text: str) -> PositionType | None:
    """As `guess`, None when it names none."""
    lowered = text[:500].casefold().replace("ё", "е").replace("\u2011", "-")
    return next((type_ for type_, pattern in PATTERNS if pattern.search(lowered)), None)


def _pattern(word: str) -> str:
    if UNSPACED.search(word):
        return re.escape(word)
    # `\b` sees no boundary between a Latin and a CJK letter, both being word characters.
    end = r"(?![a-zа-я])" if word.endswith(".") else ""
    return rf"(?<![a-zа-я]){re.escape(word.removesuffix('.'))}{end}"


PATTERNS = tuple((type_, re.compile("|".join(map(_pattern, words)))) for type_, words in ROLES)
