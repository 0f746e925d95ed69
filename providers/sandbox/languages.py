"""The languages that this machine can run, what each of them needs to be seen of its file system, and how it is run.

A toolchain's `compiling` and `running` are commands in which `{memory_mb}` stands for what a managed heap may take.
Paths in `compile_needs` and `run_needs` become readable in the sandbox, and nothing else of the machine's does.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE.parents[1] / "frontend" / "node_modules"
# What shell programs use: the file, text and number tools of POSIX, no package manager, no network client.
TOOLS = """
    [ awk base64 basename bc cat chmod cmp comm cp csplit cut date dd df diff dirname du echo env expand expr factor
    false find fmt fold gawk grep egrep fgrep head id join ln ls mawk md5sum mkdir mkfifo mktemp mv nl nproc numfmt od
    paste pr printf pwd
    readlink realpath rev rm rmdir sed seq sh shuf sleep sort split stat stdbuf sum tac tail tee test time timeout touch
    tr true truncate tsort uname unexpand uniq wc whoami xargs yes
"""
GCC_NEEDS = ("/usr/include", "/usr/lib/gcc", "/usr/libexec/gcc", "/usr/bin/as", "/usr/bin/ld", "/usr/bin/ld.bfd")


@dataclass(frozen=True, slots=True)
class Toolchain:
    """One language as found here. `extra_mb` is what its runtime needs before the program's first line."""

    key: str
    label: str
    asked: tuple[str, ...]  # prints its version
    main: str
    running: tuple[str, ...]
    run_needs: tuple[str, ...]
    compiling: tuple[str, ...] = ()
    compile_needs: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    managed: bool = False  # reserves far more addresses than it uses, so that RLIMIT_AS would kill it
    extra_mb: int = 0
    finds_itself: bool = False  # by /proc/self/exe: where /proc is masked it does not start
    compile_s: float = 20.0
    stack_mb: int = 64

    @property
    def version(self) -> str:
        return version(self.asked)


@cache
def version(command: tuple[str, ...]) -> str:
    """The first number with a dot in what it prints; empty where it does not start."""
    found = re.search(r"\d+(\.\d+)+", printed(command))
    return found.group() if found else ""


def printed(command: tuple[str, ...]) -> str:
    """Its standard output and error; empty where it does not start or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr if done.returncode == 0 else ""


def program(name: str) -> str | None:
    found = shutil.which(name, path=os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/local/bin:/usr/bin:/bin")
    return str(Path(found).resolve()) if found else None


def matching(folder: str | Path, pattern: str) -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(Path(folder).glob(pattern)))


# --- what depends on the program ---

# Candidates write what these read: each finds a text without end too, or fails at once, so that none looks twice.
MODULE = re.compile(r"^[ \t]*(import\s+[\w{*\"']|export\s)", re.MULTILINE)
JAVA_SKIPPED = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)"
    r'|"""(?:\\.?|[^\\])*?(?:"""|\Z)'
    r'|"(?:\\.|[^"\\\n])*"?'
    r"|'(?:\\.|[^'\\\n])*'?"
    r"|\s+",
    re.DOTALL,
)
# In a program without what is skipped, one space in its place.
JAVA_PACKAGE = re.compile(r" ?package ([\w.]+) ?;")
JAVA_TYPE = re.compile(
    r"(\bpublic )?(?:\b(?:final|abstract|sealed|strictfp|static) ){0,5}\b(?:class|record|enum|interface) (\w+)"
)
JAVA_MAIN = re.compile(r"\bstatic (?:final )?void main ?\(")


def fitted(toolchain: Toolchain, source: str) -> Toolchain:
    """As this program needs it: JavaScript with `import` is a module, a Java file is called like its public class."""
    if toolchain.key == "javascript" and MODULE.search(source) and "require(" not in source:
        return _renamed(toolchain, "main.js", "main.mjs")
    return _java(toolchain, source) if toolchain.key == "java" else toolchain


def _java(toolchain: Toolchain, source: str) -> Toolchain:
    plain = re.sub(" +", " ", JAVA_SKIPPED.sub(" ", source))
    entry = JAVA_MAIN.search(plain)
    outer = list(_outer_types(plain))
    public = next((one[2] for one in outer if one[1]), "Main")
    before = [one[2] for one in outer if entry and one.start() < entry.start()]
    package = JAVA_PACKAGE.match(plain)
    started = ".".join([*([package[1]] if package else []), before[-1] if before else public])
    return replace(_renamed(toolchain, "Main.java", f"{public}.java"), running=(*toolchain.running[:-1], started))


def _outer_types(plain: str) -> Iterator[re.Match[str]]:
    """Those that stand in no braces."""
    depth = seen = 0
    for one in JAVA_TYPE.finditer(plain):
        depth += plain.count("{", seen, one.start()) - plain.count("}", seen, one.start())
        seen = one.start()
        if depth == 0:
            yield one


def _renamed(toolchain: Toolchain, before: str, after: str) -> Toolchain:
    def exchanged(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(after if word == before else word for word in words)

    return replace(
        toolchain, main=after, running=exchanged(toolchain.running), compiling=exchanged(toolchain.compiling)
    )


# --- one function a language: None where the machine lacks it ---


@cache
def interpreter() -> tuple[str, tuple[str, ...]]:
    """The Python that runs this server, without its virtual environment: the file, and what it needs."""
    binary = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    library = Path(os.__file__).resolve().parent
    shared = matching(binary.parents[1] / "lib", "libpython3*.so*")
    return str(binary), (str(binary), str(library), *shared)


def python() -> Toolchain:
    binary, needs = interpreter()
    return Toolchain(
        "python", "Python", (binary, "--version"), "main.py", (binary, "-s", "main.py"), needs,
        environment={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def sql() -> Toolchain:
    binary, needs = interpreter()
    return Toolchain(
        "sql", "SQL (SQLite)", (binary, "-c", "import sqlite3; print(sqlite3.sqlite_version)"), "main.sql",
        (binary, "-I", "-S", ".query.py"), needs, files={".query.py": (HERE / "sqlite.py").read_text()},
    )  # fmt: skip


NODE = ("--max-old-space-size={memory_mb}", "--stack-size=7000")
NODE_MB = 64


def javascript() -> Toolchain | None:
    if (node := program("node")) is None:
        return None
    return Toolchain(
        "javascript", "JavaScript (Node.js)", (node, "--version"), "main.js", (node, *NODE, "main.js"), (node,),
        managed=True, extra_mb=NODE_MB, stack_mb=8,
    )  # fmt: skip


def typescript() -> Toolchain | None:
    """Types are taken out, not checked, by esbuild."""
    # A sandbox has a /tmp of its own: what lies in the machine's cannot be shown there.
    builders = [one for one in matching(MODULES, "@esbuild/*/bin/esbuild") if not one.startswith("/tmp/")]  # noqa: S108
    node = program("node")
    esbuild = builders[0] if builders else program("esbuild")
    if node is None or esbuild is None:
        return None
    return Toolchain(
        "typescript", "TypeScript", (node, "--version"), "main.ts", (node, *NODE, "main.js"), (node,),
        (esbuild, "main.ts", "--format=cjs", "--platform=node", "--outfile=main.js", "--log-level=warning"),
        (esbuild,), {"GOMAXPROCS": "1"}, managed=True, extra_mb=NODE_MB, stack_mb=8,
    )  # fmt: skip


def java() -> Toolchain | None:
    compiler = program("javac")
    if compiler is None:
        return None
    home = str(Path(compiler).parents[1])
    needs = (home, *matching("/etc", "java-*"))
    flags = ("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2", "-XX:-UsePerfData", "-Xshare:auto")
    return Toolchain(
        "java", "Java", (compiler, "-version"), "Main.java",
        (f"{home}/bin/java", *flags, "-Xmx{memory_mb}m", "-Xss64m", "Main"), needs,
        (compiler, *(f"-J{flag}" for flag in flags), "-J-XX:TieredStopAtLevel=1", "-encoding", "UTF-8", "-d", ".",
         "Main.java"),
        needs, managed=True, extra_mb=128, stack_mb=8, finds_itself=True,
    )  # fmt: skip


def native(key: str, label: str, compiler: str, main: str, flags: tuple[str, ...]) -> Toolchain | None:
    binary = program(compiler)
    if binary is None:
        return None
    needs = (binary, *GCC_NEEDS)
    return Toolchain(
        key, label, (binary, "-dumpfullversion"), main, ("./main",), (),
        (binary, "-O2", *flags, "-o", "main", main, "-lm", "-pthread"), needs,
    )  # fmt: skip


def c() -> Toolchain | None:
    return native("c", "C", "gcc", "main.c", ("-std=gnu17",))


def cpp() -> Toolchain | None:
    return native("cpp", "C++", "g++", "main.cpp", ("-std=gnu++20",))


def go() -> Toolchain | None:
    binary = program("go")
    if binary is None:
        return None
    root = str(Path(binary).parents[1])
    environment = {
        "GOROOT": root, "GOCACHE": "/tmp/cache", "GOPATH": "/tmp/go", "GO111MODULE": "off", "CGO_ENABLED": "0",  # noqa: S108
        "GOTOOLCHAIN": "local", "GOMAXPROCS": "2",
    }  # fmt: skip
    return Toolchain(
        "go", "Go", (binary, "version"), "main.go", ("./main",), (), (binary, "build", "-o", "main", "main.go"),
        (root, *matching("/usr/share", "go-*")), environment, managed=True, extra_mb=32, compile_s=60,
    )  # fmt: skip


def rust() -> Toolchain | None:
    """rustup's `rustc` only finds the real one; it links with gcc."""
    shim, linker = program("rustc"), program("gcc")
    found = shutil.which("rustc")
    if shim is None or found is None or linker is None:
        return None
    binary = f"{printed((found, '--print', 'sysroot')).strip()}/bin/rustc"
    if not Path(binary).is_file():
        return None
    flags = ("--edition", "2021", "-C", "opt-level=2", "-C", f"linker={linker}", "-o", "main")
    needs = tuple(str(part) for part in (binary, *Path(binary).parents[1].glob("lib"), linker, *GCC_NEEDS))
    return Toolchain(
        "rust", "Rust", (binary, "--version"), "main.rs", ("./main",), (), (binary, *flags, "main.rs"), needs,
        compile_s=30, finds_itself=True,
    )  # fmt: skip


def ruby() -> Toolchain | None:
    binary = program("ruby")
    if binary is None:
        return None
    prefix = Path(binary).parents[1]
    libraries = matching(prefix, "lib/ruby") if str(prefix) == "/usr" else (str(prefix / "lib"),)
    return Toolchain("ruby", "Ruby", (binary, "--version"), "main.rb", (binary, "main.rb"), (binary, *libraries))


def php() -> Toolchain | None:
    binary = program("php")
    if binary is None:
        return None
    return Toolchain(
        "php", "PHP", (binary, "--version"), "main.php",
        (binary, "-d", "display_errors=stderr", "-d", "memory_limit={memory_mb}M", "main.php"),
        (binary, "/usr/lib/php", "/usr/share/php", "/etc/php"),
    )  # fmt: skip


def bash() -> Toolchain | None:
    binary = program("bash")
    if binary is None:
        return None
    tools = tuple(path for name in TOOLS.split() if Path(path := f"/usr/bin/{name}").exists())
    return Toolchain(
        "bash", "Bash", (binary, "--version"), "main.sh", (binary, "main.sh"), (binary, *tools, "/etc/alternatives")
    )


FINDERS: Mapping[str, Callable[[], Toolchain | None]] = {
    "python": python, "javascript": javascript, "typescript": typescript, "java": java, "c": c, "cpp": cpp, "go": go,
    "rust": rust, "ruby": ruby, "php": php, "bash": bash, "sql": sql,
}  # fmt: skip


@cache
def toolchain(key: str) -> Toolchain | None:
    """None for a language that nobody has heard of, and for one that this machine lacks."""
    return FINDERS[key]() if key in FINDERS else None
