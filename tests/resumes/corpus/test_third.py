"""Resumes of other trades, written as people write them, against their exact truth."""

from providers.documents.base import Limits
from providers.documents.textual import read_text
from resumes.domain.parser.assembly import parse
from tests.resumes.corpus.scoring import judge, summed
from tests.resumes.corpus.third import written

FLOOR = 0.95  # 0.87 when it was first read, before any rule knew it


def test_twelve_resumes_of_other_trades() -> None:
    found = list(written())
    assert len(found) == 12
    verdicts = [judge(one.name, one.truth, parse(read_text(one.text.encode(), Limits())).profile) for one in found]
    wrong = [(one.path, one.expected, one.got) for verdict in verdicts for one in verdict.wrong]
    assert summed(verdict.total for verdict in verdicts).f1 >= FLOOR, wrong
