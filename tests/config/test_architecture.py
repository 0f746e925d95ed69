"""House rules that no linter knows."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("config", "accounts", "resumes", "vacancies", "interviews", "proctoring", "reports", "providers", "bench")
CODE = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
IMPURE = {"asyncio", "concurrent", "datetime", "random", "secrets", "socket", "subprocess", "threading", "time"}


def functions() -> Iterator[tuple[str, int]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_short() -> None:
    lines = dict(functions())
    assert {name: count for name, count in lines.items() if count > 60} == {}
    assert statistics.median(lines.values()) <= 8
    assert statistics.quantiles(lines.values(), n=10)[-1] <= 30


def test_modules_are_short() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in CODE}
    assert {name: count for name, count in lines.items() if count >= 400} == {}


def test_the_engine_imports_the_standard_library_only_and_no_clock() -> None:
    allowed = (set(sys.stdlib_module_names) - IMPURE) | {"interviews"}
    found = {
        (path.name, name.split(".")[0])
        for path in (ROOT / "interviews" / "engine").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in imported(node)
        if name.split(".")[0] not in allowed or (name.startswith("interviews") and "engine" not in name)
    }
    assert found == set()


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def example_names() -> list[str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    names = [line.removeprefix("# ").split("=")[0] for line in lines if "=" in line and line.startswith("# ")]
    return [name for name in names if name.isupper()]


def test_the_example_environment_names_only_what_is_read() -> None:
    source = (ROOT / "config" / "settings.py").read_text() + (ROOT / "config" / "env.py").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    names = example_names()
    assert len(names) > 30
    assert [name for name in names if f'"{name}"' not in source and name not in compose] == []


def test_what_stands_in_env_reaches_the_containers() -> None:
    """All but what compose settles itself."""
    compose = (ROOT / "docker-compose.yml").read_text()
    missing = {name for name in example_names() if not re.search(rf"\b{name}\b", compose)}
    assert missing <= {"DEBUG", "HOST", "PORT", "DATA_DIR", "MODEL_CACHE_DIR"}


def test_the_api_description_can_be_made(tmp_path: Path) -> None:
    call_command("spectacular", "--file", str(tmp_path / "schema.yaml"))
    assert "/api/v1/auth/token/" in (tmp_path / "schema.yaml").read_text()
