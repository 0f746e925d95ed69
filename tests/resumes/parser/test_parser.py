"""Whole resumes, from bytes to JSON Resume, against what a person reads in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.documents import runner
from providers.documents.base import Document, Kind, Line
from providers.documents.kinds import kind_of
from resumes.domain import schema
from resumes.domain.parser import heads
from resumes.domain.parser.assembly import Parsed, parse
from tests.providers_documents import files
from tests.resumes.conftest import Reader
from tests.resumes.parser.resumes import ENGLISH, TEXTS, TRUTH

MATERIAL = Path(__file__).parents[4] / "shared" / "material" / "resumes"
MAKERS: dict[Kind, Callable[[str, str], bytes]] = {
    Kind.TXT: lambda text, language: text.encode(),
    Kind.PDF: lambda text, language: files.pdf(text.split("\n"), language=language),
    Kind.DOCX: lambda text, language: files.word([line.replace("• ", "- ") for line in text.split("\n")]),
}


def read(data: bytes) -> Parsed:
    kind = kind_of(data)
    assert kind is not None
    return parse(runner.read(data, kind))


@pytest.mark.parametrize("kind", list(MAKERS))
@pytest.mark.parametrize("language", list(TEXTS))
def test_every_field(language: str, kind: Kind) -> None:
    parsed = read(MAKERS[kind](TEXTS[language], language))
    assert parsed.language == language
    for part, truth in TRUTH[language].items():
        assert parsed.profile.get(part) == truth, part
    assert set(parsed.profile) == set(TRUTH[language])


def test_two_columns_keep_their_sections_apart() -> None:
    left = ENGLISH.split("\n")[4:17]
    right = [
        "Skills",
        "Python, Django",
        "Kafka, Go",
        "",
        "Languages",
        "Spanish (Fluent)",
        "",
        "Contact",
        "maria@example.org",
    ]
    profile = read(files.two_columns(left, right, "Maria Gonzalez")).profile
    assert profile["basics"]["name"] == "Maria Gonzalez"
    assert profile["basics"]["email"] == "maria@example.org"
    assert [job["name"] for job in profile["work"]] == ["Northwind Ltd", "Blue Yonder Labs"]
    assert [skill["name"] for skill in profile["skills"]] == ["Python", "Django", "Kafka", "Go"]
    assert profile["languages"] == [{"language": "Spanish", "fluency": "Fluent"}]


def test_a_job_whose_firm_stands_below_its_dates() -> None:
    data = files.pdf(
        ["Ann Lee", "", "EXPERIENCE", "", "Software Engineer, Jan 2020 - May 2021", "Acme Inc", "- Built it",
         "Data Analyst, 2018 - 2019", "Initech Corp", "- Counted it"]
    )  # fmt: skip
    assert [(job["position"], job["name"]) for job in read(data).profile["work"]] == [
        ("Software Engineer", "Acme Inc"),
        ("Data Analyst", "Initech Corp"),
    ]


def test_labels_in_a_job() -> None:
    text = "경력\n### 하늘테크\n- 직책: 백엔드 개발자\n- 기간: 2021-03 ~ 현재\n- 업무:\n  - API 개발"
    assert parse(lines_of(text)).profile["work"] == [
        {"name": "하늘테크", "position": "백엔드 개발자", "startDate": "2021-03", "highlights": ["API 개발"]}
    ]


def test_projects_with_and_without_bullets() -> None:
    text = "Projects\n- Chess engine: written in Rust, C++\n- Todo app - React and Redux"
    assert parse(lines_of(text)).profile["projects"] == [
        {"name": "Chess engine", "description": "written in Rust, C++", "keywords": ["Rust", "C++"]},
        {"name": "Todo app", "description": "React and Redux", "keywords": ["React", "Redux"]},
    ]


def test_a_name_in_capitals_with_titles() -> None:
    assert (
        parse(lines_of("RESUME\nSARAH O'NEIL, RN, BSN\nRegistered Nurse")).profile["basics"]["name"] == "Sarah O'Neil"
    )


def lines_of(text: str) -> Document:
    return Document(lines=[Line(line) for line in text.split("\n") if line.strip()])


LINES = st.builds(
    Line,
    text=st.text(max_size=80) | st.sampled_from(ENGLISH.split("\n")),
    page=st.integers(1, 3),
    size=st.sampled_from([0.0, 9.0, 11.0, 20.0]),
    bold=st.booleans(),
    heading=st.booleans(),
    gap=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_nothing_breaks_it_and_the_outcome_is_json_resume(lines: list[Line]) -> None:
    parsed = parse(Document(lines=lines, pages=3))
    assert schema.to_json(schema.from_json(parsed.profile)) == parsed.profile


@pytest.mark.skipif(not MATERIAL.exists(), reason="the folder of real resumes is not beside this checkout")
@pytest.mark.parametrize(
    ("path", "name", "email", "firms", "schools"),
    [
        ("en/two-column.pdf", "John Doe", "john.doe@email.com", ["Stripe", "Figma", "Notion"], 1),
        ("en/single-column.pdf", "John Doe", "john.doe@email.com", ["Stripe", "Figma", "Notion"], 1),
        ("en/bruce_wayne_fullstack.pdf", "Bruce Wayne", "bwayne@email.com", ["OpenAI", "Uber", "Facebook"], 3),
        ("en/John_Doe.docx", "John Doe", "johndoe@example.com", ["Google", "IBM"], 2),
        ("ru/ivan_ivanov_ru.pdf", "Иван Иванов", "ivan.ivanov@email.com", ["ТехноСофт", "ВебСтарт"], 2),
        ("ru/Elena_Volkova.docx", "Елена Волкова", "elena.volkova@email.com", ["Фриланс"], 1),
        ("ko/ai_resume_choi.pdf", "최승우", "sw_choi.security@vmail.com", ["한국인터넷진흥원(KISA)"], 2),
        ("zh/resume_good_B.txt", "李娜", "lina@email.com", ["某软件公司"], 1),
    ],
)
def test_real_resumes(path: str, name: str, email: str, firms: list[str], schools: int) -> None:
    profile = read((MATERIAL / path).read_bytes()).profile
    assert (profile["basics"]["name"], profile["basics"]["email"]) == (name, email)
    assert [job["name"] for job in profile["work"]] == firms
    assert len(profile["education"]) == schools


@pytest.fixture
def of_material(document_of: Reader) -> Callable[[str], dict[str, Any]]:
    def profile(path: str) -> dict[str, Any]:
        data = (MATERIAL / path).read_bytes()
        kind = kind_of(data)
        assert kind is not None
        return parse(document_of(data, kind)).profile

    return profile


@pytest.mark.skipif(not MATERIAL.exists(), reason="the folder of real resumes is not beside this checkout")
@pytest.mark.parametrize(
    ("path", "name", "label"),
    [
        ("en/david_thompson_marketing_manager.docx", "David Thompson", "Marketing Manager"),
        ("en/david_thompson_marketing_manager.pdf", "David Thompson", "Marketing Manager"),
        ("en/david_thompson_marketing_manager.txt", "David Thompson", "Marketing Manager"),
        ("ko/sample_backend_hong.txt", "홍길동", None),
        ("ru/ivan_ivanov_ru.md", "Иван Иванов", "Веб-разработчик | Full-Stack Developer"),
    ],
)
def test_a_name_and_a_profession_set_like_headings(
    of_material: Callable[[str], dict[str, Any]], path: str, name: str, label: str | None
) -> None:
    basics = of_material(path)["basics"]
    assert (basics["name"], basics.get("label")) == (name, label)


@pytest.mark.skipif(not MATERIAL.exists(), reason="the folder of real resumes is not beside this checkout")
def test_what_else_real_resumes_taught(of_material: Callable[[str], dict[str, Any]]) -> None:
    choi, bruce, deedy = (
        of_material(path)
        for path in ("ko/ai_resume_choi.pdf", "en/bruce_wayne_fullstack.pdf", "zh/deedy_resume-cn.pdf")
    )
    assert choi["education"][1] == {
        "institution": "중앙고등학교",
        "area": "인문계",
        "startDate": "2016-03",
        "endDate": "2019-02",
    }
    assert [job["position"] for job in bruce["work"]][:2] == ["MERN Stack Developer", "Full Stack Developer"]
    assert [project["name"] for project in bruce["projects"]] == ["Gotham Event Planner"]
    assert (deedy["work"][2]["name"], deedy["work"][2]["position"]) == (
        "上海触宝信息技术有限公司",
        "数据工程师（实习）",
    )
    assert [(project["name"], project["startDate"]) for project in deedy["projects"]] == [
        ("Cyclone Maintainer", "2016-11"),
        ("Scrala Owner", "2015-12"),
    ]
    assert of_material("en/two-column.pdf")["basics"]["location"]["city"] == "San Francisco"
    assert of_material("en/sarah_johnson_nurse.txt")["education"][0]["area"] == "Nursing"
    volkova, petrov = (of_material(f"ru/{name}.docx") for name in ("Elena_Volkova", "Ivan_Petrov"))
    assert [skill["name"] for skill in volkova["skills"]] == ["Перевод", "вычитка", "SDL Trados", "локализация"]
    assert (petrov["education"][0]["studyType"], petrov["education"][0]["area"]) == ("Магистр наук", "информатики")
    assert len(of_material("ru/ivan_ivanov_ru.pdf")["work"][0]["highlights"]) == 5
    assert [project["name"] for project in of_material("ru/ivan_ivanov_ru.md")["projects"]] == [
        "Личный блог",
        "Инструмент визуализации данных",
    ]


@pytest.mark.parametrize(
    ("head", "firm", "position"),
    [
        ("Software Engineer, Acme, Leeds, UK", "Acme", "Software Engineer"),
        ("Salesforce Developer, Nimbus, Austin, TX", "Nimbus", "Salesforce Developer"),
        ("(주)노을 책임간호사", "(주)노을", "책임간호사"),
        ("감사 보조 (주)노을", "(주)노을", "감사 보조"),
        ("우물네트웍스 모바일 파트장", "우물네트웍스", "모바일 파트장"),
        ("石桥信息技术有限公司数据工程师", "石桥信息技术有限公司", "数据工程师"),
    ],
)
def test_a_firm_and_a_job_on_one_line(head: str, firm: str, position: str) -> None:
    assert heads.assign([[head]])[0] in {
        heads.Head(firm, position),
        heads.Head(firm, position, "Leeds, UK"),
        heads.Head(firm, position, "Austin, TX"),
    }


def test_a_place_and_a_project_stand_apart_from_their_neighbours() -> None:
    """One line of contacts, and a project told in the line of its name."""
    text = (
        "Alex Morgan\nBackend developer\nalex.morgan@example.com | +44 20 7946 0958 | Leeds, United Kingdom | "
        "github.com/example-alex\nProjects\nTidewatch - alerting for Redis queues, written in Python.\n"
    )
    profile = read(text.encode()).profile
    assert profile["basics"]["location"] == {"address": "Leeds, United Kingdom", "city": "Leeds"}
    assert profile["projects"] == [
        {
            "name": "Tidewatch",
            "description": "alerting for Redis queues, written in Python.",
            "keywords": ["Redis", "Python"],
        }
    ]
