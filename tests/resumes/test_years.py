"""How long somebody has worked."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from resumes.domain.years import today, total_years

TODAY = date(2026, 6, 15)


def job(start: str, end: str = "") -> dict[str, Any]:
    return {"startDate": start, "endDate": end} if end else {"startDate": start}


@pytest.mark.parametrize(
    ("work", "years"),
    [
        ([], None),
        ([{"name": "Acme"}], None),
        ([job("2020-01", "2021-12")], 2.0),
        ([job("2020-01", "2020-01")], 0.1),
        ([job("2016", "2018")], 2.0),
        ([job("2016", "2016")], 1.0),
        ([job("2016-08", "2016")], 0.4),
        ([job("2025-07")], 1.0),
        ([job("2027-01")], None),
        ([job("2020-01", "2020-12"), job("2020-07", "2021-06")], 1.5),
        ([job("2020-01", "2020-12"), job("2022-01", "2022-12")], 2.0),
        ([job("2020-12", "2020-01")], None),
        ([job("2020-01-15", "2020-12-31")], 1.0),
    ],
)
def test_total_years(work: list[dict[str, Any]], years: float | None) -> None:
    assert total_years({"work": work}, TODAY) == years


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_date_is_everybody_s(zone: str) -> None:
    with timezone.override(zone):
        assert today(datetime(2026, 11, 30, 20, 0, tzinfo=UTC)) == date(2026, 11, 30)
        assert today(datetime(2026, 12, 1, 2, 0, tzinfo=UTC)) == date(2026, 12, 1)
