"""What a program sees of the machine, and what it may ask of the kernel."""

import os

from providers.sandbox.base import Case, Limits, Program, Status
from providers.sandbox.bubblewrap import Bubblewrap
from tests.providers.sandbox.conftest import Box


def test_it_is_nobody_in_particular(box: Box) -> None:
    seen = box("import os; print(os.getuid(), os.getgid(), os.getgroups(), os.getppid())").stdout.split()
    uid = int(seen[0])
    assert uid == os.getuid() if os.getuid() else 61_000 <= uid < 65_000
    assert seen[3] == "1"


def test_it_has_no_rights_and_cannot_get_any(box: Box) -> None:
    status = dict(
        line.split(":\t") for line in box("print(open('/proc/self/status').read())").stdout.split("\n") if ":" in line
    )
    assert {status[f"Cap{name}"] for name in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {"0" * 16}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_the_environment_and_the_descriptors_are_its_own(box: Box) -> None:
    names = box("import os; print(*sorted(os.environ))").stdout.split()
    assert names == ["HOME", "LANG", "LC_ALL", "PATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR", "TZ"]
    source = "import os\nfor end in range(300):\n    try: os.fstat(end); print(end)\n    except OSError: pass"
    assert box(source).stdout.split() == ["0", "1", "2"]


def test_the_files_are_the_languages(box: Box) -> None:
    source = "import os\nfor folder in ('/', '/usr', '/etc', '/usr/share'): print(*sorted(os.listdir(folder)))"
    top, usr, etc, share = box(source).stdout.splitlines()
    assert {"home", "var", "run", "opt", "boot", "sys", "srv", "mnt", "work", "data"}.isdisjoint(top.split())
    assert set(usr.split()) <= {"bin", "lib", "lib32", "lib64", "libx32", "local", "share"}
    assert (etc, share) == ("ld.so.cache", "zoneinfo")
    assert "FileNotFoundError" in box("open('/etc/passwd')").stderr
    assert "PermissionError" in box("open('/proc/1/environ')").stderr


def test_the_runner_cannot_be_reached(box: Box) -> None:
    source = """
import os
for path in ("/proc/1/fd", "/proc/1/mem", "/proc/1/environ", "/proc/1/maps", "/proc/1/cwd/"):
    try: os.listdir(path) if path.endswith("fd") else open(path, "rb").read(1)
    except PermissionError: print("no")
for number in range(1, 65):
    try: os.kill(1, number)
    except OSError: pass
print("and it lives")
"""
    first, second = box.outcomes("python", source, Case(), Case())
    assert first.stdout == second.stdout == "no\n" * 5 + "and it lives\n"


def test_no_network(box: Box) -> None:
    source = """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
    try: print(family, socket.socket(family))
    except OSError as error: print(error.strerror)
print(len(open("/proc/net/dev").readlines()) - 2)
left, right = socket.socketpair()
left.send(b"among themselves")
print(right.recv(99))
"""
    assert box(source).stdout.splitlines() == ["Function not implemented"] * 6 + ["1", "b'among themselves'"]


def test_refused_system_calls(box: Box) -> None:
    """x86-64 numbers; glibc's names would hide some."""
    refused = {
        "ptrace": (101, 0), "mount": (165, 0), "umount2": (166, b"/tmp"), "unshare": (272, 0x10000000),
        "setns": (308, 0), "clone3": (435, 0), "keyctl": (250, 0), "add_key": (248, 0), "bpf": (321, 0),
        "perf_event_open": (298, 0), "userfaultfd": (323, 0), "io_uring_setup": (425, 1), "kexec_load": (246, 0),
        "init_module": (175, 0), "process_vm_readv": (310, 1), "pidfd_getfd": (438, 1), "personality": (135, 0),
        "swapon": (167, 0), "reboot": (169, 0), "acct": (163, 0), "open_by_handle_at": (304, 0),
        "memfd_create": (319, b"x"), "shmget": (29, 0), "chroot": (161, b"/"), "pivot_root": (155, 0),
        "setsid": (112, 0), "setrlimit of core dumps": (160, 4), "prlimit64 of core dumps": (302, 0, 4, b"0" * 16),
        "clone into a user namespace": (56, 0x10000000 | 17), "prlimit64 of the runner": (302, 1),
    }  # fmt: skip
    source = f"""
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
for name, (number, argument, *rest) in {refused!r}.items():
    ctypes.set_errno(0)
    result = libc.syscall(number, argument, *rest, *[0] * (5 - len(rest)))
    if result != -1 or ctypes.get_errno() != errno.ENOSYS: print(name, result, ctypes.get_errno())
print("end")
"""
    if os.uname().machine == "x86_64":
        assert box(source).stdout == "end\n"


def test_where_no_proc_can_be_mounted(box: Box) -> None:
    """As in a container that masks parts of its own."""
    assert isinstance(box.sandbox, Bubblewrap)
    without = Box(Bubblewrap(box.sandbox._bwrap, proc=False))
    assert "java" not in without.sandbox.languages()
    assert without("import os; print(os.listdir('/proc'))").stdout == "[]\n"
    assert without("held = []\nwhile True: held.append(bytearray(1_000_000))").status is Status.MEMORY_LIMIT
    assert without("while True: pass").status is Status.TIME_LIMIT
    many = "import os, time\nfor _ in range(4): os.fork()\nheld = bytearray(90_000_000)\ntime.sleep(9)"
    assert without(many).status is Status.MEMORY_LIMIT


def test_a_bubblewrap_that_does_not_start(box: Box) -> None:
    ran = Bubblewrap("/bin/false").run(Program("python", ""), [Case()], Limits())
    assert ran.outcomes[0].status is Status.UNAVAILABLE
    assert ran.outcomes[0].stderr == "The sandbox did not start."
