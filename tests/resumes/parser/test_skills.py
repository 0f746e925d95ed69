"""The taxonomy: spellings, ambiguous words, sections."""

import pytest

from providers.documents.base import Document, Line
from resumes.domain.parser import lines, sections, skills


def test_the_taxonomy_is_large_and_consistent() -> None:
    known = skills.taxonomy()
    assert len(known.fields) >= 250
    assert set(known.fields.values()) >= {"backend", "frontend", "pm", "qa", "algo", "data", "devops"}
    assert {skills.key_of(name) for name in known.fields} == {name.casefold() for name in known.fields}


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("Python", "python"),
        ("питон", "python"),
        ("파이썬", "python"),
        ("GOLANG", "go"),
        ("k8s", "kubernetes"),
        ("Spring  Boot", "spring boot"),
        ("微服务", "microservices"),
        ("машинное обучение", "machine learning"),
        ("Underwater basket weaving", "underwater basket weaving"),
        ("", ""),
    ],
)
def test_one_key_for_all_spellings(spelling: str, key: str) -> None:
    assert skills.key_of(spelling) == key


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("React를 사용하여 Kotlin을", ["React", "Kotlin"]),
        ("熟悉微服务和数据结构", ["微服务", "数据结构"]),
        ("применял машинное обучение, Docker и Postgres.", ["машинное обучение", "Docker", "Postgres"]),
        ("Node.js, Vue.js and HTML/CSS; C/C++; CI / CD", ["Node.js", "Vue.js", "HTML", "CSS", "C", "C++", "CI / CD"]),
        ("We go to market in spring and express the rust of a swift salt", []),
        ("Java, Go, R", ["Java", "Go", "R"]),
        ("Javanese cuisine and gitarre", []),
        ("Vitamin C, hepatitis C, B", []),
        ("John R. Smith, Series A, B, C", []),
        ("Take a rest", []),
        ("REST and SOAP", ["REST", "SOAP"]),
        ("Spring 2020, Summer 2021", []),
        ("Excel at work", []),
        ("Built models in Excel every month", ["Excel"]),
        ("Rewrote it in Go.", ["Go"]),
        ("Python and Go", ["Python", "Go"]),
        ("Go-разработчик, React-разработчик", ["Go", "React"]),
        ("C-level reports on R&D", []),
        ("методы машинного обучения", ["машинное обучение"]),
        ("Управлял проектами: управление персоналом", ["управление персоналом"]),
        ("使用Go开发", ["Go"]),
        ("Spring 기반 백엔드", ["Spring"]),
        ("인터뷰 진행", []),
        ("3 ml of water, a regression in quality", []),
        ("ASP.NET Core (C#)", ["ASP.NET Core", "C#"]),
    ],
)
def test_mentioned(text: str, names: list[str]) -> None:
    assert skills.mentioned(text) == names


def test_where_a_skill_is_mentioned() -> None:
    assert skills.find("k8s и Docker\n微服务") == [("kubernetes", 0, 3), ("docker", 6, 12), ("microservices", 13, 16)]


def test_neighbours() -> None:
    assert skills.neighbours("react")["vue.js"] == skills.neighbours("vue.js")["react"] == 0.5
    assert skills.neighbours("postgresql")["mysql"] == 0.7
    assert skills.neighbours("docker")["kubernetes"] == 0.5
    assert skills.neighbours("django")["python"] == 1.0
    assert "django" not in skills.neighbours("python")
    assert skills.neighbours("basket weaving") == {}


def test_every_neighbour_is_a_skill_of_the_taxonomy() -> None:
    keys = {name.casefold() for name in skills.taxonomy().fields}
    near = {key: skills.neighbours(key) for key in keys}
    assert all(set(others) <= keys for others in near.values())
    assert all(0 < closeness <= 1 for others in near.values() for closeness in others.values())
    assert sum(map(bool, near.values())) >= 200


def listed(text: str) -> list[tuple[str, str]]:
    prepared = lines.prepare(Document(lines=[Line("Skills"), Line(text)]))
    return [(skill.name, skill.level) for skill in skills.read(prepared, sections.split(prepared))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python (Advanced), R - basic", [("Python", "Advanced"), ("R", "basic")]),
        ("Go — 3 years", [("Go", "3 years")]),
        ("熟练掌握 MySQL、精通Java", [("MySQL", ""), ("Java", "")]),
        ("포토샵 (상), 엑셀 (중)", [("포토샵", "상"), ("엑셀", "중")]),
        ("Figma ★★★★☆ | Blender 80%", [("Figma", ""), ("Blender", "")]),
        ("Уверенное владение Excel, работа с клиентами", [("Excel", ""), ("работа с клиентами", "")]),
        ("Databases: MySQL, dragon taming", [("MySQL", ""), ("dragon taming", "")]),
        ("Vitamin C therapy", [("Vitamin C therapy", "")]),
    ],
)
def test_what_a_list_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert listed(text) == expected


def test_an_employer_is_no_skill() -> None:
    prepared = lines.prepare(Document(lines=[Line("Experience"), Line("Designer at Figma, drew in Photoshop")]))
    names = [skill.name for skill in skills.read(prepared, sections.split(prepared), ["Figma"])]
    assert names == ["Photoshop"]


def read(*texts: str) -> list[str]:
    prepared = lines.prepare(Document(lines=[Line(text) for text in texts]))
    return [skill.name for skill in skills.read(prepared, sections.split(prepared))]


def test_the_section_first_then_what_is_told() -> None:
    told = read(
        "Ann Lee", "Experience", "- Moved billing to Kafka with Java", "Skills", "Languages: Go, python; Foo Bar"
    )
    assert told == ["Go", "python", "Foo Bar", "Kafka", "Java"]


def test_a_wrapped_list_is_one() -> None:
    section = [
        Line("Skills", size=14, bold=True),
        *(Line(text, size=10) for text in ("SQL, Git, Google Cloud", "Platform, Jira")),
    ]
    prepared = lines.prepare(Document(lines=section))
    names = [skill.name for skill in skills.read(prepared, sections.split(prepared))]
    assert names == ["SQL", "Git", "Google Cloud Platform", "Jira"]
