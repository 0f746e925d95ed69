"""Reading a submission in a child: as in this process, and within its limits whatever the code is."""

import logging
import time
from dataclasses import replace

import pytest

from interviews.coding.follow_ups import analysis, choosing, reading
from tests.interviews.coding.follow_ups.submissions import PYTHON, about
from tests.interviews.coding.follow_ups.test_reading import OTHERS, source_in

AMPLE = replace(analysis.LIMITS, seconds=60.0)  # on a busy machine as well
SIZE = 256 * 1024
HEAVY = {
    "open brackets": ("python", "(" * SIZE),
    "signs": ("python", "x = " + "-" * SIZE),
    "one name": ("python", "a" * SIZE),
    "indents": ("python", "".join(" " * depth + "for a in b:\n" for depth in range(600))),
    "open comments": ("javascript", "/*" * SIZE),
    "open strings": ("go", '"\\"' * SIZE),
    "templates": ("typescript", "`${" * SIZE),
    "comparisons": ("cpp", "a<" * SIZE),
    "loops": ("java", "for(;;)" * SIZE),
    "numbers": ("rust", "4711 " * SIZE),
    "here documents": ("bash", "<<A\n" * SIZE),
    "blocks": ("ruby", "do |x| " * SIZE),
    "queries": ("sql", "(select " * SIZE),
    "words": ("text", "I assume a risk of 20% " * SIZE),
}


def test_as_in_this_process() -> None:
    assert analysis.sights(PYTHON, "python", limits=AMPLE) == reading.read(PYTHON, "python")
    for language in OTHERS:
        source = source_in(language)
        assert analysis.sights(source, language, limits=AMPLE) == reading.read(source, language)


def test_what_was_given_is_told_to_the_child() -> None:
    assert analysis.sights(PYTHON, "python", PYTHON) == ()


@pytest.mark.parametrize(("language", "source"), HEAVY.values(), ids=HEAVY)
def test_heavy_code_takes_a_moment_and_is_asked_about(language: str, source: str) -> None:
    """The limit is of one second; the rest is the machine's, which may be busy."""
    begun = time.monotonic()
    seen = analysis.sights(source, language)
    assert time.monotonic() - begun < 10
    assert len(choosing.questions(about(source, code_language=language), seen)) >= choosing.LEAST


@pytest.mark.parametrize(("language", "source"), HEAVY.values(), ids=HEAVY)
def test_words_alone_are_read_in_no_time(language: str, source: str) -> None:
    begun = time.process_time()
    reading.roughly(source, language)
    assert time.process_time() - begun < 1


def test_code_without_end_is_read_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source = "for first in secret_name:\n    for second in first:\n        pass\n" + "x = 1\n" * 500
    seen = analysis.sights(source, "python", limits=replace(analysis.LIMITS, seconds=0.0))
    assert ("nested_loop", 1) in {(one.aim, one.line) for one in seen}
    assert "a submission in python is read by its words alone (too_slow)" in caplog.text
    assert "secret" not in caplog.text
