"""The folders of living and dead processes."""

import os
import subprocess
import sys
from pathlib import Path

from interviews.domain.recording import spool
from interviews.domain.recording.journal import Name
from interviews.domain.recording.spool import Folder

NAME = Name(1, 2, 3, 4)
# A process that takes a folder, opens a journal and dies of SIGKILL.
KILLED = """
import os, signal, sys
from pathlib import Path
from interviews.domain.recording.journal import Name
from interviews.domain.recording.spool import Folder
folder = Folder(Path(sys.argv[1]))
os.write(folder.open(Name(1, 2, 3, 4)), b"words")
os.kill(os.getpid(), signal.SIGKILL)
"""


def names(base: Path) -> list[str]:
    return [path.name for path in spool.waiting(base)]


def test_of_a_living_process_closed_journals_wait(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    os.close(folder.open(NAME))
    assert names(tmp_path) == []
    folder.close(NAME)
    assert names(tmp_path) == ["1-2-3-4.closed"]


def test_the_journals_of_an_interview_come_in_their_order(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in (10, 9, 1):
        os.close(folder.open(NAME._replace(number=number)))
        folder.close(NAME._replace(number=number))
    assert names(tmp_path) == ["1-2-1-4.closed", "1-2-9-4.closed", "1-2-10-4.closed"]


def test_of_a_killed_process_open_journals_wait_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == -9
    assert [path.read_bytes() for path in spool.waiting(tmp_path)] == [b"words"]


def test_the_folder_of_the_dead_goes_when_it_is_empty(tmp_path: Path) -> None:
    Folder(tmp_path).release()
    assert names(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_living_process_keeps_its_empty_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert names(tmp_path) == []
    assert folder.path.is_dir()


def test_two_processes_do_not_store_the_same(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    os.close(folder.open(NAME))
    folder.close(NAME)
    first = spool.waiting(tmp_path)
    assert next(first).name == "1-2-3-4.closed"
    assert names(tmp_path) == []
    first.close()  # type: ignore[attr-defined]  # a generator
    assert names(tmp_path) == ["1-2-3-4.closed"]


def test_a_discarded_journal_is_gone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    os.close(folder.open(NAME))
    folder.discard(NAME)
    folder.discard(NAME)
    assert spool.is_empty(tmp_path)


def test_a_journal_is_tried_three_times(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    os.close(folder.open(NAME))
    folder.close(NAME)
    seen = []
    while (tried := spool.try_next(next(spool.waiting(tmp_path)))) is not None:
        seen.append(tried.suffix)
    assert seen == [".tried1", ".tried2", ".tried3"]
    spool.put_back(next(spool.waiting(tmp_path)))
    assert names(tmp_path) == ["1-2-3-4.closed"]


def test_what_a_killed_encoding_left_is_cleared_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (folder.path / "tmp1").mkdir()
    (folder.path / "tmp1" / "camera.webm").touch()
    assert names(tmp_path) == []
    assert sorted(path.name for path in folder.path.iterdir()) == ["storing", "writing"]


def test_journals_are_their_owners_only(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "spool")
    os.close(folder.open(NAME))
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert next(folder.path.glob("*.open")).stat().st_mode & 0o777 == 0o600
    assert folder.has_room
    assert not spool.is_empty(tmp_path / "spool")


def test_where_there_is_no_spool_nothing_waits(tmp_path: Path) -> None:
    assert names(tmp_path / "none") == []
    assert spool.is_empty(tmp_path / "none")
