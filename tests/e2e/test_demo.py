"""`manage.py demo`, which a newcomer runs first."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import LiveServer


@pytest.mark.timeout(450)  # 70 s on an idle machine
def test_the_demo_ends_with_a_transcript_and_a_report(start_server: Callable[..., LiveServer]) -> None:
    server = start_server(STT_PROVIDER="pocketsphinx", ADAPTIVE_QUESTIONS="1")
    printed = " ".join(server.manage("demo", "--speed", "6", "--url", server.url).split())
    rate = re.search(r"Word error rate (\d\.\d\d)", printed)
    assert rate is not None, printed
    assert float(rate[1]) <= 0.35
    report = re.search(r"Report: (\S.*\.json)", printed)
    assert report is not None, printed
    assert Path(report[1].replace(" ", "")).is_file()
