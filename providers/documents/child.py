"""The process that reads one document: bytes on standard input, one JSON object on standard output.

Started by `providers.documents.runner` as `python -m providers.documents.child KIND PARENT LIMITS`. It imports the
reader, limits itself to a little more memory than it then uses, and only then looks at a byte of the document.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from providers.documents.base import Document, DocumentError, Kind, Limits, Reason

PR_SET_PDEATHSIG = 1
Read = Callable[[bytes, Limits], Document]


def main() -> None:
    kind, parent, limits = Kind(sys.argv[1]), int(sys.argv[2]), Limits(**json.loads(sys.argv[3]))
    die_with(parent)
    read = reader(kind)
    restrict(limits)
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"document": read(data, limits).as_json()}
    except DocumentError as error:
        answer = {"reason": error.reason.value}
    except MemoryError:
        answer = {"reason": Reason.TOO_HEAVY.value}
    except RecursionError:  # markup nested a thousand deep
        answer = {"reason": Reason.CORRUPT.value}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def reader(kind: Kind) -> Read:
    """The reader of a kind, imported with everything it will need, so that imports do not count as its memory."""
    if kind is Kind.PDF:
        from providers.documents.pdf import read_pdf

        return read_pdf
    if kind is Kind.DOCX:
        import docx  # noqa: F401

        from providers.documents.docx import read_docx

        return read_docx
    from providers.documents.textual import read_text

    return read_text


def die_with(parent: int) -> None:
    """Be killed when the process that started this one dies; go at once if it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)


def restrict(limits: Limits) -> None:
    """Memory (above what is in use now), processor time, no files written, no core dump."""
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, _address_space() + limits.memory),
    ):
        if most or what != resource.RLIMIT_AS:
            resource.setrlimit(what, (most, most))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
