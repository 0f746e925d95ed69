"""A document's kind comes from what it holds."""

import pytest

from providers.documents.base import Kind
from providers.documents.kinds import kind_of
from tests.providers_documents import files


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.pdf(["Ann"]), Kind.PDF),
        (b"\n\n%PDF-1.7 after some white space", Kind.PDF),
        (files.word(["Ann"]), Kind.DOCX),
        (files.word(["Ann"])[:-100], Kind.DOCX),
        (files.encrypted_word(), Kind.DOCX),
        ("Иван Петров".encode(), Kind.TXT),
        ("Иван Петров".encode("utf-16"), Kind.TXT),
        (files.archive({"xl/workbook.xml": b"<a/>"}), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), None),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Kind.IMAGE),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, Kind.IMAGE),
        (b"{\\rtf1 Ann}", None),
        (bytes(1000), None),
    ],
)
def test_kind(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) == kind
