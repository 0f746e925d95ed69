"""What is asked about what the tests found."""

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups.about import About, Failure, Verdict
from interviews.coding.follow_ups.edges import Edge

AIMS = (
    *("edge", "crash", "slow", "memory", "compile", "none_passed", "all_passed"),
    *("test_missed", "test_caught", "test_refused"),
)
OF_STATUS = {"time_limit": "slow", "memory_limit": "memory", "runtime_error": "crash"}
ABOUT_EDGES = {"edge", "crash"}
LIMITS = {"time_limit", "memory_limit"}


def aim(about: About) -> tuple[str, str] | None:
    """What to ask about, and the class of edge where it is about one; None where nothing was judged."""
    verdict = about.verdict
    if verdict is None or not verdict.total:
        return None
    if about.kind == Kind.TESTING:
        return _of_tests(verdict), ""
    if not verdict.compiled:
        return "compile", ""
    if verdict.passed == verdict.total:
        return "all_passed", ""
    if not verdict.passed:
        return "none_passed", ""
    telling = failures(verdict)
    return _of_failure(min(telling, key=_telling)) if telling else None


def failures(verdict: Verdict) -> tuple[Failure, ...]:
    """Those of the hidden tests whose class of edge says something of the fault.

    A large input is wrong, or ends the program, with whatever is wrong elsewhere: its size is to blame only where
    nothing else failed, the visible tests included.
    """
    large = [one for one in verdict.failures if one.edge == Edge.LARGE and one.status not in LIMITS]
    alone = verdict.total - verdict.passed <= len(large)
    return verdict.failures if alone else tuple(one for one in verdict.failures if one not in large)


def _of_failure(failure: Failure) -> tuple[str, str]:
    found = OF_STATUS.get(failure.status, "edge")
    return found, failure.edge if found in ABOUT_EDGES else ""


def _of_tests(verdict: Verdict) -> str:
    if not verdict.accepts:
        return "test_refused"
    return "test_caught" if verdict.passed == verdict.total else "test_missed"


def _telling(failure: Failure) -> tuple[bool, bool]:
    """An edge that has a name says more than one that has none, and a wrong answer more than a limit."""
    return failure.edge == Edge.OTHER, failure.status in LIMITS
