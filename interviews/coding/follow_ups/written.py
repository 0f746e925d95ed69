"""What is worth asking about in a written case: what it takes for granted, measures and fears, by the words for it."""

import re
from collections.abc import Iterator
from enum import StrEnum

from interviews.coding.follow_ups.sights import MOST, Sight

LEAST = 12  # characters of a line that says something


class Aim(StrEnum):
    ASSUMPTION = "case_assumption"
    METRIC = "case_metric"
    FIGURE = "case_figure"
    RISK = "case_risk"
    USERS = "case_users"
    TRIAL = "case_trial"


# What is found is quoted, since the editor of a text shows no numbers of lines: so much of a word and no more.
WORDS: dict[Aim, tuple[str, str]] = {
    Aim.ASSUMPTION: (
        r"\b(?:(?:assum|suppos|presumabl|hypothes|предпол|допущени|гипотез)\w{0,8}\b|допустим|скорее всего)",
        "假设|假定|设想|推测|가정|추정|가설|아마",
    ),
    Aim.METRIC: (
        r"\b(conversion|retention|revenue|churn|engagement|activation|adoption|конверси[яюи]|удержани[ея]|выручк[аи]|отток|вовлечённость|прибыль|активаци[яи])\b",
        "(转化率|留存率|收入|流失率|满意度|活跃度|点击率|利润|전환율|유지율|매출|이탈률|만족도|참여도|클릭률)",
    ),
    Aim.RISK: (
        r"\b(?:risk\w{0,8}\b|danger\w{0,8}\b|downside\w{0,8}\b|trade-?off\w{0,8}\b|риск\w{0,8}\b|опасн\w{0,8}\b|недостат\w{0,8}\b|угроз\w{0,8}\b)",
        "风险|隐患|缺点|代价|위험|리스크|단점|부작용",
    ),
    Aim.USERS: (
        r"\b(?:users?|customers?|clients?|buyers?|пользовател\w{0,8}\b|клиент\w{0,8}\b|покупател\w{0,8}\b)\b",
        "用户|客户|顾客|사용자|고객|이용자",
    ),
    Aim.TRIAL: (
        r"\b(?:experiment\w{0,8}\b|a/b|pilot\w{0,8}\b|prototype\w{0,8}\b|эксперимент\w{0,8}\b|пилот\w{0,8}\b|прототип\w{0,8}\b)",
        "实验|试点|原型|灰度|실험|시범|프로토타입|파일럿",
    ),
}
FIGURE = re.compile(r"(?<![\w.])(\d{1,6}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|процент|퍼센트)")
PATTERNS = {aim: re.compile("|".join(pair), re.IGNORECASE) for aim, pair in WORDS.items()}


def sights(source: str, starter: str = "") -> tuple[Sight, ...]:
    """Aim by aim, in the order of their lines; headings and hints that were given are not the candidate's."""
    given = {line.strip() for line in starter.split("\n")}
    lines = [(n, line) for n, line in enumerate(source.split("\n"), 1) if _is_own(line, given)]
    found = [one for aim, pattern in PATTERNS.items() for one in list(_found(aim, pattern, lines))[:MOST]]
    return (*found, *list(_figures(lines))[:MOST])


def _is_own(line: str, given: set[str]) -> bool:
    return len(line.strip()) >= LEAST and line.strip() not in given


def _found(aim: Aim, pattern: re.Pattern[str], lines: list[tuple[int, str]]) -> Iterator[Sight]:
    for number, line in lines:
        if found := pattern.search(line):
            yield Sight(aim, number, found[0])


def _figures(lines: list[tuple[int, str]]) -> Iterator[Sight]:
    for number, line in lines:
        if found := FIGURE.search(line):
            yield Sight(Aim.FIGURE, number, found[1])
