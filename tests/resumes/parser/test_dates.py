"""Periods in four languages."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resumes.domain.parser import dates

ENGLISH = "January February March April May June July August September October November December"
RUSSIAN = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
RUSSIAN_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
MONTHS = {
    "en": ENGLISH.split(),
    "short": [name[:3] for name in ENGLISH.split()],
    "ru": RUSSIAN.split(),
    "of": RUSSIAN_OF.split(),
}
SHAPES = {
    "en": lambda day: f"{MONTHS['en'][day.month - 1]} {day.year}",
    "short": lambda day: f"{MONTHS['short'][day.month - 1]}. {day.year}",
    "upper": lambda day: f"{MONTHS['short'][day.month - 1].upper()} {day.year}",
    "ru": lambda day: f"{MONTHS['ru'][day.month - 1]} {day.year}",
    "of": lambda day: f"{MONTHS['of'][day.month - 1]} {day.year} г.",
    "zh": lambda day: f"{day.year}年{day.month}月",
    "ko": lambda day: f"{day.year}년 {day.month}월",
    "dots": lambda day: f"{day.year}.{day.month:02d}",
    "dashes": lambda day: f"{day.year}-{day.month:02d}",
    "slashes": lambda day: f"{day.month:02d}/{day.year}",
    "points": lambda day: f"{day.month:02d}.{day.year}",
}
SEPARATORS = [" - ", " – ", "–", " — ", " ~ ", " to ", " по ", " 至 "]
PRESENTS = [
    "Present",
    "present",
    "Now",
    "current",
    "по настоящее время",
    "настоящее время",
    "н.в.",
    "至今",
    "现在",
    "현재",
]
DAYS = st.dates(date(1960, 1, 1), date(2049, 12, 31))


def iso(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


@given(DAYS, DAYS, st.sampled_from(sorted(SHAPES)), st.sampled_from(SEPARATORS))
@example(date(2020, 5, 1), date(2020, 5, 1), "dashes", "–")
def test_a_period_is_read_as_it_was_written(one: date, other: date, shape: str, separator: str) -> None:
    start, end = sorted((one, other))
    text = f"Developer, {SHAPES[shape](start)}{separator}{SHAPES[shape](end)}, Acme"
    period = dates.find_period(text)
    assert period is not None
    assert (period.start, period.end, period.current) == (iso(start), iso(end), False)
    assert dates.cut(text, period) == "Developer\tAcme"


@given(DAYS, st.sampled_from(sorted(SHAPES)), st.sampled_from(PRESENTS))
def test_a_period_that_lasts(start: date, shape: str, present: str) -> None:
    period = dates.find_period(f"{SHAPES[shape](start)} - {present}")
    assert period is not None
    assert (period.start, period.end, period.current) == (iso(start), "", True)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    period = dates.find(text)
    assert period is None or 0 <= period.span[0] < period.span[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "current"),
    [
        ("2016 - 2018", "2016", "2018", False),
        ("2016–2018 гг.", "2016", "2018", False),
        ("с мая 2020 по н.в.", "2020-05", "", True),
        ("since 2019", "2019", "", True),
        ("с 2017 года", "2017", "", True),
        ("2020 - Наст. время", "2020", "", True),
        ("15.03.2019 - 20.04.2020", "2019-03", "2020-04", False),
        ("Sep 15, 2020 - Oct 3, 2021", "2020-09", "2021-10", False),
        ("2023 년 7 월 - 2023 년 8 월", "2023-07", "2023-08", False),
        ("2021-03 ~ 현재", "2021-03", "", True),
        ("2020.07-至今", "2020-07", "", True),
        ("2018年9月—2022年6月", "2018-09", "2022-06", False),
        ("2019", "2019", "", False),
        ("2018년 졸업", "2018", "", False),
        ("March 2022 - February 2022", "2022-03", "", False),
    ],
)
def test_as_resumes_write_them(text: str, start: str, end: str, current: bool) -> None:
    period = dates.find(text)
    assert period is not None
    assert (period.start, period.end, period.current) == (start, end, current)


@pytest.mark.parametrize(
    "text", ["", "no date", "1800 - 1900", "room 20201", "010-1234-5678", "+7 916 123-45-67", "Windows 98", "99.99%"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates.find(text) is None
