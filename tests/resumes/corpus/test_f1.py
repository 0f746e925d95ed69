"""The offline parser against the exact truth of both sets. `python -m bench.parsing --list` shows each wrong field."""

import pytest

from bench.parsing import LIMIT, Reading, read_one
from providers.documents.base import Reason
from providers.ocr import tesseract
from tests.resumes.conftest import Reader
from tests.resumes.corpus import people
from tests.resumes.corpus.catalogue import PICTURES, resumes
from tests.resumes.corpus.scoring import summed

# A little below what the parser reaches: 0.977 and 0.947.
FLOORS = {False: 0.97, True: 0.94}
SCAN_FLOOR = 0.85


def readings(reader: Reader, *, unseen: bool) -> list[Reading]:
    """Of the resumes that are no pictures."""
    wanted = [resume for resume in resumes(unseen=unseen) if resume.format not in PICTURES]
    lacking = {resume.missing for resume in wanted if resume.missing}
    if lacking:
        pytest.skip("; ".join(sorted(lacking)))
    return [read_one(resume, reader) for resume in wanted]


@pytest.mark.parametrize("unseen", [False, True], ids=["seen", "unseen"])
def test_the_parser_keeps_its_f1(unseen: bool, document_of: Reader) -> None:
    found = readings(document_of, unseen=unseen)
    assert len(found) == 48
    assert {reading.resume.name: reading.reason for reading in found if reading.reason} == {}
    assert summed(reading.verdict.total for reading in found).f1 >= max(FLOORS[unseen], LIMIT)


@pytest.mark.parametrize("language", people.LANGUAGES)
def test_a_scan_is_read(language: str) -> None:
    """One a language: recognition takes seconds a page. `python -m bench.parsing --pictures` reads them all."""
    resume = next(one for one in resumes(language=language) if one.format == "scan")
    if resume.missing:
        pytest.skip(resume.missing)
    reading = read_one(resume)
    if reading.reason == Reason.OCR_LANGUAGE and not tesseract.installed():
        pytest.skip("tesseract-ocr is not installed, nor its models of Russian and Korean")
    assert reading.reason == ""
    assert reading.verdict.total.f1 >= SCAN_FLOOR
