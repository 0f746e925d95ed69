"""What is worth asking about in a query: where it needs an index, what it joins, how often it asks again."""

import re
from collections.abc import Iterator, Set
from enum import StrEnum

from interviews.coding.follow_ups.sights import MOST, Sight

NAME = r'"?(?:[A-Za-z_]\w*\.)?([A-Za-z_]\w*)"?'


class Aim(StrEnum):
    JOIN = "sql_join"
    OUTER = "sql_outer"
    CONDITION = "sql_condition"
    SUBQUERY = "sql_subquery"
    GROUP = "sql_group"
    ORDER = "sql_order"
    DISTINCT = "sql_distinct"
    STAR = "sql_star"
    WINDOW = "sql_window"


PATTERNS: tuple[tuple[Aim, re.Pattern[str]], ...] = tuple(
    (aim, re.compile(pattern, re.IGNORECASE))
    for aim, pattern in (
        (Aim.OUTER, rf"\b(?:left|right|full)\s+(?:outer\s+)?join\s+{NAME}"),
        (Aim.JOIN, rf"(?<!left )(?<!right )(?<!full )(?<!outer )\bjoin\s+{NAME}"),
        (Aim.CONDITION, rf"\b(?:where|and|or|having)\s+{NAME}\s*(?:=|<|>|!|like\b|in\b|between\b|is\b)"),
        (Aim.SUBQUERY, r"\(\s*select\b()"),
        (Aim.GROUP, rf"\bgroup\s+by\s+{NAME}"),
        (Aim.ORDER, rf"\border\s+by\s+{NAME}"),
        (Aim.DISTINCT, r"\bdistinct\b()"),
        (Aim.STAR, r"\bselect\s+\*()"),
        (Aim.WINDOW, r"\bover\s*\(()"),
    )
)


def sights(blanked: list[str], own: Set[int]) -> tuple[Sight, ...]:
    """Aim by aim, in the order of their lines."""
    return tuple(one for aim, pattern in PATTERNS for one in list(_found(aim, pattern, blanked, own))[:MOST])


def _found(aim: Aim, pattern: re.Pattern[str], blanked: list[str], own: Set[int]) -> Iterator[Sight]:
    for number, line in enumerate(blanked, 1):
        found = pattern.search(line[:400]) if number in own else None
        if found:
            yield Sight(aim, number, found[1])
