"""Texts that the protocol fixes in Chinese, whole, as clients compare them."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from interviews.domain import lines
from interviews.engine.effects import Line
from proctoring.domain import texts as signals

EXACT = {
    "WebRTC connection established": "WebRTC连接已建立",
    "Video stream created": "视频流创建成功",
    "Interview created": "面试创建成功",
    "Please introduce yourself.": "请开始自我介绍吧",
    "Thank you for the introduction. Now to the questions.": "自我介绍结束，下面开始问问题。",
    "That was the last question. Now to the coding task.": "问答环节结束，下面进入代码题环节。",
    "More than one person is in view, which may be cheating.": "检测到多个人，疑似作弊！",
}


@pytest.mark.parametrize(("english", "chinese"), EXACT.items())
def test_exact_chinese(english: str, chinese: str) -> None:
    with translation.override("zh-hans"):
        assert gettext(english) == chinese


def test_they_are_what_the_code_says() -> None:
    assert lines.text(Line.INTRO_PROMPT, "zh-hans") == EXACT["Please introduce yourself."]
    assert lines.text(Line.INTRO_OVER, "zh-hans") == EXACT["Thank you for the introduction. Now to the questions."]
    assert lines.text(Line.QUESTIONS_OVER, "zh-hans") == EXACT["That was the last question. Now to the coding task."]
    assert signals.text("multiple_faces", "zh-hans") == "检测到多个人，疑似作弊！"
