"""Vacancies as CSV, there and back; what a spreadsheet must not calculate; what is refused, by line."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from tests.resumes.conftest import build as build_resume
from tests.vacancies.conftest import MakeVacancy
from vacancies.domain import exchange, writing
from vacancies.models import Vacancy

Api = Callable[[User | None], APIClient]
IMPORT = "/api/v1/vacancy/import/"
PAGE = "/admin/vacancies/vacancy/from-csv/"
KEPT = ("title", "company_name", "position_type", "language", "status", "description", "requirements")

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@\t\"\n;,"), max_size=40)
lines = words.map(str.strip)
filled = lines.filter(bool)
requirements = st.builds(
    writing.requirement,
    filled.filter(lambda text: bool(text.split())),
    st.sampled_from(writing.KINDS),
    st.none() | st.floats(0.1, 100).filter(lambda weight: "e" not in repr(weight)),
)
vacancies = st.builds(
    Vacancy,
    title=filled,
    company_name=lines,
    position_type=st.sampled_from(["backend", "frontend", "pm", "qa", "algo"]),
    language=st.sampled_from(["", "en", "zh-hans", "ru", "ko"]),
    status=st.sampled_from(["open", "closed"]),
    description=lines,
    requirements=st.lists(requirements, max_size=5),
)


def file(data: bytes | str, name: str = "vacancies.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def faults(data: bytes | str) -> list[tuple[int, str]]:
    with pytest.raises(exchange.FileFaulty) as caught:
        exchange.read(data.encode() if isinstance(data, str) else data)
    return [(fault.line, fault.text) for fault in caught.value.faults]


@given(st.lists(vacancies, min_size=1, max_size=4))
def test_there_and_back(made: list[Vacancy]) -> None:
    read = exchange.read(exchange.written(made).encode())
    assert read == [{name: getattr(one, name) for name in KEPT} for one in made]


@given(st.lists(vacancies, min_size=1, max_size=3))
def test_no_cell_begins_a_formula(made: list[Vacancy]) -> None:
    text = exchange.written(made).removeprefix(exchange.BOM)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


@given(st.binary(max_size=300))
def test_any_bytes_are_vacancies_or_faults(data: bytes) -> None:
    found: list[Any] = []
    try:
        found = [row["title"] for row in exchange.read(data)]
    except exchange.FileFaulty as error:
        found = error.faults
    assert all(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_spreadsheets(encoding: str, delimiter: str) -> None:
    rows = [
        ["title", "company_name", "requirements"],
        ["Тестировщик мобильных приложений", "Северный путь", '"знание SQL и Postman\nnice 2.5: опыт работы с Jira"'],
    ]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert exchange.read(data) == [
        {
            "title": "Тестировщик мобильных приложений",
            "company_name": "Северный путь",
            "position_type": "qa",
            "language": "",
            "status": "open",
            "description": "",
            "requirements": [
                {"text": "знание SQL и Postman", "kind": "must", "weight": 3},
                {"text": "опыт работы с Jira", "kind": "nice", "weight": 2.5},
            ],
        }
    ]


def test_chinese_of_a_spreadsheet() -> None:
    data = "title,description\n前端工程师,负责公司核心产品的前端开发与性能优化工作\n".encode("gb18030")
    read = exchange.read(data)[0]
    assert (read["title"], read["position_type"]) == ("前端工程师", "frontend")


def test_what_is_wrong_is_told_by_line() -> None:
    text = (
        "title,position_type,language,status,requirements\n"
        '"",backend,en,open,Go\n'
        '"two\nlines",cook,xx,lost,"must 0: Go\nmust 101: Go\nmust 3:"\n'
        "short,qa\n"
        f"{'a' * 201},qa,,,{'b' * 501}\n"
    )
    assert faults(text) == [
        (2, "The title is missing."),
        (3, "position_type is one of: backend, frontend, pm, qa, algo."),
        (3, "status is one of: open, closed."),
        (3, "language is one of: en, zh-hans, ru, ko."),
        (3, "A weight is from 0.1 to 100: must 0: Go"),
        (3, "A weight is from 0.1 to 100: must 101: Go"),
        (3, "A requirement has no text: must 3:"),
        (7, "There are 2 cells where the first line has 5."),
        (8, "title has more than 200 characters."),
        (8, "A requirement has more than 500 characters."),
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\n\n", 1),
        (b"name\nGo\n", 1),
        (b"title\n", 1),
        (b"title" + b"\n,," * 100_000, 1),
        (b"title,title\nGo,Go\n", 1),
        (b'title\n"Go\n', 2),
        (b"title\n" + b"x" * 200_000, 2),
        (b"title\n" + b"Go\n" * 501, 502),
        (b"title\n" + b"Go\n" * 800_000, 1),
        (b"title\nGo\x00\n", 1),
        (b'title,requirements\nGo,"' + b"a\n" * 51 + b'"\n', 2),
    ],
)
def test_what_is_refused(data: bytes, line: int) -> None:
    found = faults(data)
    assert (len(found), found[0][0]) == (1, line)


def test_the_api_takes_all_or_nothing(api: Api, recruiter: User) -> None:
    good, bad = "title,requirements\nA,Go\nB,SQL\n", "title,status\nA,open\nB,lost\n"
    client = api(recruiter)
    assert client.post(IMPORT, {"file": file(good), "dry_run": "true"}).json() == {"count": 2, "ids": []}
    answer = client.post(IMPORT, {"file": file(bad)})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"line 3": ["status is one of: open, closed."]})
    assert not Vacancy.objects.exists()
    answer = client.post(IMPORT, {"file": file(good)})
    made = list(Vacancy.objects.order_by("pk"))
    assert (answer.status_code, answer.json()) == (201, {"count": 2, "ids": [one.pk for one in made]})
    assert [(one.title, one.created_by) for one in made] == [("A", recruiter), ("B", recruiter)]
    exported = client.get("/api/v1/vacancy/export/")
    assert exported.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["title"] for row in exchange.read(exported.content)] == ["A", "B"]


def test_a_closed_one_comes_closed_with_its_history(recruiter: User) -> None:
    made = exchange.create(exchange.read(b"title,status\nA,closed\n"), recruiter)
    assert [(step.after, step.by) for step in made[0].history.all()] == [("closed", recruiter)]


def test_the_page_previews_and_stores(recruiter_client: Client) -> None:
    preview = recruiter_client.post(PAGE, {"file": file('title,requirements\n<b>A</b>,"must 3: Go"\n')})
    html = preview.content.decode()
    assert "The file holds 1 vacancy." in html
    assert "&lt;b&gt;A&lt;/b&gt;" in html
    assert not Vacancy.objects.exists()
    assert "1 vacancy was stored." in recruiter_client.post(PAGE, {"confirm": "1"}, follow=True).content.decode()
    again = recruiter_client.post(PAGE, {"confirm": "1"}, follow=True).content.decode()
    assert "There is nothing to store: choose the file again." in again
    assert [one.title for one in Vacancy.objects.all()] == ["<b>A</b>"]


def test_the_page_says_which_lines_are_wrong(recruiter_client: Client) -> None:
    answer = recruiter_client.post(PAGE, {"file": file("title,status\nA,lost\n")})
    assert answer.status_code == 400
    assert "Line 2: status is one of: open, closed." in answer.content.decode()
    assert recruiter_client.post(PAGE, {"confirm": "1"}, follow=True).status_code == 200
    assert not Vacancy.objects.exists()


def test_candidates_as_a_file(
    manager_client: Client, manager: User, owner: User, make_vacancy: MakeVacancy, recruiter_client: Client
) -> None:
    vacancy = make_vacancy(requirements=["Python"], managers=[manager])
    resume = build_resume(
        owner, name="=1+1", text="Skills\nPython\n", profile={"skills": [{"name": "Python"}]}, language="en"
    )
    for client in (manager_client, recruiter_client):
        answer = client.get(f"/admin/vacancies/vacancy/{vacancy.pk}/candidates.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert rows == [
            [
                *("place", "resume_id", "name", "expected_position", "language", "years", "total"),
                *("Python", "Python (points)"),
            ],
            ["1", str(resume.pk), "'=1+1", "", "en", "", "100.00", "met", "100.00"],
        ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PAGE, {"recruiter": 200, "manager": 404, "owner": 302}),
        ("/admin/vacancies/vacancy/csv/", {"recruiter": 200, "manager": 404, "owner": 302}),
        ("/admin/vacancies/vacancy/{id}/candidates.csv", {"recruiter": 200, "manager": 404, "owner": 302}),
    ],
)
def test_who_exchanges(
    path: str, expected: dict[str, int], make_vacancy: MakeVacancy, request: pytest.FixtureRequest
) -> None:
    address = path.format(id=make_vacancy().pk)
    for name, code in expected.items():
        client: Client = request.getfixturevalue(f"{name}_client")
        assert client.get(address).status_code == code, name


def test_who_exchanges_by_the_api(
    api: Api, recruiter: User, manager: User, owner: User, make_vacancy: MakeVacancy
) -> None:
    make_vacancy(title="Hers", managers=[manager])
    make_vacancy(title="Not hers")
    codes: list[Any] = [
        api(user).post(IMPORT, {"file": file("title\nA\n")}).status_code for user in (None, owner, manager)
    ]
    assert codes == [401, 403, 403]
    assert [row["title"] for row in exchange.read(api(manager).get("/api/v1/vacancy/export/").content)] == ["Hers"]
    assert api(owner).get("/api/v1/vacancy/export/").status_code == 403
