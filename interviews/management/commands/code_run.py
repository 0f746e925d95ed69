"""`manage.py code_run --language python --file F [--stdin F]`: one program, as candidates' programs are run."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interviews.coding import sandboxes
from providers.sandbox.base import Case, Limits, Outcome, Program, Status

LIMITS = Limits(cpu_s=10, memory_mb=512, processes=128, output_bytes=16 * 1024 * 1024, files_mb=64)


class Command(BaseCommand):
    help = "Runs a program in the sandbox and prints {status, exit_code, stdout, stderr, time_ms, memory_kb} as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", required=True, help="python, javascript, typescript, java, c, cpp, …")
        parser.add_argument("--file", required=True, type=Path, help="the program")
        parser.add_argument("--stdin", type=Path, help="its standard input; empty without it")
        parser.add_argument("--cpu-seconds", type=float, default=LIMITS.cpu_s)
        parser.add_argument("--memory-mb", type=int, default=LIMITS.memory_mb)

    def handle(self, *args: Any, language: str, file: Path, stdin: Path | None, **options: Any) -> None:
        """Ends with 0 whenever the program was run, whatever came of it, and with 2 where it could not be."""
        case = Case(stdin=_text(stdin) if stdin else "")
        limits = Limits(
            cpu_s=options["cpu_seconds"], memory_mb=options["memory_mb"], processes=LIMITS.processes,
            output_bytes=LIMITS.output_bytes, files_mb=LIMITS.files_mb,
        )  # fmt: skip
        ran = sandboxes.current().run(Program(language, _text(file)), [case], limits)
        outcome = ran.outcomes[0] if ran.outcomes else ran.compiled
        assert outcome is not None  # noqa: S101  # where nothing ran, the compiler had something to say
        self.stdout.write(described(outcome))
        if outcome.status is Status.UNAVAILABLE:
            sys.exit(2)


def described(outcome: Outcome) -> str:
    """One line, ASCII, so that no terminal's encoding matters."""
    names = ("status", "exit_code", "stdout", "stderr", "time_ms", "memory_kb")
    return json.dumps({name: getattr(outcome, name) for name in names})


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
