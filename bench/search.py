"""How fast resumes are found by meaning and by words, among 100,000 in the default store.

    python -m bench.search [--resumes 100000] [--searches 200] [--folder kept]

Fills a database of its own (SQLite, or `DATABASE_URL`'s when it is empty) with generated resumes and searches in it
as the API does: the query's vector, the index, what the database adds, the first page with its excerpts. Prints the
median and the 95th percentile, by the clock and in processor time, the first load of a process, the memory of the
index, and searches while another process changes ten resumes a second. `--folder` keeps the database for the next run.

The limit is held against the clock: it is what somebody waits, and numpy's threads wait for each other in processor
time. So the machine must have nothing else to do. What it has to give at this moment, one product of all vectors with
a query and nothing else, is measured in the same run; the last column tells how many of those a search takes.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

LIMIT_MS = 25.0
Times = tuple[float, float]  # of one search, in ms: by the clock, and of the processor
PAGE = 20
WRITES_A_SECOND = 10.0
QUERIES = (
    *("python developer", "k8s", "senior backend developer with Kafka", "data engineer spark airflow"),
    *("后端工程师 kubernetes", "前端工程师", "тестировщик selenium", "Бэкенд-разработчик postgres"),
    *("백엔드 개발자 쿠버네티스", "디자이너 figma", "product manager", "who has built payments for a bank"),
)
#: What is sent beside the query; of each kind several are taken in turn.
FILTERS: dict[str, list[dict[str, Any]]] = {
    "no filter": [{}],
    "common filter": [{"skill": ["python"]}, {"language": "en"}, {"status": "parsed"}, {"years_min": 3.0}],
    "filter": [{"skill": ["kubernetes"], "years_min": 5.0}, {"skill": ["java"], "language": "ru"}],
    "rare filter": [{"skill": ["kubernetes", "java", "sql"]}, {"skill": ["java", "sql"], "years_min": 20.0}],
    "filter by the database": [{"position": "тестировщик"}, {"position": "后端", "years_min": 5.0}],
}
BASELINE = "baseline: one bare product"
LIMITED = ("common filter", "filter", "rare filter")


def main() -> int:
    arguments = options()
    with kept(arguments.folder) as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ["DATA_DIR"] = str(folder)
        if arguments.fill or arguments.write:
            set_up()
            return fill(arguments.resumes) if arguments.fill else write(arguments.resumes)
        child(folder, "--fill", "--resumes", str(arguments.resumes)).wait()
        set_up()
        return report(folder, arguments.resumes, arguments.searches)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--resumes", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=200, help="of each kind")
    parser.add_argument("--folder", type=Path, help="where the database is kept for the next run")
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def set_up() -> None:
    import django

    django.setup()


def child(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bench.search", "--folder", str(folder), *arguments])


def fill(count: int) -> int:
    """In a process of its own: what making them takes must not count as the index's memory."""
    from django.core.management import call_command

    from accounts.models import Role, User
    from bench.search_people import People
    from resumes.models import Resume

    call_command("migrate", verbosity=0)
    if held := Resume.objects.count():
        print(f"{held} resumes are there")
        return 0
    began = time.perf_counter()
    User.objects.create_user("recruiter@example.com", "not signed in with", role=Role.RECRUITER)
    People().fill(count)
    print(f"made {count} resumes in {time.perf_counter() - began:.0f} s")
    return 0


def write(count: int) -> int:
    """Change resumes, one after the other, until this process is ended."""
    from bench.search_people import touch

    for number in cycle(range(count)):
        began = time.perf_counter()
        touch(number + 1, float(number % 30))
        time.sleep(max(1 / WRITES_A_SECOND - (time.perf_counter() - began), 0.0))
    return 0


def report(folder: Path, resumes: int, searches: int) -> int:
    first_load()
    print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':<36}{'ms by the clock':>20}{'ms of processor':>20}{'median of':>12}")
    print(f"{'one search':<36}{'median':>10}{'p95':>10}{'median':>10}{'p95':>10}{'baselines':>12}")
    shown = Table(bare(searches))
    p95 = {name: shown(f"by meaning, {name}", by_meaning(name, searches)) for name in FILTERS}
    writer = child(folder, "--write", "--resumes", str(resumes))
    try:
        time.sleep(3)  # until it has started
        for name in ("no filter", "filter"):
            shown(f"during writes, {name}", by_meaning(name, searches))
    finally:
        writer.kill()
        writer.wait()
    for name, wanted in WORDS.items():
        shown(f"by words, {name}", by_words(wanted, searches))
    worst = max(p95[name] for name in LIMITED)
    verdict = "reached" if worst <= LIMIT_MS else "NOT reached"
    print(f"limit: by meaning with a filter, p95 at most {LIMIT_MS:.0f} ms: {verdict} ({worst:.1f} ms by the clock)")
    return 0 if worst <= LIMIT_MS else 1


#: Searches and filters of the list, as `filters.narrow` takes them.
WORDS: dict[str, list[dict[str, Any]]] = {
    "one rare": [{"search": "shizulen"}, {"search": "rorotiti"}],
    "one common": [{"search": "python"}, {"search": "developer"}],
    "two and a filter": [{"search": "python developer", "years_min": 5.0}, {"search": "后端 java", "language": "en"}],
}


class Table:
    """Prints a line for each kind of search, beside that of the baseline."""

    def __init__(self, baseline: list[Times]) -> None:
        self.baseline = statistics.median(clock for clock, _ in baseline)
        self(BASELINE, baseline)

    def __call__(self, name: str, times: list[Times]) -> float:
        """The 95th percentile by the clock."""
        clock, processor = zip(*times, strict=True)
        figures = [figure for some in (clock, processor) for figure in (statistics.median(some), _p95(some))]
        ratio = statistics.median(clock) / self.baseline
        print(f"{name:<36}" + "".join(f"{figure:>10.1f}" for figure in figures) + f"{ratio:>12.1f}", flush=True)
        return _p95(clock)


def _p95(times: tuple[float, ...]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def first_load() -> None:
    """What the first search of a process waits for, and what the index adds to its memory."""
    from resumes.domain.search import indexes, stores

    index = indexes.searched()
    assert index is not None
    indexes.embedder_of(index).embed(["warm"])  # lists of skills and roles: the same whatever the number of resumes
    before, began = _resident(), time.perf_counter()
    store = stores.fresh(index)
    seconds, after = time.perf_counter() - began, _resident()
    print(f"first load: {store.count()} vectors in {seconds:.1f} s, {(after - before) / 2**20:.0f} MiB")


def bare(searches: int) -> list[Times]:
    """One product with as many vectors and nothing else: what the machine has to give for memory at this moment."""
    import numpy as np

    from resumes.models import VectorIndex

    index = VectorIndex.objects.get(state=VectorIndex.State.SERVING)
    vectors = np.ones((index.done, index.dimensions), dtype=np.float32)
    query = np.ones(index.dimensions, dtype=np.float32)
    return [_timed(lambda: vectors @ query) for _ in range(searches)]


def _resident() -> int:
    if Path("/proc/self/statm").exists():
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def by_meaning(name: str, searches: int) -> list[Times]:
    from accounts.models import User
    from resumes.domain.search import meaning

    user = User.objects.get()
    asked = islice(cycle(product(FILTERS[name], QUERIES)), searches + 2 * len(QUERIES))
    times = [_timed(lambda one=one: meaning.semantic(user, one[1], one[0], PAGE)) for one in asked]
    return times[2 * len(QUERIES) :]


def by_words(some: list[dict[str, Any]], searches: int) -> list[Times]:
    from accounts.models import User
    from resumes.domain import access, filters

    user = User.objects.get()

    def search(wanted: dict[str, Any]) -> None:
        found = filters.narrow(access.visible_to(user).defer("text"), wanted)
        assert found.count()
        list(found[:PAGE])

    return [_timed(lambda one=one: search(one)) for one in islice(cycle(some), searches)]


def _timed(call: Callable[[], Any]) -> Times:
    began, used = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


if __name__ == "__main__":
    sys.exit(main())
