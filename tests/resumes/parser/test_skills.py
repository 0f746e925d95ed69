"""The taxonomy: spellings, ambiguous words, sections."""

import pytest

from providers.documents.base import Line
from resumes.domain.parser import lines, sections, skills


def test_the_taxonomy_is_large_and_consistent() -> None:
    known = skills.taxonomy()
    assert len(known.fields) >= 250
    assert set(known.fields.values()) >= {"backend", "frontend", "pm", "qa", "algo", "data", "devops"}
    assert known.exact <= set(known.names)


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
        ("熟悉微服务和数据结构", ["Microservices", "Data structures"]),
        ("применял машинное обучение, Docker и Postgres.", ["Machine learning", "Docker", "PostgreSQL"]),
        ("Node.js, Vue.js and HTML/CSS; C/C++; CI / CD", ["Node.js", "Vue.js", "HTML", "CSS", "C", "C++", "CI/CD"]),
        ("We go to market in spring and express the rust of a swift salt", []),
        ("Java, Go, R", ["Java", "Go", "R"]),
        ("Javanese cuisine and gitarre", []),
        ("ASP.NET Core (C#)", ["ASP.NET", "C#"]),
    ],
)
def test_mentioned(text: str, names: list[str]) -> None:
    assert skills.mentioned(text) == names


def read(*texts: str) -> list[str]:
    from providers.documents.base import Document

    prepared = lines.prepare(Document(lines=[Line(text) for text in texts]))
    return [skill.name for skill in skills.read(prepared, sections.split(prepared))]


def test_the_section_first_then_what_is_told() -> None:
    told = read(
        "Ann Lee", "Experience", "- Moved billing to Kafka with Java", "Skills", "Languages: Go, python; Foo Bar"
    )
    assert told == ["Go", "Python", "Foo Bar", "Kafka", "Java"]


def test_a_wrapped_list_is_one() -> None:
    section = [
        Line("Skills", size=14, bold=True),
        *(Line(text, size=10) for text in ("SQL, Git, Google Cloud", "Platform, Jira")),
    ]
    from providers.documents.base import Document

    prepared = lines.prepare(Document(lines=section))
    names = [skill.name for skill in skills.read(prepared, sections.split(prepared))]
    assert names == ["SQL", "Git", "Google Cloud", "Jira"]
