"""What children do in the tests."""

import os
import time
from pathlib import Path

from providers.children.base import Refusal


def echo(data: bytes, times: int = 1) -> bytes:
    return data * times


def pid(data: bytes) -> bytes:
    return str(os.getpid()).encode()


def variables(data: bytes) -> bytes:
    return " ".join(sorted(os.environ)).encode()


def refuse(data: bytes) -> bytes:
    raise Refusal("not_mine")


def stumble(data: bytes) -> bytes:
    raise ValueError(data.decode())


def chatter(data: bytes) -> bytes:
    print("as libraries do", data)
    return b"quiet"


def sleep(data: bytes) -> bytes:
    time.sleep(60)
    return b""


def wait(data: bytes, folder: str) -> bytes:
    """Leave a file named like this process, an empty one as children may, and end when there is one named `go`."""
    place = Path(folder)
    (place / str(os.getpid())).touch()
    while not (place / "go").exists():
        time.sleep(0.01)
    return data


def grow(data: bytes) -> bytes:
    return bytes(10_000_000_000)


def crash(data: bytes) -> bytes:
    os.abort()
