"""Closing phrases: what ends an introduction, and what only sounds like it."""

import pytest

from interviews.engine.phrases import closes

ENGLISH = """That's all.
and that's all
So that's all, thank you.
Thats all thank you very much
that’s all about me
That's all from me for now.
that is all i have
That's pretty much it. Thanks!
That's it.
Okay, that's it, thanks
I'm done.
Hello. I'm done
I have nothing to add
I worked at Acme for three years. That is everything.
that's my introduction"""

CHINESE = """说完了
我说完了。
我的介绍说完了，谢谢大家！
就这些吧
我的情况就是这些，谢谢
以上就是我的自我介绍
我的自我介绍到此结束，谢谢
介绍完毕
說完了
就这样
没有要补充的了
没什么要补充的了
完了。
这是我的经历。没了。
讲完啦"""

RUSSIAN = """Это всё.
это все
Ну вот и всё, спасибо.
У меня всё!
На этом всё, спасибо за внимание
Пожалуй, это всё
Это, пожалуй, всё.
я закончила
Больше мне нечего добавить
Мне больше нечего добавить.
Это всё, что я хотел сказать
Я пять лет пишу на Go. Всё.
Всё"""

KOREAN = """이상입니다
이상입니다.
제 소개는 이상입니다. 감사합니다.
백엔드를 개발했습니다 이상입니다
네 이상입니다
여기까지입니다
여기까지예요. 들어 주셔서 감사합니다
다 말씀드렸습니다
그게 전부입니다
자기소개를 마치겠습니다
끝입니다.
이상 입니다"""

ORDINARY = """that's all about Python
That's all I know about Python, and then I moved on
That's all we had, so I built the rest
that's not all
I'm not done
call me when I'm done
we did it and that's it for the backend but then
That's all? No, I also do Go
I have worked on all that
thank you
我还没说完
没说完了
说完了这个项目我再说下一个
等我说完了
我们做完了项目
这就是这些年的工作
谢谢
всё было хорошо
это всё про Python
я сделал всё
это не всё
мы переписали всё
спасибо
когда я закончил
경력은 5년 이상입니다
사용자는 백만 명 이상입니다.
기대 이상입니다
개발 경력은 5년 이상입니다. 감사합니다
프로젝트가 끝났습니다
여기까지 오는 데 3년이 걸렸습니다
이상한 문제였습니다
..."""


@pytest.mark.parametrize(
    "text", [*ENGLISH.splitlines(), *CHINESE.splitlines(), *RUSSIAN.splitlines(), *KOREAN.splitlines()]
)
def test_a_closing_phrase_at_the_end_closes(text: str) -> None:
    assert closes(text)


@pytest.mark.parametrize("text", ["", *ORDINARY.splitlines()])
def test_ordinary_words_do_not_close(text: str) -> None:
    assert not closes(text)


def test_a_long_introduction_closes_by_its_end() -> None:
    assert closes("I build compilers. " * 500 + "That's all.")
    assert not closes("That's all. " + "I build compilers. " * 500)
