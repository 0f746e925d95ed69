"""Compiled catalogues for whoever calls `pytest` without `make`: Django reads `.mo` files, git holds `.po` only."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"


def compile_stale() -> None:
    """Compile each catalogue that is newer than its `.mo`. Other processes read whole files only."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            write_compiled(source, compiled)


def write_compiled(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    number, name = tempfile.mkstemp(dir=target.parent, suffix=".mo")
    with os.fdopen(number, "wb") as file:
        write_mo(file, catalogue)
    Path(name).replace(target)
