"""A host with secrets: what no program may find, call, or leave behind."""

import ctypes
import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[4]
MARK = "viva-abuse"  # begins the name of every file that a hostile program makes
PR_SET_CHILD_SUBREAPER = 36
# Where a file that got out would stand.
LOOKED_AT = ("/tmp", "/var/tmp", "/dev/shm", "/", "/root", "/usr", "/home", "/run", str(ROOT))


@dataclass(slots=True)
class Host:
    """`places` is what programs are told (`@SECRET@` in their source), `words` what none may print."""

    places: dict[str, str]
    words: dict[str, str]
    folder: Path
    streams: list[socket.socket]
    datagrams: socket.socket

    def told(self, source: str) -> str:
        for name, place in self.places.items():
            source = source.replace(f"@{name}@", place)
        return source

    def leaked(self, text: str, source: str) -> list[str]:
        """The names of what stands in `text`; a path that the program was told is no secret."""
        return [name for name, word in self.words.items() if word in text and word not in source]

    def called(self) -> list[str]:
        """Who got through to one of the sockets."""
        found = []
        for end in self.streams:
            with suppress(BlockingIOError):
                end.accept()[0].close()
                found.append(str(end.getsockname()))
        with suppress(BlockingIOError):
            found.append(str(self.datagrams.recv(99)))
        return found

    def left_behind(self) -> list[str]:
        looked_at = [*map(Path, LOOKED_AT), self.folder]
        return [str(path) for place in looked_at if place.is_dir() for path in place.glob(f"{MARK}*")]

    def kept(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir()) if path.is_file()}


def host(folder: Path) -> Iterator[Host]:
    """Plants the secrets in `folder`, opens the sockets, and takes in whoever a sandbox might leave."""
    word = {name: f"{name}-{secrets.token_hex(12)}" for name in ("file", "database", "environment", "neighbour")}
    (folder / "secret.txt").write_text(word["file"])
    database = folder / "db.sqlite3"
    _database(database, word["database"])
    tcp, local, hidden = _stream(("127.0.0.1", 0)), _stream(str(folder / "socket")), _stream(f"\0{folder}")
    port = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))
    udp.setblocking(False)
    places = {
        "SECRET": str(folder / "secret.txt"), "FOLDER": str(folder), "DATABASE": str(database), "PORT": str(port),
        "SOCKET": str(folder / "socket"), "ABSTRACT": str(folder), "ADDRESS": "127.0.0.2", "PID": str(os.getpid()),
        "TREE": str(ROOT),
    }  # fmt: skip
    passwd = Path("/etc/passwd").read_text().splitlines()[0]
    os.environ["VIVA_ABUSE_SECRET"] = word["environment"]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield Host(places, {**word, "path": str(database), "passwd": passwd}, folder, [tcp, local, hidden], udp)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    del os.environ["VIVA_ABUSE_SECRET"]
    for end in (tcp, local, hidden, udp):
        end.close()


def _database(path: Path, word: str) -> None:
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE secrets (word TEXT)")
    made.execute("INSERT INTO secrets VALUES (?)", [word])
    made.commit()
    made.close()


def _stream(address: tuple[str, int] | str) -> socket.socket:
    end = socket.socket(socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX)
    end.bind(address)
    end.listen()
    end.setblocking(False)
    return end


def descendants() -> set[int]:
    """All processes below this one; who outlives its parent is among them while `host` is open."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found
