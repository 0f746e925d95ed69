"""Reads a document in a process of its own, which is killed at its limit of time or memory."""

import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from providers.documents.base import Document, DocumentError, Kind, Limits, Reason

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]


def read(data: bytes, kind: Kind, limits: Limits | None = None) -> Document:
    """The text of a document. Blocks for at most `limits.seconds`. Raises DocumentError."""
    limits = limits or Limits()
    if not data.strip():
        raise DocumentError(Reason.EMPTY)
    document = Document.from_json(_ask_child(data, kind, limits))
    if not document.text.strip():
        raise DocumentError(Reason.EMPTY)
    return document


def _ask_child(data: bytes, kind: Kind, limits: Limits) -> dict[str, Any]:
    try:
        done = subprocess.run(  # our own module, no shell, nothing of the document in its arguments
            command(kind, limits),
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        logger.warning("reading a %s of %d bytes was stopped after %s s", kind, len(data), limits.seconds)
        raise DocumentError(Reason.TOO_SLOW) from error
    return answer_of(done, kind, len(data))


def command(kind: Kind, limits: Limits) -> list[str]:
    return [sys.executable, "-m", "providers.documents.child", kind, str(os.getpid()), json.dumps(asdict(limits))]


def environment() -> dict[str, str]:
    """What a child may know: where the code is. No key and no database address is handed to a parser."""
    return {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def answer_of(done: subprocess.CompletedProcess[bytes], kind: Kind, size: int) -> dict[str, Any]:
    if done.returncode or not done.stdout:
        # A native library that gets no memory aborts: any death by a signal is the document's doing.
        logger.warning("the reader of a %s of %d bytes ended with %d", kind, size, done.returncode)
        raise DocumentError(Reason.TOO_HEAVY if done.returncode < 0 else Reason.CORRUPT)
    answer = json.loads(done.stdout)
    if "reason" in answer:
        raise DocumentError(Reason(answer["reason"]))
    document: dict[str, Any] = answer["document"]
    return document
