"""The kind of a document by its content; its name and declared type may lie."""

import io
import struct
import zipfile

from providers.documents.base import DocumentError, Kind, Limits, Reason

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
DOCX_PART = "word/document.xml"
IMAGES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_END = struct.Struct("<4s4H2LH")  # the end-of-central-directory record, APPNOTE 4.3.16


def kind_of(data: bytes) -> Kind | None:
    """The kind, or None for a format that is not read here. Never inflates anything."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if image_type(data):
        return Kind.IMAGE
    if data.startswith(b"PK\x03\x04"):
        return Kind.DOCX if _looks_like_docx(data) else None
    if data.startswith(OLE):  # an encrypted DOCX is wrapped so; without that stream it is an old .doc
        return Kind.DOCX if ENCRYPTED_PACKAGE in data else None
    return Kind.TXT if _looks_like_text(data) else None


def image_type(data: bytes) -> str:
    """The content type of a photo; empty for anything else."""
    return next((content_type for mark, content_type in IMAGES.items() if data.startswith(mark)), "")


def _looks_like_docx(data: bytes) -> bool:
    """Whether a Word document is inside, or may be: a damaged archive is for the reader to explain."""
    try:
        names = open_zip(data, Limits()).namelist()
    except DocumentError:
        return b"word/" in data
    return DOCX_PART in names or any(name.startswith("word/") for name in names)


def _looks_like_text(data: bytes) -> bool:
    head = data[:65536]
    if head.startswith(BOMS):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b" for byte in head)
    return b"\0" not in head and controls * 100 <= len(head) and not head.startswith((b"{\\rtf", b"\x1f\x8b"))


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, its directory's own size checked before the directory is read.

    Raises DocumentError: `zipfile` would build an object for each of a million entries before anybody could count.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + _END.size:
        raise DocumentError(Reason.CORRUPT)
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(data, at)
    zip64 = data[max(0, at - 20) : at].startswith(b"PK\x06\x07")  # needless below 4 GiB, and hides the true count
    if zip64 or entries > limits.zip_entries or directory > limits.zip_directory:
        raise DocumentError(Reason.TOO_LARGE_INSIDE)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(Reason.CORRUPT) from error
