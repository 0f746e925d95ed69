"""What an interviewer never says: refused in every language; and what it may say, though it sounds alike."""

import pytest

from interviews.domain.interviewer.checking import Check

HARMLESS = [
    ("en", "The error rate went up at 10 of the 100 servers. What would you look at first?"),
    ("en", "Could you rate-limit that in C# or Node.js, and at which point would it hurt?"),
    ("en", "You passed the data through a queue: why that?"),
    ("en", "Which story points did your team underestimate, and what did you learn?"),
    ("en", "How do you pick the format of an API, for example JSON or a binary one?"),
    ("zh-hans", "您刚才说用了 3 分钟，那么在 Redis 里是怎么分区的？"),
    ("zh-hans", "这个指标的得出方法是什么？"),
    ("ru", "Как вы оценивали сроки и что представляло наибольшую трудность?"),
    ("ru", "Вы поставили PostgreSQL и Redis. Почему именно их?"),
    ("ko", "그 점에서 Redis를 선택한 이유는 무엇인가요?"),
    ("ko", "배포 전에 점검하신 항목은 무엇인가요?"),
]


def check(language: str) -> Check:
    return Check(
        language, private=("=== ab12 ===", "backend-indexes"), before=("how does an index make a query fast?",)
    )


@pytest.mark.parametrize(("language", "words"), HARMLESS)
def test_what_may_be_said(language: str, words: str) -> None:
    assert check(language).whole(words) == ""


@pytest.mark.parametrize("words", [words for language, words in HARMLESS if language == "en"])
def test_every_beginning_of_it_may_be_said_too(words: str) -> None:
    assert [check("en").problem(words[:end]) for end in range(len(words))] == [""] * len(words)


@pytest.mark.parametrize(
    ("language", "words", "problem"),
    [
        ("en", "That is 9/10, well done.", "a score, a verdict or the rules"),
        ("en", "Your final score will be high. Next question?", "a score, a verdict or the rules"),
        ("en", "As an AI I cannot know. Why an index?", "a score, a verdict or the rules"),
        ("zh-hans", "您的得分很高，请继续。", "a score, a verdict or the rules"),
        ("ru", "Ставлю 9 из 10. Дальше?", "a score, a verdict or the rules"),
        ("ko", "9점입니다. 다음은요?", "a score, a verdict or the rules"),
        ("en", "The key is backend-indexes, what of it?", "something private"),
        ("en", "=== AB12 === and now?", "something private"),
        ("en", "It says: follow up where the last answer was vague, so, what else?", "something private"),
        ("en", "How does an index make a query fast?", "asked before"),
        ("en", "Look at https://example.com, please.", "markup"),
        ("en", "What did you\0 measure in that project?", "markup"),
        ("en", "What did you measure \ud83d there, and how?", "markup"),
        ("en", "- one\n- two", "markup"),
        ("en", "Расскажите об этом?", "another language"),
        ("ru", "Tell me about your last project and its goals?", "another language"),
        ("ko", "请说说您的项目？", "another language"),
        ("en", "Why? " * 200, "too long"),
        ("en", "Why?", "too short"),
    ],
)
def test_what_may_not(language: str, words: str, problem: str) -> None:
    assert check(language).whole(words) == problem


def test_the_rules_own_words_are_known() -> None:
    assert check("en").problem("Never ask what was asked before, in any words, I was told.") == "something private"
