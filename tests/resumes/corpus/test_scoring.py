"""The judge is strict in what counts and blind to what does not."""

from typing import Any

import pytest

from tests.resumes.corpus.scoring import Score, Wrong, aligned, judge, same_city, same_firm, same_phone

TRUTH: dict[str, Any] = {
    "basics": {"name": "Ann Lee", "email": "a@b.org", "phone": "8 (903) 111-22-33", "location": {"city": "Казань"}},
    "work": [
        {
            "name": "Kite Ltd",
            "position": "Tester",
            "startDate": "2020-01",
            "endDate": "2021-03",
            "highlights": ["Used Go"],
        },
        {"name": "Moss", "position": "Lead", "startDate": "2021-04"},
    ],
    "education": [{"institution": "Eastvale University", "area": "Law", "studyType": "LLB", "endDate": "2019"}],
    "skills": [{"name": "Kubernetes"}, {"name": "C++"}],
    "languages": [{"language": "German", "fluency": "B2"}],
    "projects": [{"name": "Tidewatch"}],
}


def changed(**parts: Any) -> dict[str, Any]:
    return TRUTH | parts


def test_the_truth_agrees_with_itself() -> None:
    verdict = judge("r", TRUTH, TRUTH)
    assert verdict.wrong == []
    assert verdict.total == Score(hits=4 + 4 + 3 + 4 + 2 + 2 + 1)
    assert verdict.total.f1 == 1.0


def test_nothing_read_misses_everything() -> None:
    total = judge("r", TRUTH, {}).total
    assert (total.hits, total.misses, total.false_alarms) == (0, 19, 0)  # no fluency of a language that was not found
    assert (total.precision, total.recall, total.f1) == (1.0, 0.0, 0.0)


def test_order_and_writing_do_not_count() -> None:
    basics = {"name": "ANN  LEE", "email": "A@b.org", "phone": "+7 903 111-22-33", "location": {"city": "г. Казань"}}
    jobs = [TRUTH["work"][1], TRUTH["work"][0] | {"name": "Kite"}]
    got = changed(basics=basics, work=jobs, skills=[{"name": "c++"}, {"name": "k8s"}])
    assert judge("r", TRUTH, got).wrong == []


def test_a_wrong_field_is_a_miss_and_a_false_alarm() -> None:
    jobs = [TRUTH["work"][0] | {"startDate": "2020"}, TRUTH["work"][1] | {"endDate": "2022"}]
    verdict = judge("r", TRUTH, changed(work=jobs))
    assert verdict.wrong == [
        Wrong("r", "/work/0/startDate", "2020-01", "2020"),
        Wrong("r", "/work/1/endDate", "", "2022"),
    ]
    assert verdict.fields["work.startDate"] == Score(hits=1, misses=1, false_alarms=1)
    assert verdict.fields["work.endDate"] == Score(hits=1, misses=0, false_alarms=1)


def test_two_jobs_read_as_one_are_paid_for() -> None:
    verdict = judge("r", TRUTH, changed(work=TRUTH["work"][:1]))
    assert [one.path for one in verdict.wrong] == ["/work/1/name", "/work/1/position", "/work/1/startDate"]


def test_a_job_too_many_is_paid_for() -> None:
    verdict = judge("r", TRUTH, changed(work=[*TRUTH["work"], {"name": "Food Bank", "startDate": "2018"}]))
    assert verdict.wrong == [Wrong("r", "/work/2/name", "", "Food Bank"), Wrong("r", "/work/2/startDate", "", "2018")]


def test_a_skill_named_elsewhere_is_neither_right_nor_wrong() -> None:
    extra = [*TRUTH["skills"], {"name": "Go"}, {"name": "Java"}]
    verdict = judge("r", TRUTH, changed(skills=extra))
    assert verdict.wrong == [Wrong("r", "/skills", "", "Java")]
    assert verdict.fields["skills"] == Score(hits=2, misses=0, false_alarms=1)


def test_the_name_of_a_group_is_no_skill() -> None:
    groups = [{"name": "Tools", "keywords": ["C++", "Kubernetes"]}]
    assert judge("r", TRUTH, changed(skills=groups)).wrong == []


def test_sets_list_what_is_missing_and_what_is_too_much() -> None:
    verdict = judge("r", TRUTH, changed(projects=[{"name": "Tidewatch alerting"}]))
    assert verdict.wrong == [
        Wrong("r", "/projects", "Tidewatch", ""),
        Wrong("r", "/projects", "", "Tidewatch alerting"),
    ]


def test_jobs_meet_their_like() -> None:
    pairs = list(aligned(TRUTH["work"], list(reversed(TRUTH["work"])), "work"))
    assert all(right == read for right, read in pairs)


@pytest.mark.parametrize(
    ("expected", "got", "agree"),
    [
        ("ООО «Синий Кит»", "Синий Кит", True),
        ("(주)푸른솔소프트", "푸른솔소프트", True),
        ("Quillmark Ltd", "Quillmark", True),
        ("Harbourline Payments", "Harbourline", False),
        ("АО", "", False),
    ],
)
def test_firms(expected: str, got: str, agree: bool) -> None:
    assert same_firm(expected, got) is agree


@pytest.mark.parametrize(
    ("expected", "got", "agree"),
    [("Самара", "г. Самара", True), ("苏州", "苏州市", True), ("성남", "성남시", True), ("성남", "경기도", False)],
)
def test_cities(expected: str, got: str, agree: bool) -> None:
    assert same_city(expected, got) is agree


@pytest.mark.parametrize(
    ("expected", "got", "agree"),
    [
        ("010-4737-8688", "+82 10-4737-8688", True),
        ("8 (903) 977-55-42", "+7 903 977-55-42", True),
        ("(503) 555-0172", "+1 503-555-0172", True),
        ("138 1234 5678", "+86 138 1234 5679", False),
        ("(503) 555-0172", "0172", False),
    ],
)
def test_phones(expected: str, got: str, agree: bool) -> None:
    assert same_phone(expected, got) is agree
