"""What the files in an archive are called: ZIP says of its names only whether they are UTF-8."""

import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

UTF_8 = 0x800  # the flag, APPNOTE 4.4.4
CYRILLIC = range(0x0400, 0x0500)
HANGUL = range(0xAC00, 0xD7A4)
HANZI = range(0x4E00, 0xA000)
#: Of what Windows writes in the four languages, with the letters that its names are made of.
ENCODINGS = {"ru": ("cp866", CYRILLIC), "zh-hans": ("gbk", HANZI), "ko": ("cp949", HANGUL)}


def names_of(infos: Sequence[zipfile.ZipInfo], language: str = "") -> list[str]:
    """The last part of each name, at most 255 characters. All names of an archive are taken for one encoding.

    Hangul and common hanzi are the same bytes: of equals the `language` of who imports comes first.
    """
    encoding = _encoding([_bytes(info) for info in infos if not _is_text(info)], language)
    return [_last(info.filename if _is_text(info) else _bytes(info).decode(encoding, "replace")) for info in infos]


def _is_text(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & UTF_8) or info.orig_filename.isascii()


def _bytes(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437")


def _encoding(names: list[bytes], language: str) -> str:
    joined = b"\n".join(names)
    if _decoded(joined, "utf-8") is not None:
        return "utf-8"
    ordered = sorted(ENCODINGS, key=lambda code: code != language)
    return max((ENCODINGS[code] for code in ordered), key=lambda choice: _share(joined, *choice))[0]


def _share(data: bytes, encoding: str, letters: range) -> float:
    """Of what is not ASCII, how much is letters that the encoding's language writes."""
    foreign = [character for character in (_decoded(data, encoding) or "") if not character.isascii()]
    return sum(ord(character) in letters for character in foreign) / max(len(foreign), 1)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/").replace("\0", "")).name[-255:]
