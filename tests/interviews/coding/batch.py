"""`python batch.py`: takes a job a line, runs main.py once a case, each in a fork, and answers with their outcomes."""

import json
import os
import resource
import runpy
import sys
import traceback
from pathlib import Path
from typing import Any

WRITING = os.O_CREAT | os.O_WRONLY
STREAMS = ((".stdin", os.O_RDONLY, "r"), (".stdout", WRITING, "w"), (".stderr", WRITING, "w"))


def child(case: dict[str, Any], seconds: int) -> None:
    """In a folder of its own, with the case's files beside main.py."""
    folder = Path(case["folder"])
    folder.mkdir()
    os.chdir(folder)
    for name, text in {**case["files"], ".stdin": case["stdin"]}.items():
        Path(name).write_text(text, encoding="utf-8")
    for number, (name, flags, mode) in enumerate(STREAMS):
        os.dup2(os.open(name, flags), number)
        setattr(sys, name.strip("."), os.fdopen(number, mode, encoding="utf-8", closefd=False))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.path[0] = str(Path.cwd())
    runpy.run_path("main.py", run_name="__main__")


def forked(case: dict[str, Any], seconds: int) -> None:
    code = 1
    try:
        child(case, seconds)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001  # the interpreter's part: whatever ends a program is printed
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def one(case: dict[str, Any], seconds: int) -> list[Any]:
    pid = os.fork()
    if pid == 0:
        forked(case, seconds)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    folder = Path(case["folder"])
    return [code, *((folder / name).read_text(encoding="utf-8", errors="replace") for name in (".stdout", ".stderr"))]


if __name__ == "__main__":
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps([one(case, job["seconds"]) for case in job["cases"]]), flush=True)
