"""A program as lines: what is code in them, and what of it the candidate wrote."""

import re
from functools import cache

HASH = {"python", "ruby", "bash", "php"}
SLASHES = {"javascript", "typescript", "java", "c", "cpp", "go", "rust", "php"}
# Each part matches without its end as well: to look for one that never comes, from every begin, takes for ever.
DOUBLE = r'"""(?s:.*?)(?:"""|\Z)|"(?:[^"\\\n]|\\(?s:.))*"?'
SINGLE = r"'''(?s:.*?)(?:'''|\Z)|'(?:[^'\\\n]|\\(?s:.))*'?|`[^`]*`?"
CHARACTER = r"'(?:[^'\\\n]|\\[^\n]{1,8})'"  # Rust's lifetimes begin with a quote as well
BLANKED = re.compile(r"[^\n]")
TRIVIAL = 3  # characters: a bracket, an "end" that starter code has as well


def code(source: str, language: str) -> list[str]:
    """The lines with every string and comment made blank, so that no word in them is taken for code."""
    return _masks(language).sub(lambda found: BLANKED.sub(" ", found[0]), source).split("\n")


def own(lines: list[str], blanked: list[str], starter: str) -> frozenset[int]:
    """Numbers, from 1, of the lines of code that were not given."""
    given = {line.strip() for line in starter.split("\n")}
    pairs = enumerate(zip(lines, blanked, strict=True), 1)
    return frozenset(
        number for number, (line, plain) in pairs if len(plain.strip()) > TRIVIAL and line.strip() not in given
    )


@cache
def _masks(language: str) -> re.Pattern[str]:
    parts = [DOUBLE, CHARACTER if language == "rust" else SINGLE]
    if language in HASH:
        parts.append(r"#[^\n]*")
    if language in SLASHES:
        parts.append(r"//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)")
    if language == "sql":
        parts.append(r"--[^\n]*|/\*(?s:.*?)(?:\*/|\Z)")
    return re.compile("|".join(parts))
