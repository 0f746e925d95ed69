"""A resume as blocks of text, before a format draws it: what stands where, in whose words."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.resumes.corpus import dates, entries
from tests.resumes.corpus.blocks import Block
from tests.resumes.corpus.manner import PROJECTS_IN_ONE_LINE, Manner
from tests.resumes.corpus.people import Person, texts

LABELS = {
    "en": {"name": "Name", "email": "E-mail", "phone": "Phone", "city": "Location", "label": "Desired position"},
    "zh": {"name": "姓名", "email": "邮箱", "phone": "电话", "city": "现居地", "label": "求职意向"},
    "ru": {"name": "ФИО", "email": "Почта", "phone": "Тел.", "city": "Город", "label": "Желаемая должность"},
    "ko": {"name": "이름", "email": "이메일", "phone": "전화번호", "city": "주소", "label": "지원 직무"},
}
BESIDE = {"en": " — ", "zh": " | ", "ru": " — ", "ko": " | "}
ICONS = {"email": "\uf0e0", "phone": "\uf095", "city": "\uf041"}
YEARS = {"en": "{} ({} years)", "zh": "{}（{}年）", "ru": "{} ({} г.)", "ko": "{} ({}년)"}
OTHER = {"en": "ru", "ru": "en", "zh": "en", "ko": "en"}
LEVELS = {
    "en": ("expert", "advanced", "basic"),
    "zh": ("精通", "熟练", "了解"),
    "ru": ("эксперт", "уверенно", "базово"),
    "ko": ("상", "중", "하"),
}


@dataclass(frozen=True)
class Section:
    """`name` is the project's own, such as `work`; `heading` is what the resume calls it."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Sheet:
    language: str
    top: tuple[Block, ...]
    contact: tuple[Block, ...]
    sections: tuple[Section, ...]
    bullet: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def write(person: Person, manner: Manner) -> Sheet:
    names = [name for name in manner.order if name not in manner.left_out]
    found = [(name, tuple(SECTIONS[name](person, manner))) for name in names]
    kept = [(name, blocks) for name, blocks in found if blocks]
    return Sheet(
        language=person.language,
        top=tuple(_top(person, manner)),
        contact=tuple(_contact(person, manner)),
        sections=tuple(
            Section(name, _heading(person, name, at, manner), blocks) for at, (name, blocks) in enumerate(kept)
        ),
        bullet=manner.bullet,
    )


def _heading(person: Person, name: str, at: int, manner: Manner) -> str:
    text = manner.headings[name]
    if manner.bilingual:
        text = f"{text} / {texts(OTHER[person.language])['seen']['headings'][name][0]}"
    return manner.frame.format(text, UPPER=text.upper(), number="一二三四五六七八九十"[at], digit=at + 1)


def _top(person: Person, manner: Manner) -> Iterator[Block]:
    name = person.name.upper() if manner.upper_name else person.name
    labels = LABELS[person.language]
    colon = "：" if person.language == "zh" else ": "
    if manner.contact == "labels" and manner.label != "beside" and person.language in ("zh", "ko"):
        yield Block("line", labels["name"] + colon + name)
    else:
        yield Block("name", name + (BESIDE[person.language] + person.label if manner.label == "beside" else ""))
    if manner.label == "line":
        yield Block("label", person.label)
    elif manner.label == "labelled":
        yield Block("line", labels["label"] + colon + person.label)


def _contact(person: Person, manner: Manner) -> Iterator[Block]:
    given = {"email": person.email, "phone": person.phone, "city": person.address}
    items = {field: text for field, text in given.items() if field not in manner.bare}
    labels = LABELS[person.language]
    if manner.contact == "labels":
        colon = "：" if person.language == "zh" else ": "
        yield from (Block("line", labels[field] + colon + text) for field, text in items.items())
    elif manner.contact == "lines":
        yield from (Block("line", text) for text in items.values())
    elif manner.contact == "icons":
        yield Block("line", "   ".join(f"{ICONS[field]} {text}" for field, text in items.items()))
    else:
        yield Block("line", (" | " if manner.contact == "line" else "    ").join(items.values()))


def _summary(person: Person, manner: Manner) -> Iterator[Block]:
    yield Block("para", person.summary)
    if manner.bilingual:
        yield Block("para", other_summary(person))


def other_summary(person: Person) -> str:
    """What the same person says of themselves in a second language."""
    words = texts(OTHER[person.language])
    return str(words["summary"][1].format(n=8, label=""))


def _work(person: Person, manner: Manner) -> Iterator[Block]:
    yield from entries.jobs(
        [stay for stay in person.work if not (stay.intern and manner.apart)], person.language, manner
    )


def _internships(person: Person, manner: Manner) -> Iterator[Block]:
    if manner.apart:
        yield from entries.jobs([stay for stay in person.work if stay.intern], person.language, manner)


def _education(person: Person, manner: Manner) -> Iterator[Block]:
    yield from entries.schools(person.education, person.language, manner)


def _volunteer(person: Person, manner: Manner) -> Iterator[Block]:
    for stay in person.volunteer:
        when = dates.period(stay.start, stay.end, manner.dates, person.language)
        yield Block("split", f"{stay.fields['organization']}{manner.divider}{stay.fields['position']}", when)


def _projects(person: Person, manner: Manner) -> Iterator[Block]:
    for stay in person.projects:
        when = dates.period(stay.start, stay.end, manner.dates, person.language)
        name, told = stay.fields["name"], stay.fields["description"]
        if manner.head in PROJECTS_IN_ONE_LINE:
            yield Block("bullet", f"{name}: {told}" if person.language != "zh" else f"{name}：{told}")
        else:
            yield Block("strong_split", name, when)
            yield Block("bullet" if manner.dates.monthly else "para", told)


def _skills(person: Person, manner: Manner) -> Iterator[Block]:
    groups = person.skills
    names = [name for group in groups.values() for name in group]
    comma = "、" if person.language == "zh" else ", "
    if manner.skills == "groups" and "" not in groups:
        colon = "：" if person.language == "zh" else ": "
        yield from (Block("line", group + colon + comma.join(members)) for group, members in groups.items())
    elif manner.skills == "bullets":
        yield from (Block("bullet", name) for name in names)
    elif manner.skills == "levels":
        words = LEVELS[person.language]
        yield from (Block("line", f"{name} — {words[at % 3]}") for at, name in enumerate(names))
    elif manner.skills == "years":
        yield Block(
            "para", comma.join(YEARS[person.language].format(name, at % 6 + 2) for at, name in enumerate(names))
        )
    else:
        yield Block("para", (" | " if manner.skills == "pipes" else comma).join(names))


def _languages(person: Person, manner: Manner) -> Iterator[Block]:
    form = {"brackets": "{} ({})", "dash": "{} — {}", "lines": "{} ({})", "colon": "{}: {}"}[manner.languages]
    told = [form.format(*pair) for pair in person.languages]
    if manner.languages == "brackets":
        yield Block("line", ", ".join(told))
    else:
        yield from (Block("bullet" if manner.languages == "lines" else "line", text) for text in told)


def _certificates(person: Person, manner: Manner) -> Iterator[Block]:
    if manner.certificates == "commas":
        yield Block("line", ", ".join(title for title, _, _ in person.certificates))
        return
    for title, issuer, month in person.certificates:
        when = dates.point(month, manner.dates, person.language)
        text = {"issuer": f"{title} - {issuer}, {when}", "lines": title, "dated": f"{title} ({when})"}[
            manner.certificates
        ]
        yield Block("bullet", text)


def _interests(person: Person, manner: Manner) -> Iterator[Block]:
    yield Block("line", ("、" if person.language == "zh" else ", ").join(person.interests))


SECTIONS = {
    "summary": _summary, "work": _work, "internships": _internships, "education": _education, "skills": _skills,
    "projects": _projects, "certificates": _certificates, "languages": _languages, "volunteer": _volunteer,
    "interests": _interests,
}  # fmt: skip
