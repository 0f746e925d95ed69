"""How alike two programs are, whatever their names, comments and layout: winnowed fingerprints of their tokens.

Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document Fingerprinting (SIGMOD 2003). Every run of at
least `WINDOW + GRAM - 1` tokens that two programs share is found, and none shorter than `GRAM` tokens is.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

GRAM = 12  # tokens; about two lines of code, so that idioms of a line are not taken for a likeness
WINDOW = 6  # grams: a shared run of 17 tokens, about three lines, is always found
COMMON_FROM = 4  # so many other submissions are needed before what most of them share counts as nobody's

FAMILIES = {"typescript": "javascript", "cpp": "c"}
# Of all programming languages: a name that is a keyword elsewhere is one here too, which costs little.
WORDS = """
and as async await break case catch class const continue def default defer delete do done echo elif else elsif end
enum esac except export extends false fi final finally fn for foreach from func function global go goto if impl
implements import in instanceof interface is lambda let loop match mod module mut namespace new nil none not null
operator or package pass private protected pub public raise range return select self static struct super switch
template then this throw trait true try type typedef typeof undefined union unless until use using var void when
where while with yield
"""
SQL_WORDS = """
order by group having join left inner outer on distinct insert into values update set limit offset exists between
like count sum min max avg over partition
"""
KEYWORDS = frozenset(WORDS.split())
SQL_KEYWORDS = KEYWORDS.union(SQL_WORDS.split())
HASH_COMMENTS = r"\#[^\n]*"
SLASH_COMMENTS = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
# Each finds a text without end too: one that failed there would be looked at again from each of its quotes.
TRIPLE = r'"""(?:\\.?|[^\\])*?(?:"""|\Z)'  # documentation, mostly
COMMENTS = {
    "python": "|".join([HASH_COMMENTS, TRIPLE, TRIPLE.replace('"', "'")]),
    "ruby": HASH_COMMENTS,
    "bash": HASH_COMMENTS,
    "php": f"{HASH_COMMENTS}|{SLASH_COMMENTS}",
    "sql": r"--[^\n]*|/\*.*?(?:\*/|\Z)",
}
SINGLE = r'"(?:\\.|[^"\\\n])*"?'
STRINGS = "|".join([SINGLE, SINGLE.replace('"', "'"), "`[^`]*`?"])


def family(language: str) -> str:
    """Languages whose programs can be compared with each other; empty for prose."""
    return "" if language == "text" else FAMILIES.get(language, language)


def tokens(source: str, language: str) -> list[str]:
    """The program's tokens: a keyword or a sign as it is, every name `n`, number `0`, string `s`; no comments."""
    comments = COMMENTS.get(family(language), SLASH_COMMENTS)
    pattern = rf"(?P<comment>{comments})|(?P<string>{STRINGS})|(?P<number>\d[\w.]*)|(?P<name>[^\W\d]\w*)|\S"
    keywords = SQL_KEYWORDS if family(language) == "sql" else KEYWORDS
    found = re.finditer(pattern, source, re.DOTALL)
    return [_token(match, keywords) for match in found if match.lastgroup != "comment"]


def grams(source: str, language: str) -> list[int]:
    """The hash of every run of `GRAM` tokens, 64 bits each."""
    words = tokens(source, language)
    return [_hash(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)]


def winnow(hashes: Sequence[int]) -> set[int]:
    """The smallest hash of each window. A program shorter than a window has its smallest."""
    if len(hashes) <= WINDOW:
        return {min(hashes)} if hashes else set()
    return {min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1)}


def fingerprints(source: str, language: str, given: Iterable[str] = ()) -> frozenset[int]:
    """Of a program, without what the task itself gives to everybody (starter code)."""
    theirs = {gram for text in given for gram in grams(text, language)}
    return frozenset(winnow(grams(source, language)) - theirs)


def common(others: Sequence[frozenset[int]]) -> frozenset[int]:
    """Fingerprints that more than half of `others` have: the way everybody writes this task."""
    if len(others) < COMMON_FROM:
        return frozenset()
    counts = Counter(one for other in others for one in other)
    return frozenset(one for one, count in counts.items() if count > len(others) / 2)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller program that is in the other, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def packed(prints: Iterable[int]) -> bytes:
    """For the database: eight bytes each, in order."""
    ordered = sorted(prints)
    return struct.pack(f"<{len(ordered)}Q", *ordered)


def unpacked(raw: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{len(raw) // 8}Q", raw))


def _token(match: re.Match[str], keywords: frozenset[str]) -> str:
    match match.lastgroup:
        case "string":
            return "s"
        case "number":
            return "0"
        case "name":
            word = match.group().lower()
            return word if word in keywords else "n"
    return match.group()


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=8).digest(), "little")
