"""How fast many resumes are imported, and that a kill in the middle loses and repeats none.

    python -m bench.imports [--count 5000]

Resumes of the project's own set, PDF, Word and text in four languages, each file with a content of its own, are
imported into an empty installation by `manage.py import_resumes`, which is killed half-way and then goes on. Prints
files a second beside what the parser alone does with the same files in the same run.
"""

import argparse
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from providers.documents.base import DocumentError, Kind
from providers.documents.kinds import kind_of
from resumes.domain import parsing
from tests.resumes.corpus.catalogue import PICTURES, resumes

ROOT = Path(__file__).parent.parent
SAMPLE = 200  # files that the parser reads by itself
TELL = """
import json
from datetime import timedelta
from resumes.models import ImportBatch, Resume
batch = ImportBatch.objects.get()
ImportBatch.objects.filter(status="running").update(moved_at=batch.moved_at - timedelta(minutes=1))
print(json.dumps([batch.status, batch.total, batch.done, batch.duplicates, batch.failed, Resume.objects.count()]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=5000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="viva-bench-") as name:
        folder = Path(name)
        made = write(folder / "cvs", count)
        alone = parsed_alone(made[:: max(1, len(made) // SAMPLE)])
        print(f"the parser alone: {alone:.1f} files/s", flush=True)
        seconds = imported(folder, count)
        whole = tell(folder)
        print(f"imported: {count / seconds:.1f} files/s ({count / seconds / alone:.0%} of it), {seconds:.0f} s in all")
        print(f"{whole[1]} files: {whole[2]} imported, {whole[3]} already there, {whole[4]} failed; {whole[5]} resumes")
        lost = whole[1] - sum(whole[2:5])
        print("each file exactly once" if whole[0] == "finished" and not lost and whole[5] == whole[2] else "NOT whole")


def write(folder: Path, count: int) -> list[Path]:
    """Files of `count` different contents."""
    folder.mkdir()
    made = []
    for number, (suffix, data) in zip(range(count), itertools.cycle(originals()), strict=False):
        path = folder / f"{number:05}.{suffix}"
        path.write_bytes(different(data, suffix, number))
        made.append(path)
    return made


def originals() -> Iterator[tuple[str, bytes]]:
    """Those that have text: the `ugly` ones have letters that only OCR can tell, which takes their time by itself."""
    for resume in resumes():
        if resume.format not in PICTURES and "ugly" not in resume.name and not resume.missing:
            data = resume.data()
            yield str(kind_of(data)), data


def different(data: bytes, suffix: str, number: int) -> bytes:
    """The same document with another content: where its format lets something be added that nobody reads."""
    if suffix == Kind.DOCX:
        target = io.BytesIO(data)
        with zipfile.ZipFile(target, "a") as archive:
            archive.comment = str(number).encode()
        return target.getvalue()
    more = f"\n%{number}\n" if suffix == Kind.PDF else "\n" * (number // 10 + 1) + " " * (number % 10)
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    return data + more.encode(wide)


def parsed_alone(paths: list[Path]) -> float:
    """Files a second, bytes to profile."""
    begun = time.perf_counter()
    for path in paths:
        data = path.read_bytes()
        kind = kind_of(data)
        assert kind is not None
        try:
            parsing.parse(data, kind)
        except DocumentError:
            continue
    return len(paths) / (time.perf_counter() - begun)


def imported(folder: Path, count: int) -> float:
    """Seconds of work: until the kill half-way, and from the second start to the end."""
    manage(folder, "migrate", "--verbosity", "0")
    begun = time.perf_counter()
    command(folder, str(folder / "cvs"), kill_at=50)
    seconds = time.perf_counter() - begun
    half = tell(folder)
    print(f"killed with {sum(half[2:5])} of {count} files", flush=True)
    begun = time.perf_counter()
    command(folder)
    return seconds + time.perf_counter() - begun


def command(folder: Path, *arguments: str, kill_at: int | None = None) -> None:
    """The command, its progress told at each tenth; killed when it has come to `kill_at` percent."""
    line = [sys.executable, "manage.py", "import_resumes", *arguments]
    process = subprocess.Popen(line, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    tenth = -1
    for told in process.stdout:
        percent = re.match(r" *(\d+)%", told)
        if percent and int(percent.group(1)) // 10 != tenth:
            tenth = int(percent.group(1)) // 10
            print(told.rstrip(), flush=True)
        if percent and kill_at is not None and int(percent.group(1)) >= kill_at:
            process.kill()
            break
    process.wait()


def tell(folder: Path) -> list[int]:
    answer: list[int] = json.loads(manage(folder, "shell", "--verbosity", "0", "-c", TELL).splitlines()[-1])
    return answer


def manage(folder: Path, *arguments: str) -> str:
    line = [sys.executable, "manage.py", *arguments]
    return subprocess.run(line, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True).stdout


def environment(folder: Path) -> dict[str, str]:
    (folder / "data").mkdir(exist_ok=True)
    return {**os.environ, "DATA_DIR": str(folder / "data"), "LOG_LEVEL": "ERROR"}


if __name__ == "__main__":
    main()
