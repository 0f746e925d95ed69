"""What a voice is given to say."""

import pytest

from providers.tts.text import speakable


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Tell me about yourself.", "Tell me about yourself."),
        ("  two\n\nlines\t ", "two lines"),
        ("**Bold** and `code` and _this_", "Bold and code and this"),
        ("# A heading", "A heading"),
        ("C++, C# and node.js", "C++, C# and node.js"),
        ("What does max_depth hold?", "What does max depth hold?"),
        ("maxDepth, byUserId2 and HTTP_CODES", "max Depth, by User Id2 and HTTP CODES"),
        ("第 3 行的 total_count是什么", "第 3 行的 total count是什么"),
        ("JavaScript, iPhone, PostgreSQL and OpenAI", "JavaScript, iPhone, PostgreSQL and OpenAI"),
        ("__init__ and _helper", "init and helper"),
        ("see [the docs](https://example.com/x)", "see the docs"),
        ("on https://example.com/a/, please", "on example.com/a, please"),
        ("well done 🎉👍!", "well done !"),
        ("请开始自我介绍吧", "请开始自我介绍吧"),
        ("Что такое индекс?", "Что такое индекс?"),
        ("자기소개를 해 주세요", "자기소개를 해 주세요"),
        ("zero\u200bwidth\x00", "zero width"),
        ("2 < 3 * 4", "2 < 3 * 4"),
        ("- first\n- *second*\n> quoted", "first second quoted"),
        ("…?! --", ""),
        ("", ""),
    ],
)
def test_speakable(text, spoken):
    assert speakable(text) == spoken
