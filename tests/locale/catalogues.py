"""The committed catalogues, and what the source asks for now."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("zh_Hans", "ru", "ko")
READ = {".py", ".html", ".txt"}
PASSED_OVER = {".git", ".venv", "node_modules", "static", "data", "tests", "bench", "locale"}
CODES = {"zh_Hans": "zh-hans", "ru": "ru", "ko": "ko"}


@dataclass(frozen=True)
class Entry:
    """One message: its ids (two where it has a plural), its translations (one a plural form)."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    context: str | None
    fuzzy: bool

    @classmethod
    def of(cls, message: Message) -> "Entry":
        return cls(as_tuple(message.id), as_tuple(message.string), message.context, message.fuzzy)

    @property
    def key(self) -> tuple[str | None, tuple[str, ...]]:
        return self.context, self.ids


def as_tuple(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def path(folder: str) -> Path:
    return ROOT / "locale" / folder / "LC_MESSAGES" / "django.po"


def catalogue(source: Path, folder: str) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=folder, abort_invalid=True)


def entries(folder: str) -> list[Entry]:
    return [Entry.of(message) for message in catalogue(path(folder), folder) if message.id]


def not_source(directory: str, names: list[str]) -> set[str]:
    """What `make messages` passes over, for `shutil.copytree`."""
    files = {name for name in names if (Path(directory) / name).is_file()}
    return {name for name in names if name in PASSED_OVER or (name in files and Path(name).suffix not in READ)}


def extracted(folder: Path) -> list[Entry]:
    """What `make messages` would find now, in a copy of the tree that it makes in `folder`."""
    shutil.copytree(ROOT, folder, ignore=not_source, dirs_exist_ok=True)
    (folder / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "ru", "--add-location", "file"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=without_settings())
    found = folder / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    return [Entry.of(message) for message in catalogue(found, "ru") if message.id]


def without_settings() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
