"""Jobs and schools as blocks, in the many orders that people give company, position, school and date."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from tests.resumes.corpus import dates
from tests.resumes.corpus.blocks import Block
from tests.resumes.corpus.manner import Manner
from tests.resumes.corpus.people import Stay

WORDS = {
    "en": {
        "firm": "Company",
        "position": "Role",
        "period": "Period",
        "school": "University",
        "area": "Major",
        "degree": "Degree",
    },
    "zh": {"firm": "公司", "position": "职位", "period": "时间", "school": "学校", "area": "专业", "degree": "学历"},
    "ru": {
        "firm": "Компания",
        "position": "Должность",
        "period": "Период",
        "school": "ВУЗ",
        "area": "Специальность",
        "degree": "Степень",
    },
    "ko": {"firm": "회사명", "position": "직책", "period": "기간", "school": "학교", "area": "전공", "degree": "학위"},
}
AT = {"en": "{p} at {n}", "ru": "{p} в компании {n}", "zh": "{n}（{p}）", "ko": "{n} ({p})"}
DEGREES = {
    "en": ("{t} in {a}", "{t}, {a}", "{a} ({t})"),
    "zh": ("{a} {t}", "{t} · {a}", "{a}（{t}）"),
    "ru": ("{t}, {a}", "{a} ({t})", "{t} — {a}"),
    "ko": ("{a} {t}", "{a} ({t})", "{a} / {t}"),
}
SCORES = {
    "en": ("GPA: ", "3.7/4.0"),
    "zh": ("绩点：", "3.7/4.0"),
    "ru": ("Средний балл: ", "4.8"),
    "ko": ("학점: ", "3.9/4.5"),
}
GRADUATED = {"en": "{}", "zh": "{}毕业", "ru": "{}", "ko": "{} 졸업"}


def jobs(stays: Sequence[Stay], language: str, manner: Manner) -> Iterator[Block]:
    """The jobs; those at one firm one after the other stand below its name."""
    if not stays:
        return
    if manner.head == "table":
        yield _job_table(stays, language, manner)
        return
    for firm, group in groupby(stays, key=lambda stay: stay.fields["name"]):
        together = list(group)
        if len(together) > 1:
            yield Block("strong", firm)
            for stay in together:
                yield Block("split", stay.fields["position"], _when(stay, language, manner))
                yield from _told(stay)
        else:
            yield from _job(together[0], language, manner)
        yield Block("gap")


def _job(stay: Stay, language: str, manner: Manner) -> Iterator[Block]:
    when = _when(stay, language, manner)
    if manner.head == "dated":
        firm = _with_place(stay, manner)
        yield Block("dated", when, inner=(Block("strong", stay.fields["position"]), Block("line", firm), *_told(stay)))
        return
    yield from HEADS[manner.head](stay, when, language, manner)
    yield from _told(stay)


def _told(stay: Stay) -> Iterator[Block]:
    yield from (Block("bullet", text) for text in stay.fields["highlights"])


def _with_place(stay: Stay, manner: Manner) -> str:
    place = stay.fields["location"]
    return f"{stay.fields['name']}, {place}" if manner.places else str(stay.fields["name"])


def _position_date(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong_split", stay.fields["position"], when)
    yield Block("line", _with_place(stay, manner))


def _firm_date(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong_split", _with_place(stay, manner), when)
    yield Block("line", stay.fields["position"])


def _date_first(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("line", when)
    yield Block("strong", stay.fields["name"])
    yield Block("line", stay.fields["position"])


def _one_line(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong", manner.divider.join((stay.fields["position"], stay.fields["name"], when)))


def _date_line(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong", "  ".join((when, stay.fields["name"], stay.fields["position"])))


def _labelled(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    values = {"firm": stay.fields["name"], "position": stay.fields["position"], "period": when}
    yield from _labels(values, language)


def _position_firm(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong", f"{stay.fields['position']}{manner.divider}{stay.fields['name']}")
    yield Block("line", when + (f" | {stay.fields['location']}" if manner.places else ""))


def _at(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong_split", AT[language].format(p=stay.fields["position"], n=stay.fields["name"]), when)


def _brackets(stay: Stay, when: str, language: str, manner: Manner) -> Iterator[Block]:
    yield Block("strong", f"{stay.fields['name']} ({when})")
    yield Block("line", stay.fields["position"])


HEADS: dict[str, Callable[[Stay, str, str, Manner], Iterator[Block]]] = {
    "position_date": _position_date, "firm_date": _firm_date, "date_first": _date_first, "one_line": _one_line,
    "date_line": _date_line, "labelled": _labelled, "position_firm": _position_firm, "at": _at, "brackets": _brackets,
}  # fmt: skip


def _job_table(stays: Sequence[Stay], language: str, manner: Manner) -> Block:
    words = WORDS[language]
    rows = [(_when(stay, language, manner), stay.fields["name"], stay.fields["position"]) for stay in stays]
    return Block("table", rows=((words["period"], words["firm"], words["position"]), *rows))


def schools(stays: Sequence[Stay], language: str, manner: Manner) -> Iterator[Block]:
    if manner.head == "table":
        words = WORDS[language]
        rows = [
            (graduation(stay, language, manner), *(stay.fields[f] for f in ("institution", "area", "studyType")))
            for stay in stays
        ]
        yield Block("table", rows=((words["period"], words["school"], words["area"], words["degree"]), *rows))
        return
    for stay in stays:
        yield from _school(stay, language, manner)
        if manner.score:
            yield Block("line", "".join(SCORES[language]))
        yield Block("gap")


def _school(stay: Stay, language: str, manner: Manner) -> Iterator[Block]:
    when = graduation(stay, language, manner)
    school, kind, area = (stay.fields[field] for field in ("institution", "studyType", "area"))
    degree = DEGREES[language][manner.degree].format(t=kind, a=area)
    if manner.head == "dated":
        yield Block("dated", when, inner=(Block("strong", degree), Block("line", school)))
    elif manner.school == "labelled":
        yield from _labels({"school": school, "area": area, "degree": kind, "period": when}, language)
    elif manner.school == "degree_date":
        yield from (Block("strong_split", degree, when), Block("line", school))
    elif manner.school == "school_date":
        yield from (Block("strong_split", school, when), Block("line", degree))
    elif manner.school == "date_line":
        yield Block("line", f"{when}  {school}  {area}  {kind}")
    elif manner.school == "degree_school":
        yield from (Block("strong", degree), Block("line", f"{school}, {when}"))
    else:
        yield Block("line", manner.divider.join((school, degree, when)))


def _labels(values: dict[str, str], language: str) -> Iterator[Block]:
    colon = "：" if language == "zh" else ": "
    yield from (Block("line", WORDS[language][field] + colon + value) for field, value in values.items())


def _when(stay: Stay, language: str, manner: Manner) -> str:
    text = dates.period(stay.start, stay.end, manner.dates, language)
    if manner.durations and stay.end and manner.dates.monthly:
        text += " " + dates.duration(stay.start, stay.end, language)
    return text


def graduation(stay: Stay, language: str, manner: Manner) -> str:
    """A school's period, or only the year in which it ended."""
    if manner.only_graduation and stay.end:
        return GRADUATED[language].format(f"{stay.end[0]}年" if language == "zh" else stay.end[0])
    return dates.period(stay.start, stay.end, manner.dates, language)
