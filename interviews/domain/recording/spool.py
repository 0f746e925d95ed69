"""Where journals lie until they are stored: a folder for each server process, on its own disk.

A process holds the lock of its folder as long as it lives, however it ends. Whoever gets the lock of another's folder
therefore knows that nobody writes there any more: the journals in it are whole, or all that a kill left of them. A
second lock keeps two processes from storing the same journals.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviews.domain.recording.journal import Name

OPEN, CLOSED = ".open", ".closed"
# A journal that ends the process which encodes it is tried three times.
TRIED = (CLOSED, ".tried1", ".tried2", ".tried3")
GIVEN_UP = ".givenup"  # kept for who looks into it, as long as its interview may be
WRITING, STORING = "writing", "storing"  # locks
# A full disk ends more than a recording: below this nothing more is written down.
LEAST_FREE_BYTES = 1024**3


class Folder:
    """A process's own folder; made and locked at once, given up by `release` or the process's end."""

    def __init__(self, base: Path) -> None:
        self.path, self._lock = _made(base)

    def open(self, name: Name) -> int:
        """A descriptor to append to a new journal."""
        return os.open(self._place(name, OPEN), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def close(self, name: Name) -> None:
        """Nothing more comes: the journal may be stored."""
        self._place(name, OPEN).rename(self._place(name, CLOSED))

    def discard(self, name: Name) -> None:
        self._place(name, OPEN).unlink(missing_ok=True)

    @property
    def has_room(self) -> bool:
        return shutil.disk_usage(self.path).free >= LEAST_FREE_BYTES

    def release(self) -> None:
        os.close(self._lock)

    def _place(self, name: Name, suffix: str) -> Path:
        return self.path / f"{name}{suffix}"


def waiting(base: Path) -> Iterator[Path]:
    """The journals that may be stored, in the order of their interviews: closed ones, and all that the dead left.

    Those that were given up come too: they may have to go. No other process gets them at the same time. Folders of the
    dead go away when nothing is in them.
    """
    for folder in sorted(path for path in base.glob("*") if path.is_dir()):
        with _locked(folder, STORING) as ours:
            if ours:
                yield from _waiting_in(folder)


def is_empty(base: Path) -> bool:
    """Whether no journal waits there, of whichever process."""
    return not any(Name.parse(path.stem) for path in base.glob("*/*"))


def try_next(journal: Path) -> Path | None:
    """The journal under the name that says how often it was tried, this time included; None: often enough."""
    tries = TRIED.index(journal.suffix) if journal.suffix in TRIED else 0
    return journal.rename(journal.with_suffix(TRIED[tries + 1])) if tries + 1 < len(TRIED) else None


def put_back(journal: Path) -> None:
    """It was no fault of the journal's that it could not be stored."""
    journal.rename(journal.with_suffix(CLOSED))


def give_up(journal: Path) -> Path:
    """It is not tried any more. Where it lies from now on."""
    return journal.rename(journal.with_suffix(GIVEN_UP))


def _made(base: Path) -> tuple[Path, int]:
    while True:
        path = base / secrets.token_hex(8)
        path.mkdir(parents=True, mode=0o700)
        if (lock := _lock(path, WRITING)) is not None:
            return path, lock  # else another process took it for that of a dead one, at its first moment


def _waiting_in(folder: Path) -> Iterator[Path]:
    with _locked(folder, WRITING) as dead:
        _clear(folder)
        yield from _journals(folder, (*TRIED, GIVEN_UP, OPEN) if dead else (*TRIED, GIVEN_UP))
        if dead and not any(Name.parse(path.stem) for path in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    """What is being encoded lies in folders of its own. Nobody does so now: these are of a process that was killed."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _journals(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    found = [(Name.parse(path.stem), path) for path in folder.iterdir() if path.suffix in suffixes]
    return [path for name, path in sorted((name, path) for name, path in found if name is not None)]


@contextmanager
def _locked(folder: Path, name: str) -> Iterator[bool]:
    """Whether the lock is ours meanwhile."""
    descriptor = _lock(folder, name)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock(folder: Path, name: str) -> int | None:
    """A descriptor that holds the lock; None where another process does, or the folder has gone."""
    try:
        descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
