"""Which sandbox the settings choose, and the command that runs one program in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from interviews.coding import sandboxes
from providers.sandbox import bubblewrap
from providers.sandbox.base import NoSandbox


@pytest.fixture
def here() -> None:
    if reason := bubblewrap.detect().reason:
        pytest.skip(reason)


def test_none_is_switched_off(settings: Any) -> None:
    settings.SANDBOX = "none"
    assert isinstance(sandboxes.current(), NoSandbox)
    status = sandboxes.status()
    assert (status["provider"], status["ready"]) == ("none", False)
    assert status["detail"] == "Programs are not run here: SANDBOX is set to none."


@pytest.mark.parametrize("kind", ["auto", "bubblewrap"])
@pytest.mark.usefixtures("here")
def test_bubblewrap_where_it_works(settings: Any, kind: str) -> None:
    settings.SANDBOX = kind
    assert sandboxes.current() is bubblewrap.detect()
    status = sandboxes.status()
    assert (status["provider"], status["ready"]) == ("bubblewrap", True)
    assert "Python 3." in status["detail"]


@pytest.mark.parametrize(("kind", "url", "name"), [("auto", "http://127.0.0.1:9", "piston"), ("piston", "", "none")])
def test_a_runner_on_another_machine(settings: Any, kind: str, url: str, name: str) -> None:
    settings.SANDBOX, settings.PISTON_URL = kind, url
    status = sandboxes.status()
    assert (status["provider"], status["ready"]) == (name, False)
    assert ("PISTON_URL names none" if name == "none" else "127.0.0.1:9 does not answer") in status["detail"]


# --- code_run ---


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    call_command("code_run", *arguments)
    printed = capsys.readouterr().out
    assert printed.endswith("}\n")
    return dict(json.loads(printed))


@pytest.mark.usefixtures("here")
def test_code_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, given = tmp_path / "any name", tmp_path / "given.txt"
    program.write_text("import sys\nprint(input().upper())\nprint('é', file=sys.stderr)\nsys.exit(4)")
    given.write_text("привет\n")
    result = run(capsys, "--language", "python", "--file", str(program), "--stdin", str(given))
    assert result.pop("time_ms") < 10_000
    assert result.pop("memory_kb") > 1000
    assert result == {"status": "runtime_error", "exit_code": 4, "stdout": "ПРИВЕТ\n", "stderr": "é\n"}


@pytest.mark.usefixtures("here")
def test_code_run_with_much_output_and_no_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "main.py"
    program.write_text("import sys\nprint(len(sys.stdin.read()))\nprint('x' * 5_000_000)")
    result = run(capsys, "--language", "python", "--file", str(program))
    assert (result["status"], len(result["stdout"])) == ("ok", 5_000_003)


@pytest.mark.usefixtures("here")
def test_code_run_within_other_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "main.py"
    program.write_text("while True: pass")
    result = run(capsys, "--language", "python", "--file", str(program), "--cpu-seconds", "0.3")
    assert (result["status"], result["exit_code"]) == ("time_limit", None)
    assert 300 <= result["time_ms"] < 1000


@pytest.mark.usefixtures("here")
def test_code_run_says_what_the_compiler_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "c" not in sandboxes.current().languages():
        pytest.skip("no C here: apt-get install gcc")
    program = tmp_path / "main.c"
    program.write_text("int main(void) { return nothing; }")
    result = run(capsys, "--language", "c", "--file", str(program))
    assert (result["status"], result["exit_code"], result["stdout"]) == ("compile_error", 1, "")
    assert "nothing" in result["stderr"]


@pytest.mark.parametrize(("kind", "language"), [("auto", "cobol"), ("none", "python")])
def test_code_run_where_nothing_can_be_run(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, language: str
) -> None:
    settings.SANDBOX = kind
    program = tmp_path / "main"
    program.touch()
    with pytest.raises(SystemExit) as stopped:
        call_command("code_run", "--language", language, "--file", str(program))
    result = json.loads(capsys.readouterr().out)
    assert stopped.value.code == 2
    assert (result["status"], result["exit_code"]) == ("unavailable", None)
    assert result["stderr"]


def test_code_run_of_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("code_run", "--language", "python", "--file", str(tmp_path / "none"))
