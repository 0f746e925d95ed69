"""Several frames must agree, and one episode is one event."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctoring.domain.agreement import Agreement, Cleared, Raised, Rules, Verdict, condition_of

MANY, NOBODY, COVERED = "multiple_faces", "no_face", "camera_covered"
CONDITIONS = {"m": MANY, "n": NOBODY, "c": COVERED, ".": None}


def watch(frames: str, step_ms: int = 1000, rules: Rules | None = None) -> list[Verdict]:
    """Verdicts on a picture of the frames, one letter a frame: m, n, c or a dot for an ordinary one."""
    agreement = Agreement(rules or Rules())
    return [
        verdict
        for number, letter in enumerate(frames)
        for verdict in agreement.observe(CONDITIONS[letter], number * step_ms)
    ]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ("", []),
        ("........", []),
        ("m", []),
        ("mm", []),
        ("mmm", [Raised(MANY, 0)]),
        ("mmmmmmmm", [Raised(MANY, 0)]),
        ("m.mm", [Raised(MANY, 0)]),
        ("mm.m", [Raised(MANY, 0)]),
        ("m..mm", []),
        ("m..mmm", [Raised(MANY, 3000)]),
        ("m.m.m.m.m.", []),
        (".m.mm", [Raised(MANY, 1000)]),
        ("mmm...", [Raised(MANY, 0), Cleared(MANY, 2000)]),
        ("mmm..m...", [Raised(MANY, 0), Cleared(MANY, 5000)]),
        ("mmm..m..m..m..", [Raised(MANY, 0)]),
        ("mmm...mm", [Raised(MANY, 0), Cleared(MANY, 2000)]),
        ("mmm...mmm", [Raised(MANY, 0), Cleared(MANY, 2000), Raised(MANY, 6000)]),
        ("mmmnnn", [Raised(MANY, 0), Cleared(MANY, 2000), Raised(NOBODY, 3000)]),
        ("mnmnmnmn", []),
        ("mnnmnmmm", [Raised(NOBODY, 1000), Raised(MANY, 3000), Cleared(NOBODY, 4000)]),
        ("ccc", [Raised(COVERED, 0)]),
        ("nncn", [Raised(NOBODY, 0)]),
    ],
)
def test_pictures_of_frames(frames: str, expected: list[Verdict]) -> None:
    assert watch(frames) == expected


@pytest.mark.parametrize("frames", ["".join(letters) for letters in product("m.", repeat=4)])
def test_all_of_four_frames(frames: str) -> None:
    first = frames.index("m") * 1000 if "m" in frames else 0
    assert watch(frames) == ([Raised(MANY, first)] if frames.count("m") >= 3 else [])


def test_frames_far_apart_are_no_observation() -> None:
    assert watch("mmm", step_ms=15_000) == [Raised(MANY, 0)]
    assert watch("mmmmmm", step_ms=15_001) == []


def test_a_gap_ends_an_episode_at_its_last_frame() -> None:
    agreement = Agreement()
    for at_ms in (0, 1000, 2000):
        agreement.observe(MANY, at_ms)
    assert agreement.open == {MANY}
    assert agreement.observe(MANY, 60_000) == [Cleared(MANY, 2000)]
    assert agreement.open == frozenset()
    assert agreement.observe(MANY, 61_000) == []
    assert agreement.observe(MANY, 62_000) == [Raised(MANY, 60_000)]


def test_a_clock_that_runs_backwards_begins_anew() -> None:
    agreement = Agreement()
    for at_ms in (5000, 6000, 7000):
        agreement.observe(NOBODY, at_ms)
    assert agreement.observe(NOBODY, 1000) == [Cleared(NOBODY, 7000)]


def test_closing_ends_what_is_open_and_forgets_the_rest() -> None:
    agreement = Agreement()
    for at_ms in (0, 1000, 2000):
        agreement.observe(MANY, at_ms)
    agreement.observe(NOBODY, 3000)
    assert agreement.close() == [Cleared(MANY, 2000)]
    assert agreement.close() == []
    assert agreement.observe(NOBODY, 4000) == []


def test_other_rules() -> None:
    assert watch("m", rules=Rules(window=1, needed=1, clear=1)) == [Raised(MANY, 0)]
    assert watch("m.", rules=Rules(window=1, needed=1, clear=1)) == [Raised(MANY, 0), Cleared(MANY, 0)]
    assert watch("m....m", rules=Rules(window=6, needed=2)) == [Raised(MANY, 0)]


@pytest.mark.parametrize("wrong", [{"needed": 5}, {"needed": 0}, {"clear": 0}, {"gap_ms": 0}, {"window": 2}], ids=str)
def test_rules_that_make_no_sense(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="Rules need"):
        Rules(**wrong)


@pytest.mark.parametrize(
    ("faces", "blank", "condition"),
    [(0, False, NOBODY), (1, False, None), (2, False, MANY), (9, False, MANY), (0, True, COVERED), (2, True, COVERED)],
)
def test_what_a_frame_shows(faces: int, blank: bool, condition: str | None) -> None:
    assert condition_of(faces, blank=blank) == condition


@given(st.text("mnc.", max_size=60), st.integers(1, 20_000))
def test_each_signal_is_raised_and_cleared_in_turn(frames: str, step_ms: int) -> None:
    open_since: dict[str, int] = {}
    for verdict in watch(frames, step_ms):
        if isinstance(verdict, Raised):
            assert verdict.signal not in open_since
            open_since[verdict.signal] = verdict.at_ms
        else:
            assert open_since.pop(verdict.signal) <= verdict.until_ms


@given(st.text("mnc.", max_size=60))
def test_a_raise_has_three_sightings_among_four_frames(frames: str) -> None:
    agreement = Agreement()
    for number, letter in enumerate(frames):
        for verdict in agreement.observe(CONDITIONS[letter], number):
            if isinstance(verdict, Raised):
                window = frames[max(0, number - 3) : number + 1]
                shown = [CONDITIONS[letter] == verdict.signal for letter in window]
                assert sum(shown) >= 3
                assert CONDITIONS[frames[verdict.at_ms]] == verdict.signal


@given(st.text("m.", max_size=40), st.integers(0, 2))
def test_one_wrong_frame_raises_nothing(frames: str, at: int) -> None:
    ordinary = "." * len(frames)
    assert watch(ordinary[:at] + "m" + ordinary[at:]) == []
