"""Three whole catalogues that hold what the source asks for, with its placeholders."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.locale.catalogues import FOLDERS, ROOT, Entry, catalogue, entries, extracted, path

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
PLURALS = {"zh_Hans": 1, "ru": 4, "ko": 1}


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_is_translated(folder: str) -> None:
    assert [entry.ids[0] for entry in entries(folder) if entry.fuzzy or not all(entry.texts)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_placeholders_are_those_of_the_source(folder: str) -> None:
    wrong = [
        (entry.ids[0], text)
        for entry in entries(folder)
        for text in entry.texts
        if placeholders(text) != placeholders(entry.ids[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_space_and_line_ends_around_a_text_are_kept(folder: str) -> None:
    assert [entry.ids[0] for entry in entries(folder) for text in entry.texts if text != text.strip()] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_sentences_end_where_the_source_ends_one(folder: str) -> None:
    """A question stays a question, and what is cut off with … stays so."""
    marks = {"?": ("?", "？"), "…": ("…",), ":": (":", "：")}
    wrong = [
        (entry.ids[0], text)
        for entry in entries(folder)
        for text in entry.texts
        if (ends := marks.get(entry.ids[0][-1])) and not text.endswith(ends)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_plural_forms(folder: str) -> None:
    assert catalogue(path(folder), folder).num_plurals == PLURALS[folder]
    assert {len(entry.texts) for entry in entries(folder) if len(entry.ids) == 2} == {PLURALS[folder]}


def test_the_three_hold_the_same_messages() -> None:
    first, *others = ([entry.key for entry in entries(folder)] for folder in FOLDERS)
    assert all(keys == first for keys in others)
    assert len(first) == len(set(first))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is missing: sudo apt-get install gettext")
def test_they_hold_what_the_source_asks_for(tmp_path: Path) -> None:
    wanted = {entry.key for entry in extracted(tmp_path)}
    present = {entry.key for entry in entries("ru")}
    assert sorted(wanted - present, key=str) == [], "run `make messages` and translate"
    assert sorted(present - wanted, key=str) == [], "run `make messages`"


def test_make_build_compiles_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    command = [str(Path(sys.executable).with_name("pybabel")), "--quiet", "compile"]
    done = subprocess.run(
        [*command, "--directory", "locale", "--domain", "django"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    compiled = sorted(str(found.relative_to(tmp_path)) for found in tmp_path.rglob("*.mo"))
    assert compiled == [f"locale/{folder}/LC_MESSAGES/django.mo" for folder in sorted(FOLDERS)]


def test_entries_are_read_as_they_stand() -> None:
    """The reader above: a plural has two ids."""
    plural = [entry for entry in entries("ko") if len(entry.ids) == 2]
    assert plural
    assert all(isinstance(entry, Entry) and len(entry.texts) == 1 for entry in plural)
