"""The interview's words in its own language; in Chinese some of them are exact."""

from collections.abc import Callable

import pytest
from django.utils import translation

from interviews.models import Interview
from resumes.models import Resume
from tests.interviews.live.world import Caller

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]

EXACT = {
    "stream": "视频流创建成功",
    "intro/prompt": "请开始自我介绍吧",
    "question/notice": "自我介绍结束，下面开始问问题。",
    "code/notice": "问答环节结束，下面进入代码题环节。",
}


def compiled() -> bool:
    with translation.override("zh-hans"):
        return translation.gettext("Video stream created") != "Video stream created"


async def test_in_chinese_the_strings_of_the_protocol_are_exact(
    call: Call, interview: Interview, resume: Resume
) -> None:
    if not compiled():
        pytest.skip("the translations are not compiled: run `make build`")
    caller = call()
    created = await caller.begin(interview, resume, language="zh-CN", input="text")
    await caller.prompt()
    caller.send("text_answer", text="我是爱丽丝。说完了")
    question = await caller.next("interview_message", kind="question")
    for number in range(1, question["question_count"] + 1):
        caller.send("text_answer", text="答案")
        await caller.next("interview_message", question_number=number + (number < question["question_count"]))
    await caller.next("interview_message", kind="task")
    said = {
        f"{message['phase']}/{message['kind']}": message["text"]
        for message in caller.of("interview_message")
        if message["kind"] in ("prompt", "notice")
    }
    assert {"stream": created["text"], **said} == EXACT


@pytest.mark.parametrize(
    ("language", "closing"), [("en", "That's all."), ("zh", "说完了"), ("ru-RU", "Это всё"), ("ko", "이상입니다")]
)
async def test_a_closing_phrase_ends_the_introduction_in_four_languages(
    call: Call, interview: Interview, resume: Resume, language: str, closing: str
) -> None:
    caller = call()
    await caller.begin(interview, resume, language=language, input="text")
    await caller.prompt()
    caller.send("text_answer", text=closing)
    await caller.next("interview_message", kind="question")
