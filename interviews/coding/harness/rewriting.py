"""The same Python module in other words: who compares it with what is shown of it finds it different, right or wrong.

Names of local variables are others, and statements that do nothing stand between the others. What a module does, and
every name that its users can know, stay as they are.
"""

import ast
import builtins
import secrets
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
LOOKS_AT_LOCALS = {"locals", "vars", "eval", "exec", "dir", "super"}
MOST_IDLE = 3  # statements that do nothing, before each other one


def rewritten(module: str) -> str:
    """Another text each time. A module that cannot be parsed stays as it is."""
    try:
        tree = ast.parse(module)
    except (SyntaxError, ValueError, RecursionError):
        return module
    outer = _module_names(tree)
    for function in _outermost(tree):
        _rename(function, outer)
        _pad(function)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _outermost(tree: ast.Module | ast.ClassDef) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _outermost(node)
        elif isinstance(node, Function):
            yield node


def _module_names(tree: ast.Module) -> set[str]:
    """Of everything outside of functions, and of some more: one name too many is only left as it is."""
    inside = {id(node) for function in _outermost(tree) for node in ast.walk(function)}
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in inside}
    return found | _bound_by_words(tree) | set(dir(builtins))


def _bound_by_words(tree: ast.AST) -> set[str]:
    """Names that stand in the tree as mere words: those of arguments, functions, imports, errors, patterns."""
    fields = ("arg", "name", "asname", "rest", "names")
    values = (getattr(node, field, None) for node in ast.walk(tree) for field in fields)
    listed = (value if isinstance(value, list) else [value] for value in values)
    return {word.partition(".")[0] for words in listed for word in words if isinstance(word, str)}


def _rename(function: Function, outer: set[str]) -> None:
    inside = list(ast.walk(function))
    names = [node for node in inside if isinstance(node, ast.Name)]
    if any(isinstance(node, ast.ClassDef) for node in inside) or any(node.id in LOOKS_AT_LOCALS for node in names):
        return
    stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    others = {name: f"_{secrets.token_hex(4)}" for name in stored - outer}
    for node in names:
        node.id = others.get(node.id, node.id)


def _pad(function: Function) -> None:
    described = ast.get_docstring(function, clean=False) is not None
    body = function.body[:1] if described else []
    for statement in function.body[described:]:
        body += [_idle() for _ in range(secrets.randbelow(MOST_IDLE + 1))]
        body.append(statement)
    function.body = [*body[:described], _idle(), *body[described:]]


def _idle() -> ast.stmt:
    name, value = f"_{secrets.token_hex(4)}", secrets.randbelow(2**31)
    return ast.Assign([ast.Name(name, ast.Store())], ast.Constant(value))
