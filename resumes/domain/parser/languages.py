"""The language a text is written in, by its scripts."""

import re

SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh-hans": re.compile("[\u4e00-\u9fff]"),
    "en": re.compile("[A-Za-z]"),
}
#: A Chinese or Korean syllable says as much as about three letters, and technical terms are English everywhere.
WEIGHTS = {"ko": 4.0, "ru": 2.0, "zh-hans": 4.0, "en": 1.0}


def detect(text: str) -> str:
    """One of en, zh-hans, ru, ko; `en` for a text without letters."""
    scores = {language: len(script.findall(text)) * WEIGHTS[language] for language, script in SCRIPTS.items()}
    return max(scores, key=lambda language: scores[language]) if any(scores.values()) else "en"
