"""The system calls that a program may make. Every other answers ENOSYS, so that new ones are refused until named here.

ENOSYS rather than EPERM: libraries then fall back, as glibc does from clone3 to clone, whose flags can be looked at.
"""

import errno
import os
import resource
import socket
import tempfile
from functools import cache

FILES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2 creat close
    close_range stat fstat lstat newfstatat statx access faccessat faccessat2 lseek dup dup2 dup3 pipe pipe2 fcntl flock
    fsync fdatasync sync_file_range truncate ftruncate fallocate getdents getdents64 getcwd chdir fchdir rename renameat
    renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat readlink readlinkat chmod fchmod
    fchmodat fchmodat2 chown fchown lchown fchownat umask statfs fstatfs utime utimes utimensat futimesat sendfile
    copy_file_range splice tee fadvise64 readahead getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr mknod
    mknodat poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
    eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4 ioctl
"""
MEMORY = "munmap mremap mprotect madvise msync mincore mlock mlock2 munlock membarrier brk get_mempolicy"
PROCESSES = """
    fork vfork execve execveat exit exit_group wait4 waitid kill tkill tgkill getpid getppid gettid getpgid getpgrp
    setpgid getsid getuid geteuid getgid getegid getresuid getresgid getgroups capget prctl arch_prctl
    set_tid_address set_robust_list get_robust_list rseq futex futex_waitv sched_yield sched_getaffinity sched_getparam
    sched_getscheduler sched_get_priority_max sched_get_priority_min sched_getattr getpriority setpriority getrlimit
    getrusage times sysinfo uname pidfd_open pidfd_send_signal getcpu getrandom restart_syscall
"""
TIME_AND_SIGNALS = """
    time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep getitimer setitimer alarm timer_create
    timer_settime timer_gettime timer_getoverrun timer_delete pause rt_sigaction rt_sigprocmask rt_sigreturn
    rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend rt_tgsigqueueinfo sigaltstack
"""
LOCAL_SOCKETS = """
    connect bind listen accept accept4 getsockname getpeername sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
    shutdown setsockopt getsockopt
"""
NAMESPACES = 0x7E020000  # CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET
SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS: memory that belongs to no process, so that no watchdog sees it
SCHED_IDLE = 5
# Numbers of `resource`; not RLIMIT_CORE, which is 1 (see `confinement`): at 0 a crash would start the machine's own
# program for core dumps, outside and with what the candidate's program held.
LIMITS = [number for number in range(16) if number != resource.RLIMIT_CORE]


@cache
def program() -> bytes:
    """The filter as the kernel and `bwrap --seccomp` read it. Raises OSError or RuntimeError without libseccomp."""
    import pyseccomp

    made = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    for name in f"{FILES} {MEMORY} {PROCESSES} {TIME_AND_SIGNALS} {LOCAL_SOCKETS}".split():
        _allow(made, name)
    masked, equal = pyseccomp.MASKED_EQ, pyseccomp.EQ
    _allow(made, "clone", pyseccomp.Arg(0, masked, NAMESPACES, 0))
    for family in ("socket", "socketpair"):
        _allow(made, family, pyseccomp.Arg(0, equal, socket.AF_UNIX))
    for bits in (0x00, 0x01, 0x20):
        _allow(made, "mmap", pyseccomp.Arg(3, masked, SHARED_ANONYMOUS, bits))
    for number in LIMITS:
        _allow(made, "setrlimit", pyseccomp.Arg(0, equal, number))
        # Of itself, not of the runner.
        _allow(made, "prlimit64", pyseccomp.Arg(0, equal, 0), pyseccomp.Arg(1, equal, number))
    _allow(made, "prlimit64", pyseccomp.Arg(0, equal, 0), pyseccomp.Arg(2, equal, 0))  # only asks
    _allow(made, "sched_setscheduler", pyseccomp.Arg(1, equal, SCHED_IDLE))
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def _allow(made: "object", name: str, *arguments: object) -> None:
    import pyseccomp

    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number >= 0:  # negative: this kind of machine has none of that name
        made.add_rule(pyseccomp.ALLOW, number, *arguments)  # type: ignore[attr-defined]


def descriptor() -> int:
    """A new pipe that holds the filter, to be read once; the caller closes it."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(program())  # some 2 KB: less than a pipe holds
    return reading
