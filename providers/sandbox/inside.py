"""The runner inside a sandbox: process 1 there, which starts the candidate's programs and watches them.

Only the standard library, and of it only what starts quickly: each import is paid for at every run. It knows no
expected output. The job comes on standard input (marshal, after this code), frames go to standard output (`frame`).
No program can reach either: what it starts inherits neither, and this process is not dumpable, so that /proc/1/fd and
/proc/1/mem are closed to it. Being process 1 it takes no signal from inside its namespace.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # `signal` itself builds enumerations for 3 ms
import marshal
import os
import resource
import select
import sys
import time

TYPE_CHECKING = False  # `typing` takes 6 ms to import
if TYPE_CHECKING:
    from typing import Any

PR_SET_DUMPABLE = 4
WORK = "/tmp/work"  # noqa: S108  # of a file system of its own
TICK_MS = 10
PIECE = 65_536
TICKS = os.sysconf("SC_CLK_TCK")
FILES_AT_ONCE = 4_096
DESCRIPTORS = 1 << 20  # one system call: the server may have handed on any number
SOCKETS = 512  # each may hold 200 KB of the kernel's memory, which is no process's
FOLDER_MODE = 0o700
FORMAT, REGULAR = 0o170000, 0o100000  # of a file's mode, as `stat` has them


class Watched:
    """A running program: its process, what it wrote so far, and what it held and used at most."""

    def __init__(self, job: dict[str, Any], stdin: bytes) -> None:
        self.job = job
        self.limits = job["limits"]
        self.stdin = memoryview(stdin)
        self.output: dict[int, bytearray] = {}
        self.verdict = "ended"
        self.status: int | None = None
        self.peak_kb = 0
        self.cpu_ns = 0
        self.pid = -1
        self.feeding = -1
        self.started = time.monotonic()

    # --- start ---

    def start(self, argv: list[str]) -> None:
        (their_in, self.feeding), (out, their_out), (err, their_err) = os.pipe(), os.pipe(), os.pipe()
        for end in (self.feeding, out, err):
            os.set_blocking(end, False)
        self.output = {out: bytearray(), err: bytearray()}
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            become(self.job, argv, (their_in, their_out, their_err))
        for end in (their_in, their_out, their_err):
            os.close(end)

    # --- watch ---

    def watch(self) -> None:
        """Until the program ends or a limit is reached."""
        poller, ended = select.poll(), os.pidfd_open(self.pid)
        for end in (*self.output, ended):
            poller.register(end, select.POLLIN)
        poller.register(self.feeding, select.POLLOUT)
        due = 0.0
        while self.status is None and self.verdict == "ended":
            for end, _ in poller.poll(TICK_MS):
                self.attend(end, poller)
            if time.monotonic() >= due:
                self.measure()
                due = time.monotonic() + TICK_MS / 1000
            while reap(self):
                pass
        os.close(ended)

    def attend(self, end: int, poller: select.poll) -> None:
        if end == self.feeding:
            if not self.feed():
                poller.unregister(end)
                os.close(end)
                self.feeding = -1
        elif end in self.output and not self.read(end):
            poller.unregister(end)

    def feed(self) -> bool:
        try:
            self.stdin = self.stdin[os.write(self.feeding, self.stdin[:PIECE]) :]
        except BlockingIOError:
            return True
        except OSError:  # it reads no more
            return False
        return bool(self.stdin)

    def read(self, end: int) -> bool:
        try:
            piece = os.read(end, PIECE)
        except BlockingIOError:
            return True
        self.output[end] += piece
        if len(self.output[end]) > self.limits["output"]:
            self.stop("output")
        return bool(piece)

    def measure(self) -> None:
        held_kb, cpu_ns = tree(self.limits["memory_kb"])
        self.peak_kb = max(self.peak_kb, held_kb)
        try:
            cpu_ns = max(cpu_ns, time.clock_gettime_ns((~self.pid << 3) | 2))  # the kernel's clock of that process
        except OSError:  # it has just ended
            pass
        if held_kb > self.limits["memory_kb"] or sockets() > SOCKETS:
            self.stop("memory")
        elif cpu_ns + self.cpu_ns > self.limits["cpu_ns"] or self.waited_s() > self.limits["wall_s"]:
            self.stop("time")
        elif crowded():
            self.stop("output")

    def waited_s(self) -> float:
        """Wall time without what the program stood in line for a processor: its priority is the lowest there is."""
        elapsed = time.monotonic() - self.started
        if elapsed < self.limits["wall_s"] or elapsed > 5 * self.limits["wall_s"]:
            return elapsed
        stood = (content(f"/proc/{pid}/schedstat").split() for pid in others())
        return elapsed - max((int(fields[1]) for fields in stood if len(fields) > 1), default=0) / 1e9

    def only_waited(self) -> bool:
        return self.verdict == "time" and self.cpu_ns < self.limits["cpu_ns"] / 2

    def stop(self, verdict: str) -> None:
        if self.verdict == "ended":
            self.verdict = verdict

    # --- end ---

    def finish(self) -> None:
        """Kills whatever still runs in this sandbox, then takes what was written before."""
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        while reap(self, wait=True):
            pass
        for end in self.output:
            while self.verdict != "output" and self.left(end):
                pass
            os.close(end)
        if self.feeding >= 0:
            os.close(self.feeding)

    def left(self, end: int) -> bool:
        try:
            return self.read(end)
        except OSError:
            return False

    def reaped(self, pid: int, status: int, usage: resource.struct_rusage) -> None:
        self.cpu_ns += int((usage.ru_utime + usage.ru_stime) * 1e9)
        self.peak_kb = max(self.peak_kb, usage.ru_maxrss)
        if pid == self.pid:
            self.status = os.waitstatus_to_exitcode(status)


def reap(watched: Watched, *, wait: bool = False) -> bool:
    """Takes one of the dead: the program, or one whose parent died. False when there is none."""
    try:
        pid, status, usage = os.wait4(-1, 0 if wait else os.WNOHANG)
    except ChildProcessError:
        return False
    if pid:
        watched.reaped(pid, status, usage)
    return pid > 0


# --- the program's side of the fork ---


def become(job: dict[str, Any], argv: list[str], ends: tuple[int, int, int]) -> None:
    try:
        os.setpgid(0, 0)
        for wanted, end in enumerate(ends):
            os.dup2(end, wanted)
        os.closerange(3, DESCRIPTORS)
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        for kind in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and so would what it starts
            signal.signal(kind, signal.SIG_DFL)
        for name, most in job["rlimits"].items():
            resource.setrlimit(getattr(resource, name), most)
        os.chdir(WORK)
        os.execve(argv[0], argv, job["environment"])  # noqa: S606
    except OSError as error:
        os.write(2, f"{argv[0]}: {error}\n".encode())
    finally:
        os._exit(127)


# --- what the programs hold ---


def content(path: str) -> bytes:
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, PIECE)
    except OSError:
        return b""
    finally:
        os.close(file)


def others() -> list[str]:
    try:
        return [name for name in os.listdir("/proc") if name.isdecimal() and name != "1"]
    except OSError:  # a container may hide /proc: then only the kernel's own limits hold
        return []


def tree(limit_kb: int) -> tuple[int, int]:
    """KiB held and nanoseconds used by all processes of this sandbox but this one."""
    pids = others()
    held = sum(resident_kb(pid) for pid in pids)
    if held > limit_kb and len(pids) > 1:  # pages shared after a fork count once
        held = sum(proportional_kb(pid) for pid in pids)
    return held, sum(used_ns(pid) for pid in pids)


def resident_kb(pid: str) -> int:
    """With its page tables: a program that only reads what it never wrote to holds nothing else."""
    status = content(f"/proc/{pid}/status")
    return number_of(status, b"VmRSS:") + number_of(status, b"VmPTE:")


def proportional_kb(pid: str) -> int:
    pss = number_of(content(f"/proc/{pid}/smaps_rollup"), b"Pss:")
    return pss + number_of(content(f"/proc/{pid}/status"), b"VmPTE:") if pss else resident_kb(pid)


def number_of(text: bytes, name: bytes) -> int:
    """The number on the line of /proc that begins with `name`; 0 without one."""
    fields = text.partition(b"\n" + name)[2].split(None, 1)
    return int(fields[0]) if fields else 0


def used_ns(pid: str) -> int:
    """User and system time of a process and of those of its children that it has waited for."""
    fields = content(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    return sum(int(field) for field in fields[11:15]) * 1_000_000_000 // TICKS


def sockets() -> int:
    fields = content("/proc/net/sockstat").split(None, 3)
    return int(fields[2]) if len(fields) > 2 else 0


def crowded() -> bool:
    """Whether more files than is sane stand in /tmp: empty ones take the kernel's memory and no room of the disk."""
    room = os.statvfs("/tmp")  # noqa: S108
    return room.f_files - room.f_ffree > FILES_AT_ONCE


# --- files ---


def clean(top: str) -> None:
    """Empties a folder, however deep it goes: what lies deeper is lifted up, as a path has a longest length."""
    number = 0
    while entries := list(os.scandir(top)):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, FOLDER_MODE)
            for inner in os.listdir(entry.path):
                while os.path.lexists(target := f"{top}/.{number}"):  # a program may have thought of that name
                    number += 1
                lifted = f"{entry.path}/{inner}"
                if os.path.isdir(lifted) and not os.path.islink(lifted):
                    os.chmod(lifted, FOLDER_MODE)  # a folder that cannot be written cannot be moved
                os.rename(lifted, target)
            os.rmdir(entry.path)


def place(files: dict[str, tuple[bytes, bool]]) -> None:
    os.mkdir(WORK, FOLDER_MODE)
    for name, (data, executable) in files.items():
        path = f"{WORK}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o700 if executable else 0o600)
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        os.close(file)


def made(known: dict[str, Any], most: int) -> dict[str, tuple[bytes, bool]]:
    """The files of the work folder that were not there before, `most` bytes at most."""
    found: dict[str, tuple[bytes, bool]] = {}
    for folder, _, names in os.walk(WORK):
        for name in names:
            path = f"{folder}/{name}"
            short = path[len(WORK) + 1 :]
            found_there = os.lstat(path)
            if short in known or found_there.st_mode & FORMAT != REGULAR or (most := most - found_there.st_size) < 0:
                continue
            with open(path, "rb") as file:
                found[short] = (file.read(), os.access(path, os.X_OK))
    return found


# --- the whole ---


def run(job: dict[str, Any], case: dict[str, Any], answer: int) -> None:
    clean("/tmp")  # noqa: S108
    files = {**job["files"], **case["files"]}
    place(files)
    watched = Watched(job, case["stdin"])
    watched.start([*job["argv"], *case["args"]])
    watched.watch()
    watched.finish()
    if watched.only_waited():  # so will the other cases: who waits behind this program does not wait for each of them
        job["limits"]["wall_s"] = min(job["limits"]["wall_s"], 1 + job["limits"]["cpu_ns"] / 1e9)
    kept = made(files, job["keep"]) if job["keep"] and watched.status == 0 else {}
    frame(answer, watched, kept)


def frame(answer: int, watched: Watched, kept: dict[str, tuple[bytes, bool]]) -> None:
    """`verdict status cpu_ms peak_kb out err files` and a line end, both outputs, then each file with such a line."""
    out, err = (bytes(data[: watched.limits["output"]]) for data in watched.output.values())
    numbers = (watched.status or 0, watched.cpu_ns // 1_000_000, watched.peak_kb, len(out), len(err), len(kept))
    send(answer, f"{watched.verdict} {' '.join(map(str, numbers))}\n".encode() + out + err)
    for name, (data, executable) in kept.items():
        encoded = os.fsencode(name)
        send(answer, f"{len(encoded)} {len(data)} {int(executable)}\n".encode() + encoded + data)


def send(answer: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(answer, view) :]


def hide() -> None:
    """Closes /proc/1 to the programs, before any of them runs."""
    import _ctypes

    process = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]  # typeshed knows no None for "this process"
    prctl = _ctypes.dlsym(process, "prctl")
    if _ctypes.call_function(prctl, (PR_SET_DUMPABLE, 0, 0, 0, 0)) != 0:
        raise OSError("PR_SET_DUMPABLE was refused")


def main() -> None:
    hide()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # process 1 is deaf to whatever it does not handle
    job = marshal.load(sys.stdin.buffer)
    answer = os.dup(1)
    nothing = os.open("/dev/null", os.O_RDWR)
    for end in (0, 1, 2):
        os.dup2(nothing, end)
    os.closerange(answer + 1, DESCRIPTORS)
    send(answer, b"ready\n")
    for case in job["cases"]:
        run(job, case, answer)


if __name__ == "__main__":
    main()
