"""The outline of a program in the languages that tree-sitter reads, by a query for each in `queries/`.

A capture's name is that of a list in `Outline`, in the singular. A capture named `name` or `parameters` belongs to its
match; one that begins with an underscore is the query's own.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from tree_sitter import Language, Node, Parser, Query, QueryCursor

from interviews.coding.follow_ups.outline import Outline, Span

FOLDER = Path(__file__).parent / "queries"
# Module and function of the grammar, and the queries that hold for it.
GRAMMARS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "javascript": ("tree_sitter_javascript", "language", ("javascript",)),
    "typescript": ("tree_sitter_typescript", "language_typescript", ("javascript",)),
    "java": ("tree_sitter_java", "language", ("java",)),
    "c": ("tree_sitter_c", "language", ("c",)),
    "cpp": ("tree_sitter_cpp", "language", ("c", "cpp")),
    "go": ("tree_sitter_go", "language", ("go",)),
    "rust": ("tree_sitter_rust", "language", ("rust",)),
    "ruby": ("tree_sitter_ruby", "language", ("ruby",)),
    "php": ("tree_sitter_php", "language_php", ("php",)),
    "bash": ("tree_sitter_bash", "language", ("bash",)),
}
NAMED = {"called": "calls", "searched": "searches", "variable": "variables", "number": "numbers", "shared": "shared"}
MOST_MATCHES = 20_000
LONGEST = 60  # characters of a name


def outline(source: str, language: str) -> Outline:
    """Also of a program that does not parse: what tree-sitter makes of it. Raises KeyError for another language."""
    grammar, query = _grammar(language)
    tree = Parser(grammar).parse(source.encode(errors="replace"))
    cursor, found = QueryCursor(query, match_limit=MOST_MATCHES), Outline()
    for _pattern, captured in cursor.matches(tree.root_node):
        _take(captured, found)
    return found


@cache
def _grammar(language: str) -> tuple[Language, Query]:
    module, function, names = GRAMMARS[language]
    pointer: Callable[[], object] = getattr(import_module(module), function)
    grammar = Language(pointer())
    text = "\n".join((FOLDER / f"{name}.scm").read_text(encoding="utf-8") for name in names)
    return grammar, Query(grammar, text)


def _take(captured: dict[str, list[Node]], found: Outline) -> None:
    for function in captured.get("function", ()):
        size = sum(one.named_child_count for one in captured.get("parameters", ()))
        found.functions.append(_span(function, _text(next(iter(captured.get("name", ())), None)), size))
    found.loops += [_span(one) for one in captured.get("loop", ())]
    found.handlers += [_span(one, size=_statements(one)) for one in captured.get("handler", ())]
    for capture, field in NAMED.items():
        getattr(found, field).extend(_named(captured.get(capture, [])))


def _named(nodes: list[Node]) -> Iterator[Span]:
    for node in nodes:
        yield _span(node, _text(node))


def _statements(handler: Node) -> int:
    """Of a handler's body; a comment is none."""
    body = handler.child_by_field_name("body")
    return 0 if body is None else sum(not one.is_extra for one in body.named_children)


def _text(node: Node | None) -> str:
    text = (node.text or b"") if node is not None else b""
    return text[: LONGEST * 4].decode(errors="replace").lstrip("$@")[:LONGEST]


def _span(node: Node, name: str = "", size: int = 0) -> Span:
    begin, end = node.start_point, node.end_point
    return Span((begin.row + 1, begin.column), (end.row + 1, end.column), name, size)
