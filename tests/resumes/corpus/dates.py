"""Dates and periods as resumes write them. A month is (year, month)."""

from dataclasses import dataclass

Month = tuple[int, int]

SHORT = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "ru": ["янв.", "фев.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сен.", "окт.", "ноя.", "дек."],
}
LONG = {
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ],
    "ru": [
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
        "декабрь",
    ],
}  # fmt: skip
GENITIVE = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
]  # fmt: skip
SEASONS = {
    "en": ("Winter", "Spring", "Summer", "Fall"),
    "ru": ("зима", "весна", "лето", "осень"),
    "zh": ("冬季", "春季", "夏季", "秋季"),
    "ko": ("겨울", "봄", "여름", "가을"),
}


@dataclass(frozen=True)
class Style:
    """`point` and `period` are format strings; `monthly` tells whether a point says the month."""

    point: str
    period: str
    present: str
    monthly: bool = True


STYLES = {
    "en": (
        Style("{short} {y}", "{a} – {b}", "Present"),
        Style("{mm}/{y}", "{a} - {b}", "now"),
        Style("{long} {y}", "{a} to {b}", "present"),
        Style("{short} '{yy}", "{a} – {b}", "Present"),
        Style("{y}", "{a}–{b}", "Present", monthly=False),
        Style("{y}-{mm}", "{a} – {b}", "Current"),
        Style("{season} {y}", "{a} – {b}", "Present", monthly=False),
        Style("{SHORT} {y}", "{a} — {b}", "PRESENT"),
        Style("{y}.{mm}", "{a} ~ {b}", "today"),
        Style("{short}. {y}", "from {a} until {b}", "now"),
    ),
    "zh": (
        Style("{y}.{mm}", "{a}–{b}", "至今"),
        Style("{y}年{m}月", "{a} - {b}", "至今"),
        Style("{y}/{mm}", "{a}-{b}", "现在"),
        Style("{y}-{mm}", "{a} 至 {b}", "今"),
        Style("{y}年", "{a}—{b}", "至今", monthly=False),
        Style("{y}.{m}", "{a} ~ {b}", "至今"),
        Style("{y} 年 {m} 月", "{a} — {b}", "目前"),
        Style("{y}年{season}", "{a}至{b}", "至今", monthly=False),
    ),
    "ru": (
        Style("{long} {y}", "{a} — {b}", "н.в."),
        Style("{mm}.{y}", "{a} – {b}", "настоящее время"),
        Style("{Long} {y}", "{a} — {b}", "настоящее время"),
        Style("{long} {y}", "с {from_a} по {b}", "настоящее время"),
        Style("{y}", "{a}–{b} гг.", "наст. время", monthly=False),
        Style("{short} {y}", "{a} - {b}", "н. в."),
        Style("{long} {y} г.", "{a} – {b}", "по настоящее время"),
        Style("{season} {y}", "{a} — {b}", "н.в.", monthly=False),
        Style("{mm}/{y}", "{a}-{b}", "сейчас"),
    ),
    "ko": (
        Style("{y}년 {m}월", "{a} ~ {b}", "현재"),
        Style("{y}.{mm}", "{a} ~ {b}", "현재"),
        Style("{y}.{mm}", "{a} - {b}", "재직 중"),
        Style("{y}/{mm}", "{a}~{b}", "현재"),
        Style("{y}년", "{a} ~ {b}", "현재", monthly=False),
        Style("{y}-{mm}", "{a} ~ {b}", "재직중"),
        Style("'{yy}.{mm}", "{a} – {b}", "현재"),
        Style("{y}. {m}.", "{a} ~ {b}", "현재"),
        Style("{y}년 {season}", "{a} ~ {b}", "현재", monthly=False),
    ),
}


def point(month: Month, style: Style, language: str) -> str:
    return style.point.format(**_words(month, language))


def period(start: Month, end: Month | None, style: Style, language: str) -> str:
    """The period in words; no `end` means that it lasts."""
    words = _words(start, language)
    b = point(end, style, language) if end else style.present
    from_a = style.point.replace("{long}", "{genitive}").format(**words)
    text = style.period.format(a=style.point.format(**words), from_a=from_a, b=b)
    return text if end else text.replace(" гг.", "").replace("— по", "по").replace("– по", "по")


def _words(month: Month, language: str) -> dict[str, object]:
    year, number = month
    short = SHORT.get(language, [""] * 12)[number - 1]
    long = LONG.get(language, [""] * 12)[number - 1]
    return {
        "y": year,
        "yy": f"{year % 100:02d}",
        "m": number,
        "mm": f"{number:02d}",
        "short": short,
        "SHORT": short.upper(),
        "long": long,
        "Long": long.capitalize(),
        "genitive": GENITIVE[number - 1],
        "season": SEASONS[language][number % 12 // 3],
    }


def iso(month: Month, style: Style) -> str:
    """What the written date says: no month where it is not written."""
    return f"{month[0]}-{month[1]:02d}" if style.monthly else str(month[0])


def duration(start: Month, end: Month, language: str) -> str:
    """How job boards print the length of a job: `2 yrs 3 mos`."""
    years, months = divmod((end[0] - start[0]) * 12 + end[1] - start[1] + 1, 12)
    words = {
        "en": ("yr" + "s" * (years > 1), "mo" + "s" * (months > 1)),
        "ru": ("г.", "мес."),
        "zh": ("年", "个月"),
        "ko": ("년", "개월"),
    }[language]
    space = "" if language in ("zh", "ko") else " "
    pieces = [f"{number}{space}{word}" for number, word in zip((years, months), words, strict=True) if number]
    return f"({' '.join(pieces)})"
