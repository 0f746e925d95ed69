"""Reads a document in this process: only for a child, which may be killed while it does."""

import json
from typing import Any

import docx  # noqa: F401  # with what it brings, before the child's memory is limited

from providers.children.base import Refusal
from providers.documents.base import Document, DocumentError, Kind, Limits, PicturesOfText, Reason
from providers.documents.docx import read_docx
from providers.documents.images import read_image
from providers.documents.pdf import read_pdf
from providers.documents.textual import read_text

READERS = {Kind.PDF: read_pdf, Kind.DOCX: read_docx, Kind.TXT: read_text, Kind.IMAGE: read_image}


def read(data: bytes, kind: str, limits: dict[str, Any]) -> Document:
    """A document with text in it. Raises Refusal with a `Reason` as its code, or that of PicturesOfText."""
    try:
        document = READERS[Kind(kind)](data, Limits(**limits))
    except DocumentError as error:
        raise Refusal(error.reason) from error
    except PicturesOfText as pictures:
        raise Refusal(pictures.code) from pictures
    except RecursionError as error:  # markup nested a thousand deep
        raise Refusal(Reason.CORRUPT) from error
    if not document.text.strip():
        raise Refusal(Reason.EMPTY)
    return document


def job(data: bytes, kind: str, limits: dict[str, Any]) -> bytes:
    """`read`, as JSON."""
    return json.dumps(read(data, kind, limits).as_json(), ensure_ascii=False).encode()
