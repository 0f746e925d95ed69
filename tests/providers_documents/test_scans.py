"""Scans and photos: read in a child of their own, upright, and honest about what was not read."""

import shutil
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import rapidocr
from PIL import Image, ImageChops

from providers.documents import runner
from providers.documents.base import DocumentError, Kind, Limits, PicturesOfText, Reason
from providers.documents.images import check, decode
from providers.documents.kinds import kind_of
from providers.documents.legibility import is_another_code_page, is_cipher
from providers.documents.pdf import read_pdf
from providers.documents.reading import read
from providers.ocr import tesseract
from providers.ocr.base import LineReader, Picture, Text
from providers.ocr.rapid import RapidOcr
from tests.providers_documents import files, scans

OCR = Limits().for_ocr()
GEORGIAN = ["ივანე პეტრიაშვილი, პროგრამისტი", "სამუშაო გამოცდილება ხუთი წელი", "უმაღლესი განათლება", "თბილისი"]
CYRILLIC = ["Иван Петров, программист", "Опыт работы пять лет", "Образование высшее", "Москва"]


needs_tesseract = pytest.mark.skipif(not tesseract.installed(), reason="tesseract-ocr is not installed")


class Scripted(LineReader):
    """Reads the same in every line."""

    def __init__(self, language: str, text: str) -> None:
        super().__init__(language)
        self._text = text

    def read(self, lines: Sequence[Picture]) -> list[Text]:
        return [Text(self._text, (0, 0, line.shape[1], line.shape[0]), 0.95) for line in lines]


def words(texts: list[str]) -> list[str]:
    """What OCR may not be held to is the width of a space."""
    return ["".join(text.split()) for text in texts]


EXPECTED = words(scans.LINES)


def test_a_scanned_pdf_is_read_in_a_child_of_its_own() -> None:
    document = runner.read(scans.pdf(scans.drawn()), Kind.PDF)
    assert words([line.text for line in document.lines]) == EXPECTED
    assert (document.read_by_ocr, document.doubtful_pages, document.blank_pages) == ([1], [], [])
    assert document.page_sizes == [(600.0, 240.0)]
    box = document.lines[0].box
    assert box is not None
    assert box == pytest.approx((45, 190, 235, 215), abs=12)


@pytest.mark.parametrize(
    "data",
    [
        scans.png(scans.drawn()),
        scans.jpeg(scans.drawn().rotate(90, expand=True), orientation=6),
        scans.jpeg(scans.drawn().rotate(180)),
        scans.jpeg(scans.drawn().rotate(4, expand=True, fillcolor="white")),
    ],
    ids=["png", "turned by EXIF", "upside down", "leaning"],
)
def test_a_photo_is_read_however_it_lies(data: bytes) -> None:
    assert kind_of(data) == Kind.IMAGE
    document = read(data, Kind.IMAGE, vars(OCR))
    assert words([line.text for line in document.lines]) == EXPECTED
    assert document.read_by_ocr == [1]


def test_a_box_lies_where_the_words_are_in_the_picture_as_sent() -> None:
    """Upside down, the first line stands at the bottom right."""
    document = read(scans.jpeg(scans.drawn().rotate(180)), Kind.IMAGE, vars(OCR))
    (width, _), box = document.page_sizes[0], document.lines[0].box
    assert box is not None
    assert box[1] < 60
    assert box[2] == pytest.approx(width * (1 - 60 / 800), abs=12)


def test_of_a_mixed_pdf_only_the_scanned_page_is_read_by_ocr() -> None:
    document = read_pdf(scans.pdf(["Ann Lee, Developer"], scans.drawn()), OCR)
    assert [line.text for line in document.lines if line.page == 1] == ["Ann Lee, Developer"]
    assert words([line.text for line in document.lines if line.page == 2]) == EXPECTED
    assert document.read_by_ocr == [2]


def test_a_page_with_nothing_on_it_is_blank_and_needs_no_ocr() -> None:
    document = read_pdf(scans.pdf(["Ann Lee, Developer"], []), Limits())
    assert document.blank_pages == [2]


def test_pictures_of_text_need_the_limits_of_ocr() -> None:
    with pytest.raises(PicturesOfText):
        read_pdf(scans.pdf(scans.drawn()), Limits())


def test_pages_beyond_those_that_are_read_are_told() -> None:
    document = read_pdf(scans.pdf(scans.drawn(), [], scans.drawn()), replace(OCR, ocr_pages=1))
    assert (document.read_by_ocr, document.blank_pages, document.unread_pages) == ([1], [2], [3])


def test_no_page_is_begun_when_the_time_is_up() -> None:
    document = read_pdf(scans.pdf(["Ann Lee, Developer"], scans.drawn()), replace(OCR, ocr_begin=0.0))
    assert (document.read_by_ocr, document.unread_pages) == ([], [2])


def test_a_script_that_no_model_knows_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        read_pdf(scans.pdf(scans.drawn(GEORGIAN)), OCR)
    assert refused.value.reason == Reason.OCR_LANGUAGE


@needs_tesseract
@pytest.mark.parametrize("angle", [0, 180], ids=["upright", "upside down"])
def test_a_scan_in_russian_is_read_line_by_line(angle: int) -> None:
    document = runner.read(scans.png(scans.drawn([*CYRILLIC, scans.LINES[1]], height=380).rotate(angle)), Kind.IMAGE)
    assert words([line.text for line in document.lines]) == words([*CYRILLIC, scans.LINES[1]])
    assert (document.read_by_ocr, document.doubtful_pages) == ([1], [])


@needs_tesseract
def test_a_phone_photo_in_russian_is_read() -> None:
    """Leaning, darker to one side, and pressed into a small JPEG."""
    page = scans.drawn(CYRILLIC)
    shade = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda value: 150 + value // 3)
    photo = ImageChops.multiply(page, Image.merge("RGB", [shade] * 3)).rotate(2, fillcolor=(200, 200, 200))
    document = runner.read(scans.jpeg(photo), Kind.IMAGE)
    assert words([line.text for line in document.lines]) == words(CYRILLIC)


def test_a_line_in_another_language_is_read_by_its_reader() -> None:
    """And the rest of the page by the bundled model, whatever the other makes of it."""
    ocr = RapidOcr(others=[Scripted("ru", "Москва"), Scripted("ko", "")])
    image = decode(scans.png(scans.drawn([*scans.LINES, CYRILLIC[3]], height=380)), Limits(), 2000)
    texts = sorted(ocr.read(image).texts, key=lambda text: text.box[1])
    assert words([text.text for text in texts]) == [*EXPECTED, "Москва"]


def test_a_page_read_in_part_is_doubtful() -> None:
    document = read_pdf(scans.pdf(scans.drawn([*scans.LINES, *GEORGIAN[:2]], height=420)), OCR)
    assert (document.read_by_ocr, document.doubtful_pages) == ([1], [1])
    assert words([line.text for line in document.lines])[:4] == EXPECTED


def test_an_operators_model_is_loaded_and_asked(tmp_path: Path) -> None:
    """The bundled model under another name stands for one of Russian: it is loaded from the folder, and never surer."""
    bundled = next(Path(rapidocr.__file__).parent.glob("models/*rec*.onnx"))
    shutil.copy(bundled, tmp_path / "ru.onnx")
    ocr = RapidOcr(tmp_path)
    assert ocr.languages == {"en", "zh-hans", "ru"}
    image = decode(scans.png(scans.drawn([scans.LINES[0], CYRILLIC[0]], height=180)), Limits(), 2000)
    texts = ocr.read(image).texts
    assert words([text.text for text in texts if text.readable]) == EXPECTED[:1]
    assert [text.readable for text in texts].count(False) == 1


def huge_png() -> bytes:
    """A header that claims 60,000 x 60,000 pixels."""
    header = struct.pack(">2I5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    body = zlib.compress(bytes(1000))
    data = struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    return b"\x89PNG\r\n\x1a\n" + chunk + data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (huge_png(), Reason.TOO_LARGE_INSIDE),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.CORRUPT),
        (b"\xff\xd8\xff\xe0" + bytes(100), Reason.CORRUPT),
    ],
)
def test_a_broken_or_huge_picture_is_refused_before_it_is_decoded(data: bytes, reason: Reason) -> None:
    with pytest.raises(DocumentError) as refused:
        check(data, Limits())
    assert refused.value.reason == reason


def test_a_truncated_picture_is_corrupt() -> None:
    data = scans.png(scans.drawn())
    with pytest.raises(DocumentError) as refused:
        decode(data[: len(data) // 2], Limits(), 2000)
    assert refused.value.reason == Reason.CORRUPT


LETTER = [
    "Ann Lee, Developer",
    "Skills: Python, Django and PostgreSQL",
    "Built the stock service of a large shop and kept it running",
    "Led a team of five people who wrote tests before their code",
    "Taught younger colleagues how to read what others had written",
]


@pytest.mark.parametrize("shift", [1, 7, 13])
def test_a_font_that_lies_about_its_letters_is_read_as_it_looks(shift: int) -> None:
    data = files.wrong_letters(LETTER, shift)
    with pytest.raises(PicturesOfText):
        read_pdf(data, Limits())
    document = read_pdf(data, OCR)
    assert words([line.text for line in document.lines]) == words(LETTER)
    assert document.read_by_ocr == [1]


def test_an_honest_font_needs_no_ocr() -> None:
    assert [line.text for line in read_pdf(files.wrong_letters(LETTER, 0), Limits()).lines] == LETTER


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Îïûò ðàáîòû: ïðîãðàììèñò, ïÿòü ëåò; îáðàçîâàíèå âûñøåå", True),
        ("Élève ingénieur à l'École supérieure, diplômé en génie électrique", False),
        ("Опыт работы: программист, пять лет; образование высшее", False),
    ],
)
def test_cyrillic_taken_for_accents(text: str, told: bool) -> None:
    assert is_another_code_page(list(text)) is told


NAMES = """Python Django PostgreSQL Redis Docker Kubernetes Linux Git GitLab Jenkins Ansible Terraform Kafka RabbitMQ
Nginx Prometheus Grafana Elasticsearch FastAPI asyncio pytest SQLAlchemy Celery AWS EC2 S3 SQL HTML CSS REST JSON XML"""
PINYIN = """gongzuo jingli zhongguo shanghai jiaoyu beijing daxue ruanjian gongcheng shuju fenxi xiangmu jingyan
zhangsan wang li chen yang zhao huang zhou wu xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang"""


@pytest.mark.parametrize("text", [NAMES, PINYIN], ids=["technologies", "pinyin"])
def test_odd_words_are_no_cipher(text: str) -> None:
    assert not is_cipher(list("".join(text.split())))
