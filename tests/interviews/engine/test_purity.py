"""The engine imports the standard library only, knows no clock and no loop, and changes nothing in place."""

import ast
import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

import interviews.engine as engine

FOLDER = Path(engine.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
FORBIDDEN = {"asyncio", "time", "datetime", "random", "secrets", "uuid", "threading", "os", "logging", "socket"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_standard_library_and_itself(path: Path) -> None:
    others = {name for name in imported(path) if not name.startswith("interviews.engine")}
    roots = {name.split(".")[0] for name in others}
    assert roots <= sys.stdlib_module_names
    assert not roots & FORBIDDEN


def test_importing_it_brings_no_framework() -> None:
    """Not even through the packages above it."""
    code = "import sys, interviews.engine; print([m for m in ('django', 'channels', 'asyncio') if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parents[1]
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(engine).values() if dataclasses.is_dataclass(kind)], ids=lambda kind: kind.__name__
)
def test_every_value_is_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_everything_exported_exists() -> None:
    assert sorted(engine.__all__, key=str.lower) == sorted(set(engine.__all__), key=str.lower)
    assert all(hasattr(engine, name) for name in engine.__all__)
