"""ZIP archives of resumes: nothing is unpacked before its size is known, and never more than one file at a time."""

import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from providers.children.base import MEBIBYTE
from providers.documents.kinds import DOCX_PART
from resumes.domain.imports import reasons
from resumes.domain.imports.names import names_of
from resumes.domain.uploads import MOST_BYTES

MOST_FILES = 10_000
MOST_UNPACKED = 2048 * MEBIBYTE
MOST_DIRECTORY = 8 * MEBIBYTE
MARK = b"PK\x03\x04"
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_END = struct.Struct("<4s4H2LH")  # the end-of-central-directory record, APPNOTE 4.3.16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


class Refused(Exception):
    """An archive, or a file in one, that is not taken. `code` is one of `imports.reasons`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Entry:
    """A file in an archive: `number` is its place in the directory, `size` in bytes unpacked, as the archive says."""

    number: int
    name: str
    size: int


def is_archive(file: IO[bytes]) -> bool:
    """Whether this is a ZIP of files rather than a document: DOCX is ZIP, too. A damaged one is an archive."""
    file.seek(0)
    if file.read(len(MARK)) != MARK:
        return False
    try:
        return not is_document(open_archive(file))
    except Refused:
        return True


def is_document(archive: zipfile.ZipFile) -> bool:
    return DOCX_PART in archive.namelist()


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Raises Refused, for too many entries before `zipfile` would make an object of each."""
    count, directory = _directory(file)
    if count > 2 * MOST_FILES or directory > MOST_DIRECTORY:
        raise Refused(reasons.TOO_MANY)
    try:
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise Refused(reasons.ARCHIVE_DAMAGED) from error


def _directory(file: IO[bytes]) -> tuple[int, int]:
    """How many entries there are and how many bytes their directory has, as the archive's end says."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise Refused(reasons.ARCHIVE_DAMAGED)
    if tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):  # ZIP64: needless below 4 GiB, and hides the true count
        raise Refused(reasons.ARCHIVE_TOO_LARGE)
    _, _, _, _, count, directory, _, _ = _END.unpack_from(tail, at)
    return count, directory


def entries(archive: zipfile.ZipFile, language: str = "") -> list[Entry]:
    """Its files without folders and what systems leave behind. Raises Refused for too many, or for a ZIP bomb."""
    infos = archive.infolist()
    named = zip(range(len(infos)), names_of(infos, language), infos, strict=True)
    found = [Entry(number, name, info.file_size) for number, name, info in named if not _is_litter(name, info)]
    if not found:
        raise Refused(reasons.NO_FILES)
    if len(found) > MOST_FILES:
        raise Refused(reasons.TOO_MANY)
    if sum(min(entry.size, MOST_BYTES) for entry in found) > MOST_UNPACKED:
        raise Refused(reasons.ARCHIVE_TOO_LARGE)
    return found


def _is_litter(name: str, info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or info.filename.startswith(LITTER) or name in LITTER or name.startswith(("~$", "._"))


def read(archive: zipfile.ZipFile, number: int) -> bytes:
    """The bytes of a file, never more than `MOST_BYTES` of them. Raises Refused."""
    info = archive.infolist()[number]
    if info.flag_bits & 1:
        raise Refused(reasons.LOCKED)
    if info.file_size > MOST_BYTES:
        raise Refused(reasons.TOO_LARGE)
    try:
        with archive.open(info) as file:
            return file.read(MOST_BYTES + 1)
    except (*BROKEN, RuntimeError) as error:  # RuntimeError is a password's
        raise Refused(reasons.DAMAGED) from error
