"""Documents read in a process of their own: what comes out, what is refused, and what a hostile one costs."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from providers.children.base import MEBIBYTE
from providers.children.runner import Child
from providers.documents import runner
from providers.documents.base import DocumentError, Kind, Limits, Reason
from providers.documents.cleaning import clean
from providers.documents.kinds import kind_of
from tests.providers_documents import files

MOST_SECONDS = 2.0
MOST_MEMORY = 300 * MEBIBYTE
BOMBS = {
    "zip": (files.zip_bomb, Reason.TOO_LARGE_INSIDE),
    "a zip that lies about its size": (files.lying_bomb, Reason.CORRUPT),
    "a zip of many entries": (files.many_entries, Reason.TOO_LARGE_INSIDE),
    "entities": (files.entity_bomb, Reason.TOO_LARGE_INSIDE),
    "image": (files.image_bomb, Reason.NO_TEXT_LAYER),
    "a page that inflates to 750 MB": (files.content_bomb, Reason.TOO_HEAVY),
    "10,000 pages": (files.many_pages, Reason.TOO_MANY_PAGES),
    "pages in a circle": (files.endless_pages, Reason.CORRUPT),
}


def reason_of(data: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(DocumentError) as refused:
        runner.read(data, kind_of(data) or Kind.PDF, limits)
    return refused.value.reason


def texts(data: bytes) -> list[str]:
    kind = kind_of(data)
    assert kind is not None
    return [line.text for line in runner.read(data, kind).lines]


def test_pdf_lines_have_size_weight_page_and_place() -> None:
    document = runner.read(files.pdf(["Ann Lee", "", "Python, Go"], pages=2), Kind.PDF)
    assert [(line.text, line.size, line.bold, line.page) for line in document.lines] == [
        ("Ann Lee", 20.0, True, 1),
        ("Python, Go", 11.0, False, 1),
        ("Ann Lee", 20.0, True, 2),
        ("Python, Go", 11.0, False, 2),
    ]
    assert document.pages == 2
    assert document.blank_pages == []
    box = document.lines[0].box
    assert box is not None
    assert box[0] == pytest.approx(50, abs=2)


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"left line {number} goes on for a while" for number in range(8)]
    right = [f"right line {number} as well" for number in range(7)]
    assert texts(files.two_columns(left, right, "Ann Lee")) == ["Ann Lee", *left, *right]


def test_dates_beside_jobs_are_no_column() -> None:
    left = [f"Job number {number} at a firm" for number in range(6)]
    right = [f"201{number} - 202{number}" for number in range(6)]
    rows = [f"{job}\t{period}" for job, period in zip(left, right, strict=True)]
    assert texts(files.two_columns(left, right, "Ann Lee")) == ["Ann Lee", *rows]


def test_word_in_its_order_with_header_list_and_table() -> None:
    data = files.word(
        ["# Skills", "- Python", "Plain words"], table=[["2019", "Acme"], ["2021", "Initech"]], header="Ann Lee"
    )
    document = runner.read(data, Kind.DOCX)
    assert [(line.text, line.heading) for line in document.lines] == [
        ("Ann Lee", False),
        ("Skills", True),
        ("• Python", False),
        ("Plain words", False),
        ("2019\tAcme", False),
        ("2021\tInitech", False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_in_unicode(encoding: str) -> None:
    words = "姓名：李娜\n\nИван Петров\n홍길동"
    document = runner.read(words.encode(encoding), Kind.TXT)
    assert [(line.text, line.gap) for line in document.lines] == [
        ("姓名：李娜", False),
        ("Иван Петров", True),
        ("홍길동", False),
    ]


def test_plain_text_in_legacy_encodings() -> None:
    russian = "Иван Петров, программист из Москвы. Опыт работы пять лет, образование высшее техническое."
    chinese = "姓名：李娜，前端开发工程师，熟悉网页开发流程，有较强的学习能力和责任心。"
    assert texts(russian.encode("cp1251")) == [russian]
    assert texts(chinese.encode("gb18030")) == [chinese]


def test_characters_given_in_halves_become_whole() -> None:
    assert clean("\ud83d\ude00 a\ud800b") == "\U0001f600 ab"


def test_look_alikes_become_plain_letters() -> None:
    assert texts("\ufb01nal o\ufb03ce\u00a0\u2f2f\u7a0b \ue0b1 Ｐｙｔｈｏｎ".encode()) == ["final office 工程  Python"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"   \n ", Reason.EMPTY),
        (files.word([]), Reason.EMPTY),
        (files.scan(), Reason.NO_TEXT_LAYER),
        (files.pdf(["Ann", "secret"], password="pass"), Reason.PASSWORD_PROTECTED),
        (files.encrypted_word(), Reason.PASSWORD_PROTECTED),
        (files.pdf(["Ann", "Lee and more"])[:300], Reason.CORRUPT),
        (b"%PDF-1.4 and nothing else", Reason.CORRUPT),
        (files.word(["Ann"])[:-200], Reason.CORRUPT),
        (files.archive({"word/document.xml": b"<w:document>"}), Reason.CORRUPT),
        (files.archive({"word/other.xml": b"<a/>"}), Reason.CORRUPT),
        (files.pdf(["A page of a book"], pages=101), Reason.TOO_MANY_PAGES),
        (b"word " * 50_000, Reason.TOO_LONG),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_refusals(data: bytes, reason: Reason) -> None:
    assert reason_of(data) == reason


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_fast_and_small(name: str) -> None:
    """Within 2 s of processor time and 300 MB above a reader that reads a small file."""
    make, reason = BOMBS[name]
    data = make()
    kind = kind_of(data) or Kind.DOCX
    cost = measure(data, kind)
    assert cost.seconds < MOST_SECONDS
    assert cost.memory - idle(kind).memory < MOST_MEMORY
    assert cost.reason == reason


def test_a_form_that_draws_itself_is_refused_and_the_next_file_read() -> None:
    assert reason_of(files.endless_form()) in (Reason.TOO_HEAVY, Reason.CORRUPT, Reason.NO_TEXT_LAYER)
    assert texts(files.pdf(["Ann Lee", "Python, Go"])) == ["Ann Lee", "Python, Go"]


def test_a_reader_that_takes_too_long_is_killed() -> None:
    limits = replace(Limits(), seconds=0.001)
    assert reason_of(files.pdf(["Ann", "Lee and more"]), limits) == Reason.TOO_SLOW


@dataclass
class Cost:
    """Processor time and the highest resident size, in bytes; `reason` is why the document was refused, if it was."""

    seconds: float
    memory: int
    reason: Reason | None = None


@cache
def idle(kind: Kind) -> Cost:
    """Of a small file."""
    return measure(files.word(["Ann"]) if kind is Kind.DOCX else files.pdf(["Ann", "Lee and more"]), kind)


def measure(data: bytes, kind: Kind) -> Cost:
    """What reading costs a child of its own, polled from outside because a killed one tells nothing."""
    with Child() as child, ThreadPoolExecutor(1) as thread:
        reading = thread.submit(outcome, data, kind, child)
        cost = Cost(0, 0)
        while not reading.done():
            cost = cost_of(child.pid, cost)
            time.sleep(0.002)
    return replace(cost, reason=reading.result())


def outcome(data: bytes, kind: Kind, child: Child) -> Reason | None:
    try:
        runner.ask(runner.JOB, data, kind, child=child)
    except DocumentError as error:
        return error.reason
    return None


def cost_of(pid: int | None, last: Cost) -> Cost:
    """Of a process so far; what was known last where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        times = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    except OSError:
        return last
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), None)
    return Cost(sum(map(int, times)) / os.sysconf("SC_CLK_TCK"), int(peak) * 1024) if peak else last
