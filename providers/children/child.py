"""The process that does jobs: `python -m providers.children.child PARENT`, started by `providers.children.runner`.

It imports a job's function, limits itself to a little more memory than it then uses, and only then looks at the data.
"""

import os
import resource
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from providers.children import base
from providers.children.base import Cause, Refusal
from providers.children.beginning import NICENESS, die_with, own_stdout

Job = Callable[..., bytes]


def main(parent: int) -> None:
    die_with(parent)
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))
    answers = own_stdout()
    while (message := base.read(sys.stdin.buffer)) is not None:
        serve(message, answers)
        del message  # a warm child keeps nobody's file


def serve(message: tuple[dict[str, Any], bytes], answers: IO[bytes]) -> None:
    fields, result = outcome(*message)
    base.write(answers, fields, [result], len(result))


def outcome(job: dict[str, Any], data: bytes) -> tuple[dict[str, str], bytes]:
    """What to answer. An unforeseen error is told by its type and line: its message may quote the data."""
    try:
        function = function_of(job["function"])
        restrict(job["seconds"], job["memory"])
        return {}, function(data, **job["options"])
    except Refusal as refusal:
        return {"refusal": refusal.code}, b""
    except MemoryError:
        return {"cause": Cause.TOO_HEAVY}, b""
    except Exception as error:  # noqa: BLE001  # the parent logs it; this process has no log of its own
        return {"cause": Cause.BROKEN, "detail": where(error)}, b""
    finally:
        release()


def function_of(path: str) -> Job:
    """The function named `module:function`, imported with all it needs, so that imports do not count as its memory."""
    module, _, name = path.partition(":")
    function: Job = getattr(import_module(module), name)
    return function


def where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


def restrict(seconds: float, memory: int) -> None:
    """Address space above what is in use now, and processor time, should the parent not be there to count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 2)
    soft(resource.RLIMIT_AS, address_space() + memory)


def release() -> None:
    for what in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        soft(what, resource.RLIM_INFINITY)


def soft(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    known = [limit for limit in (most, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(what, (min(known, default=resource.RLIM_INFINITY), hard))


def address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(int(sys.argv[1]))
