"""What type of position a few words mean, in four languages."""

import re

from interviews.models import PositionType

# Tested from the top; the first that is met wins. "QA engineer for the backend" is a tester, so people whose role has a
# name of its own come first, then the words for a role, then its tools.
PATTERNS: tuple[tuple[PositionType, str], ...] = (
    (
        PositionType.QA,
        r"\bqa\b|\bsdet\b|quality assurance|\btest(er|ing|s)?\b|test automation|测试|тестиров|\bкуа\b|품질|테스트|테스터|\bтестер",
    ),
    (
        PositionType.PM,
        r"\bpm\b|\bpo\b|product (manager|owner|lead)|project manager|产品|项目经理|продакт|продукт|менеджер проект"
        r"|руководитель проект|프로덕트|제품|기획|프로젝트 매니저|\bпм\b",
    ),
    (
        PositionType.ALGO,
        r"algorithm|\balgo\b|\bml\b|machine learning|deep learning|data scien|computer vision|\bnlp\b|\bai\b|research"
        r"|算法|机器学习|深度学习|алгоритм|машинн|нейросет|дата.?сай|알고리즘|머신\s?러닝|딥\s?러닝|인공지능",
    ),
    (PositionType.FRONTEND, r"front.?end|web developer|ui developer|前端|фронт|верстальщик|프론트|프런트|퍼블리셔"),
    (
        PositionType.BACKEND,
        r"back.?end|server|full.?stack|后端|后台|服务端|全栈|бэк.?енд|бек.?енд|сервер|фул+.?ст[еэ]к|백엔드|백앤드|서버|풀스택",
    ),
    (PositionType.FRONTEND, r"\b(react|vue|angular|svelte|css|html|javascript|typescript)\b"),
)
# `\b` is no boundary between a Latin and a CJK letter, both being word characters.
COMPILED = tuple(
    (type_, re.compile(pattern.replace(r"\b", r"(?:(?<![a-zа-я])(?=[a-zа-я])|(?<=[a-zа-я])(?![a-zа-я]))")))
    for type_, pattern in PATTERNS
)


def guess(text: str) -> PositionType:
    """The position type that `text` ("Senior React developer", "前端工程师") names; backend when it names none."""
    lowered = text[:500].casefold().replace("ё", "е")
    return next((type_ for type_, pattern in COMPILED if pattern.search(lowered)), PositionType.BACKEND)
