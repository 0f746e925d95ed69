"""`manage.py check_tasks`: whether code tasks are well written, and do what they promise."""

import time
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interviews.coding import bank_format, proofs, sandboxes, tasks
from providers.sandbox.base import Sandbox

AT_ONCE = 2


class Command(BaseCommand):
    help = (
        "Checks YAML files of code tasks, or the whole bank: the format, then in the sandbox that every solution "
        "passes all tests, every planted wrong one fails, and who does nothing passes nothing."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--own", action="store_true", help="recruiters' own tasks, which may be less complete")
        parser.add_argument("--format-only", action="store_true", help="runs nothing")

    def handle(
        self, *args: Any, files: list[Path], own: bool = False, format_only: bool = False, **options: Any
    ) -> None:
        sandbox = None if format_only else sandboxes.current()
        if sandbox is not None and sandbox.reason:
            raise CommandError(f"{sandbox.reason} (--format-only runs nothing)")
        rules = bank_format.MINE if own else bank_format.BANK
        paths = files or tasks.files()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            checked = pool.map(lambda path: _faults(path, rules, sandbox), paths)
            faulty = sum(self._tell(path, *found) for path, found in zip(paths, checked, strict=True))
        if faulty:
            raise CommandError(f"{faulty} of {len(paths)} are faulty.")

    def _tell(self, path: Path, faults: list[str], seconds: float) -> bool:
        self.stdout.write(f"{path.name}: {'FAULTY' if faults else 'ok'} ({seconds:.1f} s)")
        for fault in faults:
            self.stdout.write(f"  {fault}")
        return bool(faults)


def _faults(path: Path, rules: bank_format.Rules, sandbox: Sandbox | None) -> tuple[list[str], float]:
    begun = time.monotonic()
    try:
        task = bank_format.load(path.read_text(encoding="utf-8"), rules)
        problems = proofs.problems(task, sandbox) if sandbox else ()
        found = [f"{problem}\n{problem.said}".rstrip() for problem in problems]
    except bank_format.BadDocument as error:
        found = [str(fault) for fault in error.faults]
    except (OSError, UnicodeDecodeError) as error:
        found = [str(error)]
    return found, time.monotonic() - begun
