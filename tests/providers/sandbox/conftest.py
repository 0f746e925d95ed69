"""The sandbox of this machine, found once; where there is none, tests that run programs say how to get it."""

import pytest

from providers.sandbox import bubblewrap
from providers.sandbox.base import Case, Limits, Outcome, Program, Sandbox

# Whole seconds of CPU are the suite's time as well: as short as a slow start of a runtime allows.
LIMITS = Limits(cpu_s=1, wall_s=20, memory_mb=128)


class Box:
    """Runs one program in one case, or says what its compiler said."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def outcomes(self, language: str, source: str, *cases: Case, limits: Limits = LIMITS) -> tuple[Outcome, ...]:
        ran = self.sandbox.run(Program(language, source), cases or [Case()], limits)
        return ran.outcomes or (ran.compiled or pytest.fail("Nothing ran."),)

    def __call__(self, source: str, stdin: str = "", *, language: str = "python", limits: Limits = LIMITS) -> Outcome:
        return self.outcomes(language, source, Case(stdin), limits=limits)[0]


@pytest.fixture(scope="session")
def box() -> Box:
    found = bubblewrap.detect()
    if found.reason:
        pytest.skip(found.reason)
    return Box(found)
