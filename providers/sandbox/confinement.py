"""The command that starts a sandbox: bubblewrap's namespaces and mounts, and as whom it runs.

A process of the kernel's root cannot be counted by RLIMIT_NPROC and owns root's files, so that a server that is root
becomes an unused user before bubblewrap starts.
"""

import itertools
import os
import pwd
import random
import stat
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from providers.sandbox import languages, seccomp

UIDS = range(61_000, 64_900)  # above what distributions give to people and services, below "nobody"
NICE = "10"  # of bubblewrap and the runner; programs get SCHED_IDLE
# When the machine runs out of memory, a sandbox goes first. A busy machine, or a container, may refuse to note that.
GOES_FIRST = ("sh", "-c", 'echo 1000 2>/dev/null >/proc/$$/oom_score_adj; exec "$@"', "sh")
BASE_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
DEVICES = ("null", "full", "random", "urandom")  # no zero: mapped shared it is memory that nobody counts
# What the kernel tells everybody of the machine, and no program needs.
MASKED = (
    "cmdline",
    "config.gz",
    "kallsyms",
    "kcore",
    "key-users",
    "keys",
    "kmsg",
    "modules",
    "sched_debug",
    "timer_list",
)
STREAMS = {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}
MEGABYTE = 1024 * 1024
UNSHARED = (
    "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
    "--die-with-parent", "--as-pid-1", "--clearenv", "--cap-drop", "ALL", "--hostname", "sandbox",
)  # fmt: skip
# No new session, here or by `setsid`: where Linux schedules by sessions ("autogroup"), one of its own would have as
# much of the processors as the whole server, whatever its priority. What a new session guards is the terminal, and a
# sandbox has none: neither as a file nor as an open descriptor.
# Root's own folders are closed to the unused user: what lies in them is shown at another place, in a mount namespace
# that lives as long as this process.
PRIVATE_MOUNTS = ("unshare", "--mount", "--propagation", "private", "--")
STAGE = "/mnt"
FIRST = "import marshal, sys; exec(marshal.load(sys.stdin.buffer))"  # the runner, compiled: it is the same Python
STAGING = f"""
mount -t tmpfs -o size=1m,mode=755 stage {STAGE} && number=0 || exit 1
for folder do
    mkdir {STAGE}/$number && mount --bind "$folder" {STAGE}/$number && number=$((number + 1)) || exit 1
done
echo ready
read -r _
"""


@dataclass(slots=True)
class Command:
    """Bubblewrap's arguments, and the folders that have to be staged for it to reach its sources."""

    words: list[str]
    staged: list[str] = field(default_factory=list)

    def add(self, *words: str) -> None:
        self.words += words

    def show(self, path: str) -> None:
        """Makes a file or folder readable in the sandbox, where it exists."""
        if Path(path).exists():
            self.add("--ro-bind", self._reachable(path), path)

    def _reachable(self, path: str) -> str:
        folder = closed(path) if os.geteuid() == 0 else None
        if folder is None:
            return path
        if folder not in self.staged:
            self.staged.append(folder)
        return f"{STAGE}/{self.staged.index(folder)}{path[len(folder) :]}"

    def whole(self) -> list[str]:
        lowered = [*_as_nobody(), *self.words]
        if not self.staged:
            return lowered
        return ["nsenter", f"--mount=/proc/{os.getpid()}/fd/{stage(tuple(self.staged))}", "--", *lowered]


@cache
def stage(folders: tuple[str, ...]) -> int:
    """A mount namespace, as an open descriptor, in which strangers reach `folders`. Raises OSError without one."""
    words = [*PRIVATE_MOUNTS, "sh", "-c", STAGING, "sh", *folders]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101  # for the type checker: it is a pipe
        if process.stdout.readline() != b"ready\n":
            raise OSError(f"{', '.join(folders)} cannot be shown to another user.")
        return os.open(f"/proc/{process.pid}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)


@contextmanager
def command(bwrap: str, needs: Sequence[str], room_mb: int, *, proc: bool) -> Iterator[tuple[list[str], int]]:
    """What starts the runner where it sees `needs` and has `room_mb` to write to, and the descriptor to hand on."""
    made = Command([bwrap, *UNSHARED])
    if "--disable-userns" in options(bwrap):
        made.add("--disable-userns")
    _root(made, needs)
    _devices(made, proc=proc)
    made.add("--size", str(room_mb * MEGABYTE), "--tmpfs", "/tmp")  # noqa: S108
    # The root is a file system in memory without a limit: nobody may write to it. By /proc a program could take back
    # what its sandbox set of itself, and set the priority of all that runs in the server's session ("autogroup").
    made.add(*(("--remount-ro", "/proc") if proc else ()), "--remount-ro", "/", "--chdir", "/")
    filter_ = seccomp.descriptor()
    try:
        made.add("--seccomp", str(filter_), "--", languages.interpreter()[0], "-I", "-S", "-c", FIRST)
        yield made.whole(), filter_
    finally:
        os.close(filter_)


def _root(made: Command, needs: Sequence[str]) -> None:
    """The C library and its like, then what the language needs, outer folders before inner ones."""
    for name in BASE_LINKS:
        place = Path("/", name)
        if place.is_symlink():
            made.add("--symlink", str(place.readlink()), str(place))
        else:
            made.show(str(place))
    made.show("/etc/ld.so.cache")
    for path in outermost({*_libraries(), *languages.interpreter()[1], *needs}):
        made.show(path)
        if Path(packages := f"{path}/site-packages").is_dir():
            made.add("--tmpfs", packages, "--remount-ro", packages)


def _libraries() -> tuple[str, ...]:
    patterns = ("*-linux-gnu*", "ld-*", "locale/C.utf8")
    return (
        "/usr/lib64",
        "/usr/share/zoneinfo",
        *(found for pattern in patterns for found in languages.matching("/usr/lib", pattern)),
    )


def outermost(paths: set[str]) -> list[str]:
    """Without what lies in another of them."""
    return [path for path in sorted(paths) if not any(str(parent) in paths for parent in Path(path).parents)]


@cache
def closed(path: str) -> str | None:
    """The outermost folder of a path that strangers could read if they got there; None where they do."""
    steps = [*reversed(Path(path).parents), Path(path)]
    shut = [number for number, step in enumerate(steps[:-1]) if not step.stat().st_mode & stat.S_IXOTH]
    return str(steps[shut[-1] + 1]) if shut else None


def _devices(made: Command, *, proc: bool) -> None:
    made.add("--proc" if proc else "--dir", "/proc")
    for name in MASKED if proc else ():
        if Path("/proc", name).exists():
            made.add("--ro-bind", "/dev/null", f"/proc/{name}")
    for name in DEVICES:
        made.add("--dev-bind", f"/dev/{name}", f"/dev/{name}")
    for name, number in STREAMS.items():
        made.add("--symlink", f"/proc/self/fd{number}", f"/dev/{name}")
    made.add("--symlink", "/tmp", "/dev/shm")  # noqa: S108


def _as_nobody() -> list[str]:
    lowered = [*GOES_FIRST, "nice", "-n", NICE, "prlimit", "--core=1:1"]
    if os.geteuid() != 0:
        return lowered
    uid = str(unused_uid())
    return [*lowered, "setpriv", "--reuid", uid, "--regid", uid, "--clear-groups"]


_numbers = itertools.count(random.SystemRandom().randrange(len(UIDS)))


def unused_uid() -> int:
    """Another one each time, so that two sandboxes are hardly ever of one user."""
    taken = _taken()
    return next(uid for number in _numbers if (uid := UIDS[number % len(UIDS)]) not in taken)


@cache
def _taken() -> frozenset[int]:
    return frozenset(user.pw_uid for user in pwd.getpwall())


@cache
def options(bwrap: str) -> frozenset[str]:
    """What this version of bubblewrap understands."""
    return frozenset(word for word in languages.printed((bwrap, "--help")).split() if word.startswith("--"))
