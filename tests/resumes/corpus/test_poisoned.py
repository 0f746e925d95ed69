"""The poison is in each file, and a person who looks at the file does not see the hidden kinds of it."""

import io
import zipfile

import docx
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tests.resumes.corpus.poisoned import Kind, Poisoned, poisoned, unread
from tests.resumes.corpus.scoring import plain

ALL = [*poisoned(), *unread()]
UNSEEN = (Kind.WHITE, Kind.OFF_PAGE, Kind.INVISIBLE)


def ready(poison: Poisoned) -> Poisoned:
    if poison.missing:
        pytest.skip(poison.missing)
    return poison


def words_of(kind: str, data: bytes) -> str:
    """Every text that is anywhere in the file."""
    if kind == "txt":
        return data.decode()
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    document = pdfium.PdfDocument(data)
    return "".join([*(page.get_textpage().get_text_bounded(-2000, -2000, 4000, 4000) for page in document),
                    *document.get_metadata_dict().values()])  # fmt: skip


def picture(data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    return np.asarray(pdfium.PdfDocument(data)[0].render(scale=1).to_pil().convert("L"), dtype=np.int16)


def test_twenty_in_four_languages_and_three_formats() -> None:
    found = list(poisoned())
    assert len({one.name for one in found}) == len(found) == 20
    assert [sum(one.resume.language == language for one in found) for language in ("en", "zh", "ru", "ko")] == [
        6,
        5,
        5,
        4,
    ]
    assert {one.format for one in found} == {"pdf", "docx", "txt"}
    assert {one.kind for one in ALL} == set(Kind)


@pytest.mark.parametrize("poison", ALL, ids=lambda poison: poison.name)
def test_only_the_poisoned_file_has_the_poison(poison: Poisoned) -> None:
    ready(poison)
    assert plain(poison.what) in plain(words_of(poison.format, poison.data))
    assert plain(poison.what) not in plain(words_of(poison.format, poison.clean))
    assert plain(poison.resume.truth["basics"]["email"]) in plain(words_of(poison.format, poison.clean))


@pytest.mark.parametrize(
    "poison", [one for one in ALL if one.format == "pdf" and one.kind in UNSEEN], ids=lambda poison: poison.name
)
def test_nobody_sees_it(poison: Poisoned) -> None:
    ready(poison)
    assert np.abs(picture(poison.data) - picture(poison.clean)).max() <= 2


def test_a_picture_covers_it() -> None:
    poison = next(one for one in ALL if one.kind is Kind.COVERED)
    document = pdfium.PdfDocument(ready(poison).data)
    kinds = [thing.type for thing in document[0].get_objects()]
    assert raw.FPDF_PAGEOBJ_IMAGE in kinds


def test_invisible_text_has_no_ink() -> None:
    poison = next(one for one in ALL if one.kind is Kind.INVISIBLE)
    modes = [
        raw.FPDFTextObj_GetTextRenderMode(thing.raw)
        for thing in pdfium.PdfDocument(ready(poison).data)[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    ]
    assert raw.FPDF_TEXTRENDERMODE_INVISIBLE in modes


def test_word_hides_it() -> None:
    poison = next(one for one in ALL if one.kind is Kind.HIDDEN)
    runs = [run for paragraph in docx.Document(io.BytesIO(poison.data)).paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.hidden] == [poison.what]
