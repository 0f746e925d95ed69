"""Every hostile program is held in: it learns nothing, leaves nothing, and nobody beside it notices."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from providers.sandbox.base import Case, Limits, Program, Ran
from tests.providers.sandbox.abuse.host import Host, descendants, host
from tests.providers.sandbox.abuse.hostile import PROGRAMS, Hostile
from tests.providers.sandbox.conftest import Box

NEIGHBOUR = """
with open("neighbour.txt", "w") as file:
    file.write(input())
total = 0
for number in range(300_000):
    total += number * number % 7
print(total, len(open("neighbour.txt").read()))
"""
ANSWER = f"{sum(number * number % 7 for number in range(300_000))} 34\n"
# What a program got hold of before it was stopped, with its limit of 64 MB and its runtime. It is looked at every
# 10 ms: in that time sixteen processes on as many cores take 29 MB each.
HELD_MB = 600
DISK_MB = 2048  # others use this machine's disk too


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    yield from host(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def neighbour(box: Box, planted: Host) -> Ran:
    word = planted.words["neighbour"]
    return box.sandbox.run(Program("python", NEIGHBOUR), [Case(word, args=[word])], Limits(cpu_s=20, wall_s=100))


def test_there_are_enough() -> None:
    assert len(PROGRAMS) >= 90


@pytest.mark.parametrize("hostile", PROGRAMS, ids=lambda hostile: hostile.name)
def test_it_is_held_in(hostile: Hostile, box: Box, planted: Host, threads: ThreadPoolExecutor) -> None:
    if hostile.language not in box.sandbox.languages():
        pytest.skip(f"no {hostile.language} here")
    before, kept, room = descendants(), planted.kept(), shutil.disk_usage("/tmp").free
    beside: Future[Ran] = threads.submit(neighbour, box, planted)
    source = planted.told(hostile.source)
    ran = box.sandbox.run(Program(hostile.language, source), [Case()] * hostile.cases, hostile.limits)
    [near] = beside.result().outcomes
    check_what_it_said(hostile, source, ran, planted)
    assert (near.status, near.stdout) == ("ok", ANSWER), near
    assert (planted.called(), planted.left_behind(), planted.kept()) == ([], [], kept)
    assert descendants() - before == set()
    assert room - shutil.disk_usage("/tmp").free < DISK_MB * 1024**2


def check_what_it_said(hostile: Hostile, source: str, ran: Ran, planted: Host) -> None:
    outcomes = ran.outcomes or tuple(filter(None, [ran.compiled]))
    said = "".join(f"{one.stdout}{one.stderr}" for one in (*outcomes, *filter(None, [ran.compiled])))
    assert planted.leaked(said, source) == []
    assert "BREACH" not in said.replace(source, "") or "compile_error" in hostile.ends, said[:2000]
    assert {str(one.status) for one in outcomes} <= hostile.ends, outcomes
    assert len(outcomes) == hostile.cases
    assert max(one.memory_kb for one in outcomes) < HELD_MB * 1024 or "compile_error" in hostile.ends
    assert all(len(one.stdout) <= hostile.limits.output_bytes for one in ran.outcomes)


def test_what_was_planted_is_what_they_look_for(planted: Host) -> None:
    """A program that found it would be noticed."""
    told = planted.told("open('@SECRET@'); open('@DATABASE@')")
    assert planted.leaked(Path(planted.places["SECRET"]).read_text(), told) == ["file"]
    assert "path" not in planted.leaked(planted.places["DATABASE"], told)
    assert planted.leaked(planted.places["DATABASE"], "") == ["path"]
