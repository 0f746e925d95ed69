"""What an interviewer never says, whoever wrote it: checked of every word of a model before it is heard.

A refusal costs little, because the offline interviewer then speaks instead; so the lists are short and strict.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from interviews.domain.interviewer import prompts
from interviews.domain.interviewer.brief import Brief

MOST_CHARS = 500
LEAST_CHARS = 8
TELLING_LETTERS = 20  # from here on the language shows
OWN_SHARE = 0.3  # of letters in the interview's own script; names of technologies are Latin everywhere
SHINGLE = 6  # words in a row that are nobody's but the rules'
AS_BEFORE = 25  # characters
MARKUP = re.compile(
    r"https?://|www\.|```|\*\*|[{}<>|`]|[\x00-\x1f\x7f\ud800-\udfff]|^\s*[-*#•]\s", re.IGNORECASE | re.MULTILINE
)
SCRIPTS = {
    "en": re.compile(r"[a-z]", re.IGNORECASE),
    "zh-hans": re.compile(r"[\u3400-\u9fff]"),
    "ru": re.compile(r"[а-яё]", re.IGNORECASE),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}
# Scores and verdicts, talk of rules and of being a machine: in every language, whichever the interview has.
NEVER = (
    r"\b\d+(?:\.\d+)?\s*(?:/|out of|из|분의)\s*(?:5|10|100)\b",
    r"\b\d+\s*(?:points|балл\w*)\b|\d+\s*(?:分(?![钟之布区片支])|점(?![검심]))",
    r"\b(?:your|final|full|perfect|the|a) (?:score|grade|rating|mark)\b|\bscored?\b|\bgraded?\b|top marks",
    r"you(?:'re| are|’re) (?:hired|rejected|accepted)|\byou got the job|we will hire you",
    r"\byou(?: have|'ve)? (?:passed|failed)(?:[.!]|(?: the| this| your)? (?:interview|test)\b)",
    r"congratulations|恭喜|поздравля|축하|hire recommendation|strongly recommend|system prompt|as an ai|language model",
    r"(?:my|these|the|hidden|secret) (?:instructions|rules are)",
    r"打分|评分|得分|满分|录用|录取|淘汰|通过了?面试|系统提示|我的指令|我的规则|语言模型|内部规则",
    r"оценк[ауи] (?:вам|вашего|кандидата|—|:)|\bставлю\b|оцениваю вас|высший балл|вы приняты|вы (?:не )?прошли",
    r"вам отказано|системн\w+ (?:промпт|инструкц|подсказ)|мои (?:инструкции|правила)|языков\w+ модел",
    r"점수|만점|채점|합격|채용하|시스템 프롬프트|내 지침|제 지침|내부 규칙|언어 모델",
)
FORBIDDEN = re.compile("|".join(NEVER), re.IGNORECASE)
LEAST_PRIVATE = 8  # characters; what is shorter anybody might say


@dataclass(frozen=True, slots=True)
class Check:
    """Of one reply. `private` may not occur in it: marks, keys, what a good answer mentions; nor our rules.

    `rules` are further ones, as shingles.
    """

    language: str
    private: tuple[str, ...]
    before: tuple[str, ...]
    rules: frozenset[str] = frozenset()

    def problem(self, text: str) -> str:
        """Why `text`, the whole or its beginning, may not be said; empty where it may."""
        said = plain(text)
        if len(text) > MOST_CHARS:
            return "too long"
        if MARKUP.search(text):
            return "markup"
        if FORBIDDEN.search(said):
            return "a score, a verdict or the rules"
        if any(one in said for one in self.private) or shingles(said) & (_rules() | self.rules):
            return "something private"
        if len(said) >= AS_BEFORE and any(one.startswith(said) for one in self.before):
            return "asked before"
        return "" if _in_language(text, self.language) else "another language"

    def whole(self, text: str) -> str:
        """As `problem`, of a reply that is complete."""
        return self.problem(text) or ("too short" if len(text) < LEAST_CHARS else "")


def check_of(brief: Brief, mark: str) -> Check:
    questions = list(brief.every_question())
    points = [point.point for question in questions if not question.own for point in question.expected]
    private = (mark, *(question.key for question in questions), *points)
    return Check(
        brief.language,
        tuple(plain(one) for one in private if len(one) >= LEAST_PRIVATE),
        tuple(plain(one.prompt) for one in brief.exchanges if one.number),
    )


def plain(text: str) -> str:
    """As texts are compared: one kind of letter and of space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def shingles(plain_text: str) -> frozenset[str]:
    """Each run of words that is long enough to be nobody else's."""
    words = re.findall(r"\w+", plain_text)
    return frozenset(" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def _in_language(text: str, language: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    foreign = [one for name, script in SCRIPTS.items() if name not in {language, "en"} for one in script.findall(text)]
    if foreign:
        return False
    return len(letters) < TELLING_LETTERS or len(SCRIPTS[language].findall(text)) >= OWN_SHARE * len(letters)


@cache
def _rules() -> frozenset[str]:
    return shingles(plain(" ".join((prompts.RULES, *prompts.MOVES.values()))))
