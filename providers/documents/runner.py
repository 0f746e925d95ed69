"""Reads documents in a child that is killed at its limit of time or memory, and kept warm for the next one."""

import atexit
import json
from dataclasses import asdict
from typing import Any

from providers.children.base import Allowance, Cause, ChildError, Refusal
from providers.children.runner import Child
from providers.documents.base import Document, DocumentError, Kind, Limits, PicturesOfText, Reason

JOB = "providers.documents.reading:job"
REASONS = {Cause.TOO_SLOW: Reason.TOO_SLOW, Cause.TOO_HEAVY: Reason.TOO_HEAVY, Cause.BROKEN: Reason.CORRUPT}

_child = Child()
atexit.register(_child.close)


def read(data: bytes, kind: Kind, limits: Limits | None = None) -> Document:
    """The text of a document. Blocks for at most `limits.seconds`. Raises DocumentError."""
    return Document.from_json(ask(JOB, data, kind, limits))


def ask(job: str, data: bytes, kind: Kind, limits: Limits | None = None, child: Child | None = None) -> dict[str, Any]:
    """What `job` (`module:function` of data, kind and limits) makes of a document. Raises DocumentError.

    Pictures of text are read in a second go, with the limits of OCR, in a child whose memory is given back at its end.
    An error that neither the job nor a limit explains is the document's doing too: `corrupt`.
    """
    limits = limits or Limits()
    if not data.strip():
        raise DocumentError(Reason.EMPTY)
    try:
        return _ask(child or _child, job, data, kind, limits)
    except Refusal as refusal:
        if refusal.code != PicturesOfText.code:
            raise DocumentError(Reason(refusal.code)) from refusal
    with Child() as reader:
        try:
            return _ask(reader, job, data, kind, limits.for_ocr())
        except Refusal as refusal:
            raise DocumentError(Reason(refusal.code)) from refusal


def _ask(child: Child, job: str, data: bytes, kind: Kind, limits: Limits) -> dict[str, Any]:
    allowance = Allowance(limits.seconds, limits.memory)
    try:
        answer = child.run(job, data, allowance, kind=kind, limits=asdict(limits))
    except ChildError as error:
        raise DocumentError(REASONS[error.cause]) from error
    found: dict[str, Any] = json.loads(answer)
    return found
