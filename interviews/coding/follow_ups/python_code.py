"""The outline of a Python program, by Python's own parser."""

import ast
from itertools import chain

from interviews.coding.follow_ups.outline import Outline, Span

CHANGEABLE = (ast.List, ast.Dict, ast.Set)
LARGEST = 10**12  # of a number worth a question; Python refuses to write out enormous ones
LIST_MAKERS = {"list", "sorted", "split"}


class NotPython(ValueError):
    """It does not parse, or is nested deeper than the parser goes."""


def outline(source: str) -> Outline:
    """Raises NotPython."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotPython from error
    found = Outline()
    nodes = list(ast.walk(tree))
    lists = set(chain.from_iterable(_lists(node) for node in nodes))
    for node in nodes:
        _take(node, found, lists)
    return found


def _take(node: ast.AST, found: Outline, lists: set[str]) -> None:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            _function(node, found)
        case ast.Call():
            _call(node, found)
        case ast.Compare():
            _membership(node, found, lists)
        case ast.Name(ctx=ast.Store()):
            found.variables.append(_span(node, node.id))
        case ast.Constant(value=int() | float() as value) if abs(value) < LARGEST and not isinstance(value, bool):
            found.numbers.append(_span(node, repr(value)))
        case ast.Global():
            found.shared += [_span(node, name) for name in node.names]
        case _:
            _take_block(node, found)


def _take_block(node: ast.AST, found: Outline) -> None:
    match node:
        case ast.For() | ast.AsyncFor() | ast.While():
            found.loops.append(_span(node))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            found.loops += [_span(node) for _generator in node.generators]
        case ast.ExceptHandler():
            found.handlers.append(_span(node, size=_does(node)))
        case ast.Assert():
            found.calls.append(_span(node, "assert"))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, found: Outline) -> None:
    arguments = node.args
    named = [one for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if one.arg != "self"]
    found.functions.append(_span(node, node.name, len(named)))
    if any(isinstance(one, CHANGEABLE) for one in (*arguments.defaults, *arguments.kw_defaults)):
        found.defaults.append(_span(node, node.name))


def _call(node: ast.Call, found: Outline) -> None:
    called = node.func
    if isinstance(called, ast.Attribute):
        found.calls.append(_span(node, called.attr))
        if called.attr in {"index", "count"} and isinstance(called.value, ast.Name):
            found.searches.append(_span(node, called.value.id))
    elif isinstance(called, ast.Name):
        found.calls.append(_span(node, called.id))


def _membership(node: ast.Compare, found: Outline, lists: set[str]) -> None:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, ast.Name) and right.id in lists:
            found.searches.append(_span(node, right.id))


def _lists(node: ast.AST) -> list[str]:
    """Names that are bound to a list here."""
    if not isinstance(node, ast.Assign):
        return []
    value = node.value
    called = value.func if isinstance(value, ast.Call) else None
    maker = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    if not isinstance(value, ast.List | ast.ListComp) and maker not in LIST_MAKERS:
        return []
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _does(handler: ast.ExceptHandler) -> int:
    """Statements that do something about the error."""
    return sum(not isinstance(one, ast.Pass | ast.Continue) for one in handler.body)


def _span(node: ast.AST, name: str = "", size: int = 0) -> Span:
    begin = (getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
    end = (getattr(node, "end_lineno", None) or begin[0], getattr(node, "end_col_offset", None) or begin[1])
    return Span(begin, end, name, size)
