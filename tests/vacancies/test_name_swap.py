"""The same resume under another name, gender, age, picture, address and school is worth the same to the last point."""

from dataclasses import replace
from typing import Any

import pytest

from resumes.models import Resume as Stored
from tests.resumes.corpus import as_text, sheet
from tests.resumes.corpus.catalogue import Resume
from tests.resumes.corpus.people import Person, texts
from tests.vacancies import texts as adverts
from tests.vacancies import written
from vacancies.domain import matching, parsing, writing
from vacancies.domain.blind_reading import blind_of
from vacancies.models import Vacancy

EACH = 6  # resumes of each language
LANGUAGES = ("en", "zh", "ru", "ko")
#: What a person says of themselves: a woman of 1993, then a man of 1968.
TOLD: dict[str, tuple[list[str], list[str]]] = {
    "en": (
        ["Gender: female", "Date of birth: 4 May 1993", "Photo: anna.jpg"],
        ["Gender: male", "Date of birth: 9 July 1968"],
    ),
    "zh": (["性别：女", "出生日期：1993-05-04", "婚姻状况：未婚"], ["性别：男", "出生日期：1968-07-09", "籍贯：湖南"]),
    "ru": (["Пол: женский", "Дата рождения: 04.05.1993", "Замужем"], ["Пол: мужской", "Дата рождения: 09.07.1968"]),
    "ko": (["성별: 여", "생년월일: 1993.05.04", "사진: 있음"], ["성별: 남", "생년월일: 1968.07.09", "병역: 군필"]),
}
GENDERED = {
    "en": (
        "Mrs {name} wrote a handbook for newcomers in her time",
        "Mr {name} wrote a handbook for newcomers in his time",
    ),
    "zh": ("她编写了新人手册，{name}负责维护", "他编写了新人手册，{name}负责维护"),
    "ru": ("Разработала учебник для новых сотрудников сама", "Разработал учебник для новых сотрудников сам"),
    "ko": ("그녀는 신입 사원 교재를 작성, {name} 씨가 관리", "그는 신입 사원 교재를 작성, {name} 씨가 관리"),
}
FURTHER = [
    "Handbook for newcomers",
    "Учебник для новых сотрудников",
    "新人手册",
    "신입 사원 교재",
    "Master's degree",
    "English, fluent",
]


def vacancies() -> list[Vacancy]:
    told = [parsing.parse(text) for text in (adverts.ENGLISH, adverts.CHINESE, adverts.RUSSIAN, adverts.KOREAN)]
    found = [Vacancy(title=one.title, language=one.language, requirements=one.requirements) for one in told]
    return [
        *found,
        Vacancy(title="Data analyst", language="en", requirements=[writing.requirement(text) for text in FURTHER]),
    ]


def another(person: Person) -> Person:
    """The same life of somebody else."""
    names = texts(person.language)["unseen"]
    number = sum(map(ord, person.name)) % 12
    city, address = list(names["places"].items())[number % len(names["places"])]
    schools = {name: names["schools"][index] for index, name in enumerate(_schools(person))}
    return replace(
        person,
        name=names["people"][number],
        email=f"somebody.{number}@example.net",
        phone="+1 415 555 0100",
        city=city,
        address=address,
        education=[
            replace(stay, fields={**stay.fields, "institution": schools[stay.fields["institution"]]})
            for stay in person.education
        ],
        work=[replace(stay, fields=_elsewhere(stay.fields, city)) for stay in person.work],
    )


def _schools(person: Person) -> list[str]:
    return list(dict.fromkeys(stay.fields["institution"] for stay in person.education))


def _elsewhere(fields: dict[str, Any], city: str) -> dict[str, Any]:
    return {**fields, "location": city} if "location" in fields else fields


def resume(one: Resume, person: Person, which: int) -> Stored:
    """With what `person` says of themselves below their name, and of their work in the first job."""
    said = GENDERED[one.language][which].format(name=person.name)
    first, *later = person.work
    work = [replace(first, fields={**first.fields, "highlights": [*first.fields["highlights"], said]}), *later]
    told = as_text.text(sheet.write(replace(person, work=work), one.manner))
    top, _, rest = told.partition("\n")
    return written.resume("\n".join([top, *TOLD[one.language][which], rest]))


def judged(stored: Stored) -> list[Any]:
    seen = blind_of(stored)
    return [
        (
            str(match.total),
            [
                (part.text, part.verdict, part.points, part.possible, part.note, _told(part.evidence))
                for part in match.parts
            ],
        )
        for match in (matching.match(vacancy, seen) for vacancy in vacancies())
    ]


def _told(evidence: str) -> str:
    """A Russian verb says who speaks: the two sentences are one."""
    woman, man = GENDERED["ru"]
    return "учебник" if evidence and (evidence in woman or evidence in man) else evidence


@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_somebody_is_changes_no_point(language: str, number: int) -> None:
    one = Resume(language, number)
    other = another(one.person)
    assert (one.person.name, one.person.city, one.person.email) != (other.name, other.city, other.email)
    assert judged(resume(one, one.person, 0)) == judged(resume(one, other, 1))
