"""What the candidate's page may report."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import Interview
from proctoring.domain import signals
from proctoring.domain.signals import BadSignal, RateLimit
from proctoring.domain.subscriptions import subscriptions
from proctoring.domain.timeline import Signal, Written
from proctoring.models import ProctoringEvent, Source


@pytest.mark.django_db(transaction=True)
def test_a_report_becomes_a_row(interview: Interview) -> None:
    stored = signals.from_client(interview.pk, "tab_hidden", 1500, {"seconds": 3})
    assert stored is not None
    written = stored.result(timeout=10)
    event = ProctoringEvent.objects.get()
    assert written == Written(event.pk, None)
    assert (event.interview_id, event.signal, event.source, event.at_ms) == (
        interview.pk,
        "tab_hidden",
        Source.CLIENT,
        1500,
    )
    assert (event.detail, event.notified) == ({"seconds": 3}, False)


@pytest.mark.django_db(transaction=True)
async def test_the_candidate_is_told_where_the_setting_says_so(interview: Interview, settings: Any) -> None:
    settings.CANDIDATE_SIGNALS = ["paste"]
    told: asyncio.Queue[Signal] = asyncio.Queue()
    subscriptions.add(interview.pk, told.put_nowait)
    try:
        signals.from_client(interview.pk, "paste", 10)
        signal = await asyncio.wait_for(told.get(), 10)
    finally:
        subscriptions.remove(interview.pk, told.put_nowait)
    assert (signal.signal, signal.text) == ("paste", "Text was pasted. Please write your own answers.")


@pytest.mark.parametrize(
    ("name", "at_ms", "detail", "field"),
    [
        ("dance", 0, None, "name"),
        ("multiple_faces", 0, None, "name"),
        (None, 0, None, "name"),
        (["paste"], 0, None, "name"),
        ("paste", -1, None, "at_ms"),
        ("paste", 2**31, None, "at_ms"),
        ("paste", 1.5, None, "at_ms"),
        ("paste", "1", None, "at_ms"),
        ("paste", True, None, "at_ms"),
        ("paste", 0, "text", "detail"),
        ("paste", 0, [1], "detail"),
        ("paste", 0, {"text": "x" * 2048}, "detail"),
        ("paste", 0, {"number": float("nan")}, "detail"),
        ("paste", 0, {"thing": object()}, "detail"),
    ],
)
def test_what_is_refused(name: Any, at_ms: Any, detail: Any, field: str) -> None:
    with pytest.raises(BadSignal) as caught:
        signals.from_client(1, name, at_ms, detail)
    assert caught.value.field == field


def test_a_detail_nested_beyond_reason_is_refused_and_not_a_crash() -> None:
    detail: dict[str, Any] = {}
    for _ in range(100_000):
        detail = {"a": detail}
    with pytest.raises(BadSignal):
        signals.checked_detail(detail)


def test_what_postgresql_cannot_store_is_taken_out() -> None:
    assert signals.checked_detail({"a\x00b": ["x\x00y", "\ud800!"], "n": None, "t": True}) == {
        "ab": ["xy", "?!"],
        "n": None,
        "t": True,
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), json_values, max_size=3))
def test_any_small_object_is_taken_and_can_be_stored(detail: dict[str, Any]) -> None:
    clean = signals.checked_detail(detail)
    assert json.loads(json.dumps(clean, ensure_ascii=False).encode()) == clean
    assert "\\u0000" not in json.dumps(clean)


def test_a_page_may_report_twenty_at_once_and_then_one_a_second() -> None:
    now = [0.0]
    limit = RateLimit(clock=lambda: now[0])
    assert sum(limit.allows(1) for _ in range(50)) == 20
    assert limit.allows(2)
    now[0] = 0.9
    assert not limit.allows(1)
    now[0] = 2.5
    assert [limit.allows(1) for _ in range(3)] == [True, True, False]


def test_only_so_many_interviews_are_remembered() -> None:
    limit = RateLimit(burst=1, clock=lambda: 0.0)
    for interview_id in range(signals.REMEMBERED + 1):
        limit.allows(interview_id)
    assert not limit.allows(signals.REMEMBERED)
    assert limit.allows(0)


@pytest.mark.django_db(transaction=True)
def test_a_flood_stores_a_bounded_number_of_rows(interview: Interview) -> None:
    futures = [signals.from_client(interview.pk, "window_blur", at_ms) for at_ms in range(200)]
    stored = [future.result(timeout=10) for future in futures if future is not None]
    assert 20 <= len(stored) <= 22
    assert ProctoringEvent.objects.count() == len(stored)
