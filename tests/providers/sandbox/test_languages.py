"""Each language that this machine has adds up numbers; what their programs need beside that."""

import time

import pytest

from providers.sandbox import languages
from providers.sandbox.base import Case, Limits, Program, Status
from tests.providers.sandbox.conftest import Box

PATIENT = Limits(cpu_s=5, wall_s=60)
ADDING = {
    "python": "import sys\nprint(sum(map(int, sys.stdin)))",
    "javascript": "const all = require('fs').readFileSync(0, 'utf8').trim().split('\\n').map(Number);\n"
    "console.log(all.reduce((a, b) => a + b));",
    "typescript": "import * as fs from 'fs';\nconst all: number[] = fs.readFileSync(0, 'utf8').trim().split('\\n')"
    ".map(Number);\nconsole.log(all.reduce((a: number, b: number): number => a + b));",
    "java": "import java.util.*;\npublic class Adding {\n  public static void main(String[] args) {\n"
    "    Scanner in = new Scanner(System.in); long sum = 0;\n    while (in.hasNextLong()) sum += in.nextLong();\n"
    "    System.out.println(sum);\n  }\n}\nclass Other {}\n",
    "c": '#include <stdio.h>\nint main(void) { long sum = 0, one; while (scanf("%ld", &one) == 1) sum += one;\n'
    '  printf("%ld\\n", sum); return 0; }',
    "cpp": "#include <iostream>\nint main() { long sum = 0, one; while (std::cin >> one) sum += one;\n"
    "  std::cout << sum << std::endl; }",
    "go": 'package main\nimport "fmt"\nfunc main() { sum, one := 0, 0\n'
    "  for { if _, err := fmt.Scan(&one); err != nil { break }; sum += one }\n  fmt.Println(sum) }",
    "rust": "use std::io::*;\nfn main() { let mut all = String::new(); stdin().read_to_string(&mut all).unwrap();\n"
    '  println!("{}", all.split_whitespace().map(|one| one.parse::<i64>().unwrap()).sum::<i64>()); }',
    "ruby": "puts STDIN.read.split.sum(&:to_i)",
    "php": '<?php echo array_sum(explode("\\n", stream_get_contents(STDIN))), "\\n";',
    "bash": 'sum=0; while read -r one; do sum=$((sum + one)); done; echo "$sum" | tr -d x',
    "sql": "SELECT sum(one) FROM numbers;",
}
INPUTS = {"sql": "CREATE TABLE numbers (one INT); INSERT INTO numbers VALUES (1), (2), (30);"}
GET = {
    "javascript": "nodejs", "typescript": "nodejs, then `make build`", "java": "default-jdk-headless", "c": "gcc",
    "cpp": "g++", "go": "golang-go", "rust": "rustc", "ruby": "ruby", "php": "php-cli",
}  # fmt: skip


@pytest.fixture
def has(box: Box) -> set[str]:
    return set(box.sandbox.languages())


@pytest.mark.parametrize("language", ADDING)
def test_adding(box: Box, has: set[str], language: str) -> None:
    if language not in has:
        pytest.skip(f"no {language} here: apt-get install {GET[language]}")
    cases = [Case(INPUTS.get(language, "1\n2\n30\n"))] * 2
    ran = box.sandbox.run(Program(language, ADDING[language]), cases, PATIENT)
    assert [(outcome.status, outcome.stdout) for outcome in ran.outcomes] == [(Status.OK, "33\n")] * 2, ran
    assert (ran.compiled is not None) is (language in {"typescript", "java", "c", "cpp", "go", "rust"})


@pytest.mark.parametrize("language", ["typescript", "java", "c", "cpp", "go", "rust"])
def test_what_does_not_compile(box: Box, has: set[str], language: str) -> None:
    if language not in has:
        pytest.skip(f"no {language} here: apt-get install {GET[language]}")
    ran = box.sandbox.run(Program(language, "this is { no program"), [Case()], PATIENT)
    assert ran.compiled is not None
    assert (ran.compiled.status, ran.outcomes) == (Status.COMPILE_ERROR, ())
    assert "main." in ran.compiled.stderr.lower()


def test_every_language_says_its_version(box: Box) -> None:
    found = box.sandbox.languages()
    assert {"python", "bash", "sql"} <= set(found) <= set(ADDING)
    assert all(one.key == key and one.label and one.version[0].isdigit() for key, one in found.items())


def test_a_compiler_that_is_led_astray(box: Box, has: set[str]) -> None:
    if "c" not in has:
        pytest.skip(f"no C here: apt-get install {GET['c']}")
    ran = box.sandbox.run(Program("c", '#include "/etc/passwd"\nint main(void) { return 0; }'), [Case()], PATIENT)
    assert ran.compiled is not None
    assert "No such file or directory" in ran.compiled.stderr


def test_the_runs_see_no_compiler(box: Box, has: set[str]) -> None:
    if "c" not in has:
        pytest.skip(f"no C here: apt-get install {GET['c']}")
    source = '#include <stdio.h>\nint main(void) { puts(fopen("/usr/include/stdio.h", "r") ? "seen" : "gone"); }'
    assert box(source, language="c", limits=PATIENT).stdout == "gone\n"


@pytest.mark.parametrize(
    ("source", "main", "started"),
    [
        ("class A { public static void main(String[] a) {} }", "Main.java", "A"),
        ("public class B { class C {} public static void main(String... a) {} }", "B.java", "B"),
        ("package x.y;\nclass H {}\npublic final class B { static void main(String[] a) {} }", "B.java", "x.y.B"),
        ('// public class No {\nclass S { String s = "class T {"; }\npublic record R() {}', "R.java", "R"),
        ("interface I {} enum E { A } class M { public static final void main(String[] a) {} }", "Main.java", "M"),
        ("class Q {\n  char q() { return '\"'; }\n}\nclass M { static void main(String[] a) {} }", "Main.java", "M"),
        ('class T { String t = """\n  public class No {" \\""" }\n  """; }\npublic enum E {}', "E.java", "E"),
        ("/* of */\n\n  package\tx.y ;\n\npublic\n\n  abstract /* a */ class P {}", "P.java", "x.y.P"),
        ("", "Main.java", "Main"),
    ],
)
def test_what_a_java_program_is_called(has: set[str], source: str, main: str, started: str) -> None:
    if "java" not in has:
        pytest.skip(f"no Java here: apt-get install {GET['java']}")
    found = languages.toolchain("java")
    assert found is not None
    fitted = languages.fitted(found, source)
    assert (fitted.main, fitted.running[-1], fitted.compiling[-1]) == (main, started, main)


BIG = 64 * 1024
UNENDING = [
    "\n", " ", "\t\n", '"\\', "'\\", '"""\\', '"\\""', "/*", "/* *", "//", '"', "'", "`", "import ", "import\n(",
    "export", "package ", "\npackage a", "final ", "public ", "static final ", "public\n\n",
    "class A ", "class {", "class\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", UNENDING)
@pytest.mark.parametrize("key", ["javascript", "java"])
def test_no_program_takes_long_to_be_looked_at(key: str, piece: str) -> None:
    """Whoever holds the interpreter meanwhile keeps everybody's interview waiting."""
    tools = languages.Toolchain(key, key, (), "Main.java", ("Main",), ())
    before = time.process_time()
    for ending in ("", "\\", ";"):
        languages.fitted(tools, piece * (BIG // len(piece)) + ending)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("source", "main"),
    [
        ("\n\n \timport fs from 'fs'", "main.mjs"),
        ("\nexport const a = 1", "main.mjs"),
        ("let a = 1\nimport\n{ b } from 'b'", "main.mjs"),
        ("let imported; import(1)", "main.js"),
        ("import a from 'a'; require('b')", "main.js"),
    ],
)
def test_what_a_module_is(source: str, main: str) -> None:
    tools = languages.Toolchain("javascript", "JavaScript", (), "main.js", ("main.js",), ())
    assert languages.fitted(tools, source).main == main


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("import { readFileSync } from 'node:fs';\nconsole.log(typeof readFileSync)", "function\n"),
        ("const { existsSync } = require('fs');\nconsole.log(typeof existsSync)", "function\n"),
        ("const deep = n => n && deep(n - 1) + 1;\nconsole.log(deep(20000))", "20000\n"),
        ("fetch('http://127.0.0.1').catch(error => console.log(error.cause.code))", "ENOSYS\n"),
    ],
    ids=["a module", "no module", "deep recursion", "no network"],
)
def test_javascript(box: Box, has: set[str], source: str, printed: str) -> None:
    if "javascript" not in has:
        pytest.skip(f"no JavaScript here: apt-get install {GET['javascript']}")
    outcome = box(source, language="javascript", limits=PATIENT)
    assert (outcome.status, outcome.stdout) == (Status.OK, printed), outcome.stderr


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("javascript", "const held = []; for (;;) held.push(new Array(1e5).fill(1.5));"),
        ("java", ("class A { static int[][] all = new int[9999][]; public static void main(String[] a) {\n"
          "for (int i = 0; ; i++) all[i] = new int[100000]; } }")),
        ("cpp", "#include <vector>\nint main() { std::vector<long> v; for (;;) v.push_back(1); }"),
    ],
)  # fmt: skip
def test_memory_of_runtimes_with_a_heap_of_their_own(box: Box, has: set[str], language: str, source: str) -> None:
    if language not in has:
        pytest.skip(f"no {language} here: apt-get install {GET[language]}")
    limits = Limits(cpu_s=10, wall_s=60, memory_mb=100)
    assert box(source, language=language, limits=limits).status is Status.MEMORY_LIMIT


# --- SQL ---


def rows(box: Box, source: str, stdin: str = "", setup: str = "") -> tuple[Status, str, str]:
    ran = box.sandbox.run(Program("sql", source, {"setup.sql": setup}), [Case(stdin)], Limits())
    return ran.outcomes[0].status, ran.outcomes[0].stdout, ran.outcomes[0].stderr


def test_sql_prints_rows(box: Box) -> None:
    setup = "CREATE TABLE people (name TEXT, age INT, share REAL);"
    given = "INSERT INTO people VALUES ('Ann; or |', 30, 0.5), ('Боб', NULL, 1.0);"
    source = "UPDATE people SET age = age + 1;\n-- only now\nSELECT * FROM people;\nSELECT count(*) FROM people"
    assert rows(box, source, given, setup) == (Status.OK, "Ann; or ||31|0.5\nБоб|NULL|1.0\n2\n", "")


def test_each_case_has_a_database_of_its_own(box: Box) -> None:
    program = Program("sql", "INSERT INTO t VALUES (1); SELECT count(*) FROM t", {"setup.sql": "CREATE TABLE t (a)"})
    ran = box.sandbox.run(program, [Case(), Case()], Limits())
    assert [outcome.stdout for outcome in ran.outcomes] == ["1\n", "1\n"]


def test_sql_says_what_is_wrong(box: Box) -> None:
    assert rows(box, "SELECT 1; SELECT no FROM where") == (
        Status.RUNTIME_ERROR, "1\n", 'Error: near "where": syntax error\n'
    )  # fmt: skip


def test_a_query_without_end(box: Box) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    program = Program("sql", endless)
    assert box.sandbox.run(program, [Case()], Limits(cpu_s=1)).outcomes[0].status is Status.TIME_LIMIT
