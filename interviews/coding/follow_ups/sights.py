"""What is worth asking about in a program: an aim, a line, and perhaps a name or a number from that line."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from interviews.coding.follow_ups.outline import Outline, Span

LONG_FUNCTION = 30  # lines
MANY_PARAMETERS = 5
LEAST_SCRIPT = 12  # lines without a function that could have one
REPEATED = 3  # lines in a row
MOST = 40  # sights of one aim
MOST_SPANS = 300  # of a kind that are looked at: who has more of them is not solving a task
SORTS = {"sort", "sorted", "Sort", "sort_by", "sort!", "usort", "qsort", "Slice", "sort_unstable", "stable_sort"}
READERS = {
    *("int", "float", "loads", "parse", "parseInt", "parseFloat", "JSON", "Number", "Integer", "Float", "parseLong"),
    *("stoi", "stol", "atoi", "Atoi", "unwrap", "expect", "intval", "json_decode", "open"),
}
CONVERTERS = {"int", "float", "Number", "Integer", "Float", "parseInt", "parseFloat"}
CHECKS = {"assert", "expect", "equal", "strictEqual", "deepEqual", "deepStrictEqual", "assertEqual", "ok", "throws"}
VAGUE = {
    *("data", "tmp", "temp", "res", "ret", "val", "foo", "bar", "baz", "arr", "obj", "lst", "stuff", "thing", "info"),
    *("flag", "aux", "buf", "mylist", "my_list", "new_list", "newarr", "result2", "tmp2", "dict1", "list1", "var1"),
}
LETTERS_IN_USE = set("ijknmrcxyzefst_")
PLAIN_NUMBERS = {"0", "1", "2", "3", "4", "5", "8", "10", "100", "1000", "0.0", "1.0", "0.5", "2.0"}
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
CONSTANT = re.compile(
    r"^\s*(?:#define|(?:\w+\s+){0,5}[A-Z][A-Z_\d]{2,}\s*(?::\s*\w+\s*)?=)|\b(?:const|final|constexpr)\b"
)
RETURNED = re.compile(r"\b(?:err|error|errno|Err|Result)\b")
CONTAINER = re.compile(
    r"(?:^|[\s(])\$?([A-Za-z_]\w*)\s*(?::[^=\n]{1,60})?:?=\s*(?:new\s+|std::|collections\.)?(?:dict|set|deque|defaultdict|Counter"
    r"|OrderedDict|Map|Set|HashMap|HashSet|TreeMap|ArrayDeque|PriorityQueue|map\[|make\(map|BTreeMap|\{\}|Hash\.new|Set\.new)"
)


class Aim(StrEnum):
    NESTED_LOOP = "nested_loop"
    RECURSION = "recursion"
    SEARCH = "search"
    SORT = "sort"
    LOOP = "loop"
    LONG_FUNCTION = "long_function"
    DUPLICATE = "duplicate"
    VAGUE_NAME = "vague_name"
    NO_FUNCTIONS = "no_functions"
    SHARED = "shared"
    MANY_PARAMETERS = "many_parameters"
    MUTABLE_DEFAULT = "mutable_default"
    CONTAINER = "container"
    HELPER = "helper"
    UNGUARDED = "unguarded"
    SWALLOW = "swallow"
    MAGIC = "magic"
    CHECK = "check"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Sight:
    """`number`: of loops in each other, lines, parameters, or the other line."""

    aim: str
    line: int
    name: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """`blanked` lines have no strings and comments; `own` are the numbers of those that were not given."""

    outline: Outline
    blanked: list[str]
    own: tuple[int, ...]

    def owns(self, span: Span) -> bool:
        """Whether any line of it is the candidate's."""
        at = bisect_left(self.own, span.begin[0])
        return at < len(self.own) and self.own[at] <= span.end[0]


def sights(program: Program) -> tuple[Sight, ...]:
    """In the order of their lines, aim by aim."""
    found: list[Sight] = []
    for look in LOOKS:
        some = sorted(set(look(program)), key=lambda one: (one.line, one.aim, one.name, one.number))
        found += some[:MOST]
    return tuple(found)


def _loops(program: Program) -> Iterator[Sight]:
    """Each outermost loop, with how many loops deep it goes."""
    outermost: dict[Span, int] = {}
    around: list[Span] = []
    for loop in sorted(program.outline.loops, key=lambda one: (one.begin, (-one.end[0], -one.end[1]))):
        while around and not around[-1].holds(loop):
            around.pop()
        around.append(loop)
        outermost[around[0]] = max(outermost.get(around[0], 0), len(around))
    for loop, depth in list(outermost.items())[:MOST_SPANS]:
        if program.owns(loop):
            aim = Aim.NESTED_LOOP if depth > 1 else Aim.LOOP
            yield Sight(aim, loop.line, _function_around(program, loop), depth)


def _function_around(program: Program, span: Span) -> str:
    around = [one for one in program.outline.functions[:MOST_SPANS] if one.holds(span)]
    return max(around, key=lambda one: one.begin).name if around else ""


def _recursion(program: Program) -> Iterator[Sight]:
    called = defaultdict(list)
    for call in program.outline.calls:
        called[call.name].append(call)
    for function in program.outline.functions[:MOST_SPANS]:
        inside = (function.holds(call) for call in called[function.name][:MOST_SPANS])
        if function.name and program.owns(function) and any(inside):
            yield Sight(Aim.RECURSION, function.line, function.name)


def _searches(program: Program) -> Iterator[Sight]:
    """In a loop: once for each of its rounds."""
    for search in program.outline.searches[:MOST_SPANS]:
        if _own_line(program, search) and any(loop.holds(search) for loop in program.outline.loops[:MOST_SPANS]):
            yield Sight(Aim.SEARCH, search.line, search.name)


def _calls(aim: Aim, names: set[str]) -> Callable[[Program], Iterator[Sight]]:
    def look(program: Program) -> Iterator[Sight]:
        for call in program.outline.calls:
            if call.name in names and _own_line(program, call):
                yield Sight(aim, call.line, call.name)

    return look


def _unguarded(program: Program) -> Iterator[Sight]:
    """Reading what may be anything, in a program that handles no error, be it caught or returned."""
    returned = any(RETURNED.search(line[:200]) for line in program.blanked)
    if not program.outline.handlers and not returned:
        yield from (one for one in _calls(Aim.UNGUARDED, READERS)(program) if not _of_nothing(program, one))


def _of_nothing(program: Program, sight: Sight) -> bool:
    """`float("inf")`: a text that stands there is no reading."""
    line = program.blanked[sight.line - 1][:200]
    return sight.name in CONVERTERS and re.search(rf"\b{sight.name}\(\s*\)", line) is not None


def _functions(program: Program) -> Iterator[Sight]:
    functions = [one for one in program.outline.functions if program.owns(one)]
    for one in functions:
        if one.lines >= LONG_FUNCTION:
            yield Sight(Aim.LONG_FUNCTION, one.line, one.name, one.lines)
        if one.size >= MANY_PARAMETERS:
            yield Sight(Aim.MANY_PARAMETERS, one.line, one.name, one.size)
        if one.line in program.own and one.name not in {"main", "solve", "__init__"}:
            yield Sight(Aim.HELPER, one.line, one.name, one.lines)
    if not program.outline.functions and len(program.own) >= LEAST_SCRIPT:
        yield Sight(Aim.NO_FUNCTIONS, program.own[0], number=len(program.own))


def _defaults(program: Program) -> Iterator[Sight]:
    return (Sight(Aim.MUTABLE_DEFAULT, one.line, one.name) for one in _own(program, program.outline.defaults))


def _names(program: Program) -> Iterator[Sight]:
    for one in _own(program, program.outline.variables):
        letter = len(one.name) == 1 and one.name.isalpha() and one.name not in LETTERS_IN_USE
        if letter or one.name.casefold() in VAGUE:
            yield Sight(Aim.VAGUE_NAME, one.line, one.name)


def _shared(program: Program) -> Iterator[Sight]:
    """Only beside functions: alone, everything is as good as local."""
    if program.outline.functions:
        yield from (Sight(Aim.SHARED, one.line, one.name) for one in _own(program, program.outline.shared))


def _swallowed(program: Program) -> Iterator[Sight]:
    return (Sight(Aim.SWALLOW, one.line) for one in program.outline.handlers if not one.size and program.owns(one))


def _numbers(program: Program) -> Iterator[Sight]:
    for one in _own(program, program.outline.numbers):
        plain = one.name.replace("_", "")
        if plain not in PLAIN_NUMBERS and NUMBER.fullmatch(plain) and not _is_constant(program, one):
            yield Sight(Aim.MAGIC, one.line, plain)


def _is_constant(program: Program, number: Span) -> bool:
    return CONSTANT.search(program.blanked[number.line - 1][:200]) is not None


def _containers(program: Program) -> Iterator[Sight]:
    for number in program.own:
        if found := CONTAINER.search(program.blanked[number - 1][:400]):
            yield Sight(Aim.CONTAINER, number, found[1])


def _duplicates(program: Program) -> Iterator[Sight]:
    """The first place of lines that come again, with the second's line."""
    lines = [(number, program.blanked[number - 1].strip()) for number in program.own]
    first: dict[tuple[str, ...], int] = {}
    for at in range(len(lines) - REPEATED + 1):
        block = tuple(text for _number, text in lines[at : at + REPEATED])
        begins = first.setdefault(block, lines[at][0])
        if lines[at][0] - begins >= REPEATED and sum(map(len, block)) >= 40:
            yield Sight(Aim.DUPLICATE, begins, number=lines[at][0])
            return


def _changes(program: Program) -> Iterator[Sight]:
    """The first line of each place that differs from what was given."""
    before = -1
    for number in program.own:
        if number > before + 1:
            yield Sight(Aim.CHANGED, number)
        before = number


def _own(program: Program, spans: Iterable[Span]) -> Iterator[Span]:
    return (span for span in spans if _own_line(program, span))


def _own_line(program: Program, span: Span) -> bool:
    at = bisect_left(program.own, span.line)
    return at < len(program.own) and program.own[at] == span.line


LOOKS: tuple[Callable[[Program], Iterable[Sight]], ...] = (
    _loops,
    _recursion,
    _searches,
    _calls(Aim.SORT, SORTS),
    _functions,
    _duplicates,
    _names,
    _shared,
    _defaults,
    _containers,
    _unguarded,
    _swallowed,
    _numbers,
    _calls(Aim.CHECK, CHECKS),
    _changes,
)
