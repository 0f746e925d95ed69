"""Documents made for tests: ordinary, broken and hostile ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import docx
import matplotlib
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
ASIAN = {"zh-hans": "STSong-Light", "ko": "HYSMyeongJo-Medium"}
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def typeface(language: str) -> str:
    """A font for the language: Adobe's own Asian fonts are named, not embedded; Cyrillic comes with matplotlib."""
    if language in ASIAN:
        pdfmetrics.registerFont(UnicodeCIDFont(ASIAN[language]))
        return ASIAN[language]
    if language == "ru":
        pdfmetrics.registerFont(TTFont("DejaVu", Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))
        return "DejaVu"
    return "Helvetica"


def pdf(lines: Sequence[str], *, password: str = "", pages: int = 1, scans: int = 0, language: str = "en") -> bytes:
    """One column of 11-point lines; the first is the heading of the page. `scans` pages without text follow."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    font = typeface(language)
    for _ in range(pages):
        y = HEIGHT - 60
        for number, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if font == "Helvetica" and number == 0 else font, 20 if number == 0 else 11)
            canvas.drawString(50, y, line)
            y -= 16 if line else 10
        canvas.showPage()
    for _ in range(scans):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def two_columns(left: Sequence[str], right: Sequence[str], title: str) -> bytes:
    """A title across the page, then two columns drawn line by line, so that the file's own order mixes them."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(50, HEIGHT - 60, title)
    canvas.setFont("Helvetica", 10)
    for number in range(max(len(left), len(right))):
        y = HEIGHT - 100 - 14 * number
        if number < len(left):
            canvas.drawString(50, y, left[number])
        if number < len(right):
            canvas.drawString(360, y, right[number])
    canvas.save()
    return target.getvalue()


def scan() -> bytes:
    """A page with a drawing and no text."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.save()
    return target.getvalue()


def raw_pdf(content: bytes, resources: bytes = b"", extra: Sequence[bytes] = (), packed: bytes = b"") -> bytes:
    """A PDF with one page whose Flate stream holds `content` (or is `packed`); `extra` objects count from 5."""
    packed = packed or zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        *extra,
    ]
    body, offsets = b"%PDF-1.5\n", []
    for number, value in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + value + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n" % count + table + b"trailer<</Size %d/Root 1 0 R>>\n" % count
    return body + tail + b"startxref\n%d\n%%%%EOF" % len(body)


def squeezed(times: int, piece: bytes = bytes(7_500_000)) -> bytes:
    """`piece` over and over, deflated, without ever being in memory whole."""
    packer = zlib.compressobj(6)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def content_bomb() -> bytes:
    """A page whose drawing instructions inflate to 750 MB."""
    return raw_pdf(b"", packed=squeezed(100, b" " * 7_500_000))


def image_bomb() -> bytes:
    """A page that shows a picture of 60,000 x 60,000 pixels, 450 MB when decoded, in half a megabyte."""
    packed = squeezed(60)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    )
    return raw_pdf(b"q 500 0 0 500 0 0 cm /P Do Q", b"/XObject<</P 5 0 R>>", [picture])


def word(paragraphs: Sequence[str], *, table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """Paragraphs (`# ` makes a heading, `- ` a list item), then a table; `header` stands above every page."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], 1)
        elif text.startswith("- "):
            document.add_paragraph(text[2:], style="List Bullet")
        else:
            document.add_paragraph(text)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                grid.cell(row, column).text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def zip_bomb(size: int = 200_000_000) -> bytes:
    """A DOCX whose document inflates to `size` bytes and says so."""
    return archive({"[Content_Types].xml": CONTENT_TYPES.encode(), "word/document.xml": bytes(size)})


def lying_bomb(size: int = 200_000_000) -> bytes:
    """As `zip_bomb`, but its directory declares a kilobyte."""
    return zip_bomb(size).replace(struct.pack("<L", size), struct.pack("<L", 1024))


def entity_bomb() -> bytes:
    """The billion laughs."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "laugh">{entities}]><d>&a9;</d>'
    return archive({"[Content_Types].xml": CONTENT_TYPES.encode(), "word/document.xml": document.encode()})


def many_entries(count: int = 60_000) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", b"")
        for number in range(count):
            packed.writestr(str(number), b"")
    return target.getvalue()


def encrypted_word() -> bytes:
    """The beginning of what Word writes for a document with a password: a compound file with one stream's name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)


def many_pages(count: int = 10_000) -> bytes:
    """A PDF whose tree names one page so many times."""
    return raw_pdf(b"").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + b"3 0 R " * count + b"]/Count %d" % count)


def endless_form() -> bytes:
    """A page that draws a form that draws itself, twice."""
    inside = b"/Resources<</XObject<</F 5 0 R>>>>/Length 11>>stream\n/F Do /F Do\nendstream"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]" + inside
    return raw_pdf(b"/F Do", b"/XObject<</F 5 0 R>>", [form])


def endless_pages() -> bytes:
    """A page tree whose only child is itself."""
    return raw_pdf(b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")


def wrong_letters(lines: Sequence[str], shift: int = 1, wrapping: int = 26) -> bytes:
    """A PDF that looks right and whose font says that each letter is another: what a broken ToUnicode map does."""
    codes = [(first, code) for first in (65, 97) for code in range(first, first + 26)]
    mapped = "".join(f"<{code:02x}> <{first + (code - first + shift) % wrapping:04x}>\n" for first, code in codes)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"52 beginbfchar\n{mapped}endbfchar\nendcmap end end"
    ).encode()
    drawn = " ".join(f"1 0 0 1 50 {740 - 20 * number} Tm ({line}) Tj" for number, line in enumerate(lines))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>"
    stream = b"<</Length %d>>stream\n" % len(cmap) + cmap + b"\nendstream"
    return raw_pdf(f"BT /F1 14 Tf {drawn} ET".encode(), b"/Font<</F1 5 0 R>>", [font, stream])
