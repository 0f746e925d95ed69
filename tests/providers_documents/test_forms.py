"""PDF forms in XFA: those that draw themselves leave one page for other programs, which says to wait."""

from dataclasses import asdict

import pytest

from providers.children.base import Refusal
from providers.documents.base import Limits, Reason
from providers.documents.reading import read

WAIT = ("Please wait...", "If this message is not eventually replaced with the proper contents of the document,")
XFA = b"/AcroForm<</Fields[]/XFA 6 0 R>>"
DRAWS_ITSELF = b"/NeedsRendering true"


def form(lines: tuple[str, ...], catalog: bytes, pages: int = 1) -> bytes:
    """Without a table of objects, which readers then make themselves."""
    shown = b"BT/F 9 Tf 40 780 Td 11 TL " + b"".join(b"(%s)'" % line.encode() for line in lines) + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length 6>>stream\n<xdp/>\nendstream",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, value) for number, value in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def lines_of(data: bytes) -> list[str]:
    return [line.text for line in read(data, "pdf", asdict(Limits())).lines]


def test_a_page_that_says_to_wait_is_not_the_document():
    with pytest.raises(Refusal) as refused:
        read(form(WAIT, XFA + DRAWS_ITSELF), "pdf", asdict(Limits()))
    assert refused.value.code == Reason.FORM


@pytest.mark.parametrize("catalog", [b"", b"/AcroForm<</Fields[]>>", XFA, DRAWS_ITSELF])
def test_a_form_over_pages_of_its_own_is_read(catalog: bytes):
    assert lines_of(form(WAIT, catalog)) == list(WAIT)


def test_a_form_that_brings_its_pages_along_is_read():
    text = tuple(f"Worked on the {number}th service of the payment system at Acme" for number in range(40))
    assert lines_of(form(text, XFA + DRAWS_ITSELF)) == list(text)
    assert lines_of(form(WAIT, XFA + DRAWS_ITSELF, pages=2)) == [*WAIT, *WAIT]
