"""The HTTP runner: what Piston is asked and answers by its documents, and our own server behind the same interface."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from providers.sandbox import bubblewrap
from providers.sandbox.base import CLOSED, Case, Language, Limits, Outcome, Program, Ran, Sandbox, Status
from providers.sandbox.piston import Piston
from providers.sandbox.server import Refused, Server, asked

BASH = {"language": "bash", "version": "5.1.0", "aliases": ["sh"]}
CPP = {"language": "c++", "version": "10.2.0", "aliases": ["cpp", "g++"], "runtime": "gcc"}
DONE = {"stdout": "hi\n", "stderr": "", "output": "hi\n", "code": 0, "signal": None}
Answer = Callable[[dict[str, Any]], Any]


def piston(*answers: Any, status: int = 200) -> tuple[Piston, list[dict[str, Any]]]:
    """One that answers each request for a run with the next of `answers`, and the bodies it was sent."""
    sent: list[dict[str, Any]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/api/v2/runtimes":
            return httpx2.Response(200, json=[BASH, CPP])
        sent.append(json.loads(request.content))
        return httpx2.Response(status, content=json.dumps(answers[len(sent) - 1]))

    return Piston("http://runner:2000/", httpx2.MockTransport(answer)), sent


def test_what_piston_is_asked() -> None:
    runner, sent = piston({"run": DONE})
    limits = Limits(cpu_s=2, wall_s=5, memory_mb=64)
    ran = runner.run(Program("bash", "echo hi", {"data.txt": "1"}), [Case("in", {"more.txt": "2"}, ["a"])], limits)
    assert ran == Ran(None, (Outcome(Status.OK, 0, "hi\n"),))
    assert sent == [
        {
            "language": "bash",
            "version": "5.1.0",
            "run_timeout": 5_000,
            "run_cpu_time": 2_000,
            "run_memory_limit": 67_108_864,
            "files": [
                {"name": "main.sh", "content": "echo hi"},
                {"name": "data.txt", "content": "1"},
                {"name": "more.txt", "content": "2"},
            ],
            "stdin": "in",
            "args": ["a"],
        }
    ]


def test_piston_gets_a_request_a_case() -> None:
    runner, sent = piston({"run": DONE}, {"run": DONE | {"stdout": "ho\n"}})
    ran = runner.run(Program("bash", "cat"), [Case("1"), Case("2")], Limits())
    assert [one.stdout for one in ran.outcomes] == ["hi\n", "ho\n"]
    assert [body["stdin"] for body in sent] == ["1", "2"]


def test_languages_have_our_names() -> None:
    runner, _ = piston()
    assert runner.languages() == {"cpp": Language("cpp", "C++", "10.2.0"), "bash": Language("bash", "Bash", "5.1.0")}


def test_a_program_that_does_not_compile_is_sent_once() -> None:
    failed = {"stdout": "", "stderr": "main.cpp:1: error", "code": 1, "signal": None}
    runner, sent = piston({"compile": failed, "run": None})
    ran = runner.run(Program("cpp", "int main("), [Case(), Case()], Limits())
    assert ran == Ran(Outcome(Status.COMPILE_ERROR, 1, stderr="main.cpp:1: error"), ())
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"code": 3, "signal": None}, Status.RUNTIME_ERROR),
        ({"code": None, "signal": "SIGSEGV"}, Status.RUNTIME_ERROR),
        ({"code": None, "signal": "SIGKILL"}, Status.TIME_LIMIT),
        ({"code": None, "signal": "SIGKILL", "status": "TO"}, Status.TIME_LIMIT),
        ({"code": None, "signal": "SIGKILL", "status": "SG"}, Status.MEMORY_LIMIT),
        ({"code": 1, "signal": None, "memory": 256 * 1024 * 1024}, Status.MEMORY_LIMIT),
        ({"code": None, "signal": None, "status": "OL"}, Status.OUTPUT_LIMIT),
        ({"code": None, "signal": 9, "status": "SG"}, Status.MEMORY_LIMIT),
        ({"code": None, "signal": 2**70}, Status.UNAVAILABLE),
        ({"code": None, "signal": ["SIGKILL"], "status": {}}, Status.UNAVAILABLE),
        ({"code": "0", "signal": None, "memory": "12", "cpu_time": 10**400}, Status.OK),
        ({"code": 0.0, "signal": None, "memory": None, "cpu_time": "soon"}, Status.OK),
    ],
)
def test_how_a_run_ended(row: dict[str, Any], status: Status) -> None:
    runner, _ = piston({"run": {"stdout": "", "stderr": ""} | row})
    (outcome,) = runner.run(Program("bash", "x"), [Case()], Limits()).outcomes
    assert outcome.status is status


@pytest.mark.parametrize(
    "answer",
    [
        *([], "x", None, 1, {}, {"run": None}, {"run": []}, {"run": {}}, {"runs": []}, {"runs": [None]}, {"runs": {}}),
        *({"run": DONE | {"stdout": ["hi"]}}, {"run": DONE | {"stderr": 3}}, {"run": DONE | {"code": [0]}}),
        *({"compile": [], "run": DONE}, {"compile": {}, "run": DONE}, {"run": DONE | {"status": "XX"}}),
    ],
)
def test_an_answer_that_cannot_be_read_is_nobodys_fault_but_the_runners(answer: Any) -> None:
    runner, _ = piston(answer)
    (outcome,) = runner.run(Program("bash", "x"), [Case()], Limits()).outcomes
    assert outcome.status is Status.UNAVAILABLE


def test_what_a_database_cannot_keep_is_replaced() -> None:
    runner, _ = piston({"run": DONE | {"stdout": "a\0b\ud83d", "stderr": "\udc00"}})
    (outcome,) = runner.run(Program("bash", "x"), [Case()], Limits()).outcomes
    assert (outcome.stdout, outcome.stderr) == ("a\ufffdb\ufffd", "\ufffd")


def test_a_refusal_names_what_to_do_and_not_the_program() -> None:
    runner, _ = piston({"message": "run_timeout of echo secret cannot exceed 3000"}, status=400)
    (outcome,) = runner.run(Program("bash", "echo secret"), [Case()], Limits()).outcomes
    assert outcome == Outcome(
        Status.UNAVAILABLE,
        stderr="The code runner at http://runner:2000 answered 400. Raise the limits in its configuration.",
    )


def test_a_runner_that_is_away_is_asked_again() -> None:
    answers: list[httpx2.Response | None] = [None, httpx2.Response(200, json=[BASH])]

    def answer(request: httpx2.Request) -> httpx2.Response:
        found = answers.pop(0)
        if found is None:
            raise httpx2.ConnectError("refused", request=request)
        return found

    runner = Piston("http://runner:2000", httpx2.MockTransport(answer))
    assert (dict(runner.languages()), "does not answer" in runner.reason) == ({}, True)
    assert (list(runner.languages()), runner.reason) == (["bash"], "")


def test_each_request_has_its_own_patience() -> None:
    patience: list[float] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        patience.append(request.extensions["timeout"]["read"])
        return httpx2.Response(200, json=[BASH, CPP] if request.method == "GET" else {"run": DONE})

    runner = Piston("http://runner:2000", httpx2.MockTransport(answer))
    for language in ("bash", "cpp"):
        runner.run(Program(language, "x"), [Case()], Limits(wall_s=3))
    assert patience == [5, 18, 138]


# --- our own server ---


class Echo(Sandbox):
    """Gives every case back what it was sent; the source says how the run ends."""

    name = "echo"

    def languages(self) -> Mapping[str, Language]:
        return {"cpp": Language("cpp", "C++", "12.2"), "python": Language("python", "Python", "3.11.2")}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        if program.source == "wrong":
            return Ran(Outcome(Status.COMPILE_ERROR, 1, stderr="no"), ())
        status = Status(program.source)
        code = {Status.OK: 0, Status.RUNTIME_ERROR: 3}.get(status)
        said = [f"{case.stdin}{dict(program.files)}{dict(case.files)}{list(case.args)}" for case in cases]
        held = Outcome(status, code, time_ms=7, memory_kb=1_024)
        compiled = Outcome(Status.OK, 0) if program.language == "cpp" else None
        return Ran(compiled, tuple(Outcome(status, code, text, "", 7, held.memory_kb) for text in said))


@pytest.fixture
def url() -> Iterator[str]:
    yield from served(Echo())


def served(sandbox: Sandbox) -> Iterator[str]:
    with Server(sandbox, "127.0.0.1", 0, at_once=2) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_all_cases_go_in_one_request(url: str) -> None:
    cases = [Case("1", {"a": "x"}, ["-v"]), Case("2")]
    ran = Piston(url).run(Program("python", "ok", {"b": "y"}), cases, Limits())
    assert [one.stdout for one in ran.outcomes] == ["1{'b': 'y'}{'a': 'x'}['-v']", "2{'b': 'y'}{}[]"]
    assert (ran.compiled, ran.outcomes[0].time_ms, ran.outcomes[0].memory_kb) == (None, 7, 1_024)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.COMPILE_ERROR, Status.UNAVAILABLE}))
def test_every_ending_comes_through(url: str, status: Status) -> None:
    (outcome,) = Piston(url).run(Program("cpp", status), [Case()], Limits()).outcomes
    assert outcome.status is status


def test_what_the_compiler_says_comes_through(url: str) -> None:
    ran = Piston(url).run(Program("cpp", "wrong"), [Case(), Case()], Limits())
    assert ran == Ran(Outcome(Status.COMPILE_ERROR, 1, stderr="no"), ())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[", "The body is to be JSON."),
        (b"[]", "`language` is to be a name."),
        (b'{"language": "python"}', "`files` is to be a list."),
        (b'{"language": "python", "files": []}', "`files` holds no program."),
        (b'{"language": "lisp", "files": [{"content": ""}]}', "This runtime is unknown here"),
        (b'{"language": "python", "files": [{"name": "../x", "content": ""}]}', "A file is to have a plain `name`"),
        (b'{"language": "python", "files": [{"content": ""}], "cases": []}', "`cases` is to be a list of 1 to 100."),
        (b'{"language": "python", "files": [{"content": ""}], "stdin": 1}', "`stdin` is to be a text"),
        (b'{"language": "python", "files": [{"content": ""}], "run_timeout": 1e9}', "run_timeout cannot exceed"),
    ],
)
def test_bad_requests_are_told_why(url: str, body: bytes, said: str) -> None:
    response = httpx2.post(f"{url}/api/v2/execute", content=body)
    assert response.status_code == 400
    assert said in response.json()["message"]


class Endless(Echo):
    """Runs until it is told to end."""

    def __init__(self) -> None:
        self.begun, self.over = threading.Event(), threading.Event()

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        self.begun.set()
        self.over.wait(30)
        return super().run(program, cases, limits)


def test_a_server_that_stops_does_not_wait_for_the_runner() -> None:
    sandbox = Endless()
    program = Program("python", "ok")
    for url in served(sandbox):
        runner = Piston(url)
        with ThreadPoolExecutor(1) as threads:
            ran = threads.submit(runner.run, program, [Case()], Limits())
            assert sandbox.begun.wait(20)
            runner.close()
            (outcome,) = ran.result(10).outcomes
        sandbox.over.set()
        assert outcome.status is Status.UNAVAILABLE
        assert runner.run(program, [Case()], Limits()).outcomes == (Outcome(Status.UNAVAILABLE, stderr=CLOSED),)


def test_there_is_nothing_else(url: str) -> None:
    assert httpx2.get(f"{url}/api/v2/packages").status_code == 404
    assert httpx2.post(f"{url}/", content=b"{}").status_code == 404
    assert httpx2.post(f"{url}/api/v2/execute", content=b" " * (8 * 1024 * 1024 + 1)).status_code == 413


def test_minus_one_is_the_usual_limit() -> None:
    body = {"language": "c++", "files": [{"content": "x"}], "run_timeout": -1, "run_memory_limit": -1}
    program, cases, limits = asked(body)
    assert (program, cases) == (Program("cpp", "x"), [Case()])
    assert (limits.wall_s, limits.memory_mb) == (Limits().patience_s, Limits().memory_mb)


def test_a_limit_beyond_the_servers_is_refused() -> None:
    with pytest.raises(Refused, match="run_memory_limit cannot exceed"):
        asked({"language": "c", "files": [{"content": "x"}], "run_memory_limit": 2**40})


def test_programs_really_run_behind_it() -> None:
    sandbox = bubblewrap.detect()
    if sandbox.reason:
        pytest.skip(sandbox.reason)
    for url in served(sandbox):
        cases = [Case("20"), Case("x")]
        ran = Piston(url).run(Program("python", "print(int(input()) + 1)"), cases, Limits())
        assert [(one.status, one.stdout, one.exit_code) for one in ran.outcomes] == [
            (Status.OK, "21\n", 0),
            (Status.RUNTIME_ERROR, "", 1),
        ]
