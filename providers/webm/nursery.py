"""The process that forks one for each stream: `python -m providers.webm.nursery PARENT`, started by `pool`.

Its standard input is a socket over which it is handed one end of each stream's own. It loads PyAV once; its children
share that memory. It looks at no recording itself, so that nothing in one can harm it.
"""

import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable

from av import CodecContext

from providers.children.base import MEBIBYTE, Refusal
from providers.children.beginning import NICENESS, die_with
from providers.children.child import address_space, soft
from providers.webm.decoding import CODEC, decode
from providers.webm.source import Source

# Address space above what the nursery has. Decoding takes a tenth of it.
MEMORY = 64 * MEBIBYTE
FILES = 32


def main(parent: int) -> None:
    die_with(parent)
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    for what, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, FILES)):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    CodecContext.create(CODEC, "r").open()  # what it sets up once is shared, too
    gc.collect()
    gc.freeze()  # the collector would touch every object of the shared memory, and so copy it
    with socket.socket(fileno=sys.stdin.fileno()) as door:
        take_in(door)


def take_in(door: socket.socket, fork: Callable[[], int] = os.fork) -> None:
    """Fork for each socket that comes, until the server goes. Where that fails, only this stream has ended."""
    nursery = os.getpid()
    while True:
        _, handed, _, _ = socket.recv_fds(door, 1, 1)
        if not handed:
            return
        try:
            process = fork()
        except OSError:  # too many processes, or no memory: the others go on
            process = None
        if process == 0:
            door.close()
            raise_up(nursery, handed[0])
        os.close(handed[0])


def raise_up(nursery: int, descriptor: int) -> None:
    """What the process of one stream does; it never returns."""
    try:
        die_with(nursery)
        soft(resource.RLIMIT_AS, address_space() + MEMORY)
        with socket.socket(fileno=descriptor) as connection:
            serve(Source(connection))
    finally:
        os._exit(0)


def serve(source: Source) -> None:
    """Decode, and tell why where that ends early. Where the server has closed the stream, nobody is told."""
    try:
        decode(source)
    except Refusal as refusal:
        source.fail(refusal.code)
    except MemoryError:
        source.fail("too_heavy")


if __name__ == "__main__":
    main(int(sys.argv[1]))
