"""A person's corrections: what keeps its source, what is marked, and what a new reading leaves alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from resumes.domain import corrections, parsing, profiles, reading, schema
from resumes.domain.corrections import CORRECTED
from resumes.domain.sources import values
from resumes.models import Resume, Status
from tests.resumes.conftest import MakeResume

BEFORE: dict[str, Any] = {
    "basics": {"name": "Ann Lee", "phone": "+7 916 123-45-67", "location": {"city": "Riga"}},
    "work": [
        {"name": "Acme", "position": "Developer", "highlights": ["Built billing", "Led a team"]},
        {"name": "Umbrella", "position": "Tester", "startDate": "2019-01"},
    ],
    "skills": [{"name": "Python"}, {"name": "Go"}],
}
SOURCES = {value.pointer: {"page": 1, "start": n, "end": n, "box": None} for n, value in enumerate(values(BEFORE))}


def after(changes: dict[str, Any]) -> dict[str, Any]:
    return corrections.sources_after(BEFORE, BEFORE | changes, SOURCES)


def corrected(sources: dict[str, Any]) -> set[str]:
    return {pointer for pointer, source in sources.items() if source == CORRECTED}


def test_what_stays_keeps_its_source() -> None:
    assert after({}) == SOURCES


def test_a_changed_field_is_marked_and_no_other() -> None:
    first, second = BEFORE["work"]
    found = after({"work": [first | {"position": "Engineer"}, second]})
    assert corrected(found) == {"/work/0/position"}
    assert {pointer: found[pointer] for pointer in SOURCES if pointer != "/work/0/position"} == {
        pointer: source for pointer, source in SOURCES.items() if pointer != "/work/0/position"
    }


def test_entries_that_move_take_their_sources_along() -> None:
    first, second = BEFORE["work"]
    found = after({"work": [{"name": "Initech"}, second, first | {"highlights": ["Led a team", "Built billing"]}]})
    assert corrected(found) == {"/work/0/name"}
    assert found["/work/1/startDate"] == SOURCES["/work/1/startDate"]
    assert found["/work/2/name"] == SOURCES["/work/0/name"]
    assert found["/work/2/highlights/0"] == SOURCES["/work/0/highlights/1"]


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"basics": {"name": "Ann Lee", "location": {"city": "Riga"}}}, {"/basics/phone"}),
        ({"basics": BEFORE["basics"] | {"location": {}}}, {"/basics/location"}),
        ({"skills": [{"name": "Go"}]}, {"/skills"}),
        ({"skills": []}, {"/skills"}),
        ({"skills": [{"name": "Rust"}]}, {"/skills/0/name"}),
    ],
)
def test_what_is_removed_is_marked(changes: dict[str, Any], marked: set[str]) -> None:
    assert corrected(after(changes)) == marked


def test_marks_stay_with_the_next_correction() -> None:
    once = BEFORE | {"skills": [{"name": "Go"}], "basics": BEFORE["basics"] | {"name": "Ann Li"}}
    sources = corrections.sources_after(BEFORE, once, SOURCES)
    twice = once | {"work": BEFORE["work"][:1]}
    assert corrected(corrections.sources_after(once, twice, sources)) == {"/skills", "/basics/name", "/work"}


ROW = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from("abc"), "position": st.text(max_size=3), "highlights": st.lists(st.just("x"))}
)
PROFILE = st.fixed_dictionaries(
    {},
    optional={
        "basics": st.dictionaries(st.sampled_from(["name", "phone"]), st.text(max_size=3)),
        "work": st.lists(ROW),
    },
)


@given(PROFILE, PROFILE)
def test_every_value_has_the_source_of_an_equal_one_or_is_marked(old: dict[str, Any], new: dict[str, Any]) -> None:
    texts = {value.pointer: value.text for value in values(old)}
    found = corrections.sources_after(old, new, {pointer: {"page": pointer} for pointer in texts})
    origins = {value.pointer: found[value.pointer].get("page") for value in values(new)}
    for value in values(new):
        origin = origins[value.pointer]
        assert found[value.pointer] == CORRECTED if origin is None else texts[origin] == value.text
    told = [origin for origin in origins.values() if origin]
    assert len(told) == len(set(told))
    profile, sources = corrections.kept(new, found, old, {})
    assert corrections.kept(new, found, profile, sources) == (profile, sources)


def test_many_changed_entries_take_no_time() -> None:
    many = [{"name": f"skill {n}", "keywords": [f"word {n % 7}"]} for n in range(500)]
    changed = [row | {"name": f"other {n}"} for n, row in enumerate(many)]
    found = corrections.sources_after({"skills": many}, {"skills": changed}, {})
    assert len(corrected(found)) == 500


def test_a_new_reading_keeps_what_was_corrected() -> None:
    held = BEFORE | {"skills": [{"name": "Rust"}], "basics": {"name": "Ann Li"}}
    sources = corrections.sources_after(BEFORE, held, SOURCES)
    read = {"basics": {"name": "ANN", "phone": "1", "email": "a@b.org"}, "skills": [{"name": "C"}], "work": []}
    located = {"/basics/email": {"page": 1}, "/basics/name": {"page": 1}, "/skills/0/name": {"page": 2}}
    profile, found = corrections.kept(held, sources, read, located)
    assert profile == {"basics": {"name": "Ann Li", "email": "a@b.org"}, "skills": [{"name": "Rust"}], "work": []}
    assert found["/basics/email"] == {"page": 1}
    assert corrected(found) == {"/basics/name", "/basics/phone", "/basics/location", "/skills/0/name"}


def test_the_whole_way(make_resume: MakeResume, owner: User) -> None:
    """A failed reading, filled in by hand, and then read."""
    resume = make_resume(owner, status=Status.FAILED)
    profiles.correct(resume, {"profile": schema.from_json({"skills": [{"name": "Rust"}]})})
    Resume.objects.filter(pk=resume.pk).update(status=Status.PENDING)
    claimed = reading.claim(resume.pk)
    assert claimed is not None
    reading.finish(claimed, parsing.parse(b"Ann Lee\nann@example.org\n\nSkills\nPython, SQL", parsing.Kind.TXT))
    stored = Resume.objects.get(pk=resume.pk)
    assert stored.profile["skills"] == [{"name": "Rust"}]
    assert stored.profile["basics"]["email"] == "ann@example.org"
    assert stored.sources["/skills/0/name"] == CORRECTED
    assert (
        stored.text[slice(*(stored.sources["/basics/email"][edge] for edge in ("start", "end")))] == "ann@example.org"
    )
    assert list(stored.skills.values_list("key", flat=True)) == ["rust"]
