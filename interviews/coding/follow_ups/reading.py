"""From a source text to what is worth asking about in it. `job` does it in a child that is killed at its limits."""

import json
from dataclasses import asdict

from interviews.coding.follow_ups import grammars, python_code, sql_code, text, tokens, written
from interviews.coding.follow_ups.outline import Outline
from interviews.coding.follow_ups.sights import Program, Sight, sights

MOST_CHARS = 32 * 1024  # a solution is a tenth of it; what follows is not looked at


def read(source: str, language: str, starter: str = "") -> tuple[Sight, ...]:
    """`language` is that of the task; "text" is a written case. Never raises for what the source holds."""
    source = source[:MOST_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    if language == "text":
        return written.sights(source, starter)
    blanked = text.code(source, language)
    own = text.own(source.split("\n"), blanked, starter)
    if language == "sql":
        return sql_code.sights(blanked, own)
    return sights(Program(_outline(source, blanked, language), blanked, tuple(sorted(own))))


def roughly(source: str, language: str, starter: str = "") -> tuple[Sight, ...]:
    """As `read`, by words alone and in a time that grows with the text: for what no parser came through."""
    source = source[: MOST_CHARS // 2]
    if language in {"text", "sql"}:
        return read(source, language, starter)
    blanked = text.code(source, language)
    own = text.own(source.split("\n"), blanked, starter)
    return sights(Program(tokens.outline(blanked), blanked, tuple(sorted(own))))


def job(data: bytes, language: str, starter: str) -> bytes:
    return json.dumps([asdict(one) for one in read(data.decode(errors="replace"), language, starter)]).encode()


def _outline(source: str, blanked: list[str], language: str) -> Outline:
    if language == "python":
        try:
            return python_code.outline(source)
        except python_code.NotPython:
            return tokens.outline(blanked)
    return grammars.outline(source, language) if language in grammars.GRAMMARS else tokens.outline(blanked)
