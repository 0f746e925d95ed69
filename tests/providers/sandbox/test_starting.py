"""The command that starts a sandbox, and what keeps it from starting."""

import os
from pathlib import Path

import pytest

from providers.sandbox import bubblewrap, confinement, languages, seccomp
from providers.sandbox.base import Case, Limits, NoSandbox, Outcome, Program, Ran, Status


def test_what_lies_in_another_folder_is_not_shown_twice() -> None:
    assert confinement.outermost({"/a/b", "/a/b/c", "/a/bc", "/a/b/c/d"}) == ["/a/b", "/a/bc"]


def test_where_a_path_is_closed_to_strangers(tmp_path: Path) -> None:
    inner = tmp_path / "shut" / "open" / "file"
    inner.parent.mkdir(parents=True)
    inner.touch()
    for folder in (inner.parent, *tmp_path.parents, tmp_path):
        if folder.owner() == Path.home().owner() and str(folder).startswith(str(tmp_path)):
            folder.chmod(0o755)
    (tmp_path / "shut").chmod(0o700)
    confinement.closed.cache_clear()
    assert confinement.closed(str(inner)) == str(inner.parent)
    assert confinement.closed("/usr/bin") is None


def test_users_that_nobody_is() -> None:
    found = {confinement.unused_uid() for _ in range(50)}
    assert len(found) == 50
    assert all(61_000 <= uid < 64_900 for uid in found)


def test_the_filter_is_a_program_for_the_kernel() -> None:
    """Instructions are eight bytes each; a pipe holds all of it."""
    try:
        program = seccomp.program()
    except (ImportError, OSError, RuntimeError):
        pytest.skip("no libseccomp here: apt-get install libseccomp2")
    assert len(program) % 8 == 0
    assert 500 < len(program) < 32_768
    descriptor = seccomp.descriptor()
    with os.fdopen(descriptor, "rb") as pipe:
        assert pipe.read() == program


def test_the_runner_is_python_of_no_virtual_environment() -> None:
    binary, needs = languages.interpreter()
    assert Path(binary).is_file()
    assert ".venv" not in binary
    assert binary in needs


def test_no_sandbox_says_why() -> None:
    ran = NoSandbox("It rains.").run(Program("python", ""), [Case(), Case()], Limits())
    assert ran == Ran(None, (Outcome(Status.UNAVAILABLE, stderr="It rains."),) * 2)
    assert NoSandbox("It rains.").languages() == {}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("bwrap: No permissions to create new namespace, likely because the kernel…", "no namespaces. In a container"),
        ("bwrap: setting up uid map: Permission denied", "on Ubuntu 24.04 AppArmor does"),
        ("bwrap: pivot_root: Invalid argument", "bubblewrap does not work here"),
    ],
)
def test_a_machine_that_forbids_it(tmp_path: Path, said: str, reason: str) -> None:
    forbidden = tmp_path / "bwrap"
    forbidden.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    for folder in (tmp_path, *tmp_path.parents):
        if str(folder).startswith(str(Path(os.environ.get("TMPDIR", "/tmp")))) and folder != Path("/tmp"):
            folder.chmod(0o755)
    found = bubblewrap.tried(str(forbidden))
    assert found.name == "none"
    assert reason in found.reason
    assert said in found.reason
    assert "docs/sandbox.md" in found.reason
