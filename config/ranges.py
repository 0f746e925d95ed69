"""Files that a player seeks in: answers to HTTP range requests (RFC 9110, 14)."""

import re
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Readable(Protocol):
    """What every storage opens."""

    def seek(self, offset: int, /) -> Any: ...

    def read(self, size: int, /) -> Any: ...


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None for all of it. Raises ValueError where there are none.

    Several ranges at once, and what is no range of bytes, mean all of it: a server may ignore them.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < begin:
            return None
    if begin > end:
        raise ValueError("no such bytes")
    return begin, end


def respond(request: HttpRequest, file: Readable, size: int, content_type: str) -> HttpResponse:
    """The part of a private file that the request asks for: 200, 206, or 416. For files of some megabytes."""
    try:
        part = wanted(request.headers.get("Range", ""), size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    begin, end = part or (0, size - 1)
    file.seek(begin)
    response = HttpResponse(file.read(end - begin + 1), status=206 if part else 200, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    if part:
        response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return response
