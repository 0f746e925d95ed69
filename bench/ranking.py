"""How fast candidates are ranked: a thousand resumes for one vacancy, on one core.

    python -m bench.ranking [--count 1000]

Uses a throwaway SQLite database. Prints the time of a ranking whose resumes have been read for matching, beside its
limit, that of reading them, and how long one match takes without the database. The limit is of the processor's
time, so that what else the machine does counts little.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_S = 1.0
ROUNDS = 5
REQUIREMENTS = (
    ("5+ years of experience with Python", "must"),
    ("PostgreSQL or MySQL", "must"),
    ("Kafka, RabbitMQ or NATS", "must"),
    ("Docker and Kubernetes", "must"),
    ("English at B2 or better", "must"),
    ("Experience with payment systems under load", "must"),
    ("Bachelor's degree", "nice"),
    ("Mentoring of younger colleagues", "nice"),
    ("Open-source work", "nice"),
    ("Team player", "nice"),
)
SKILLS = (
    "Python",
    "Go",
    "Java",
    "PostgreSQL",
    "MySQL",
    "Kafka",
    "RabbitMQ",
    "Docker",
    "Kubernetes",
    "Django",
    "React",
    "AWS",
)
DEEDS = (
    "Built the {0} part of the payment gateway with {1}",
    "Moved reports from {0} to {1} and halved their time",
    "Wrote tools with {0} that the whole team uses",
    "Tuned {0} under a load of three thousand requests a second",
    "Taught two colleagues {0} and {1}",
    "Answered for releases, with {0} and {1}",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        run(count)


def prepare(folder: Path) -> None:
    os.environ.update(
        DATA_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{folder / 'bench.sqlite3'}",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def run(count: int) -> None:
    from accounts.models import Role, User
    from vacancies.domain import candidates, matching, ranking, writing

    recruiter = User.objects.create_user("bench@example.com", role=Role.RECRUITER)
    rows = [writing.requirement(text, kind) for text, kind in REQUIREMENTS]
    vacancy = writing.create(recruiter, {"title": "Backend", "position_type": "backend", "requirements": rows})
    store(count)
    cold = timed(candidates.refresh)
    times = sorted(timed(lambda: ranking.candidates_for(vacancy, recruiter)) for _ in range(ROUNDS))
    busy = sorted(timed(lambda: ranking.candidates_for(vacancy, recruiter), time.process_time) for _ in range(ROUNDS))
    found = ranking.candidates_for(vacancy, recruiter)
    wanted = matching.prepare(vacancy)
    held = candidates.load([one.resume.pk for one in found])
    bare = timed(lambda: [matching.judge(wanted, one.blind, one.vectors) for one in held])
    lines = sum(len(one.blind.lines) for one in held) / max(len(held), 1)
    print(f"{len(found)} candidates of {lines:.0f} lines each, {len(rows)} requirements, one core")
    print(f"ranked by the wall clock: {times[ROUNDS // 2]:.2f} s median of {ROUNDS}, {times[-1]:.2f} s at most")
    print(f"ranked by the processor's: {busy[ROUNDS // 2]:.2f} s median of {ROUNDS}, {busy[-1]:.2f} s at most")
    print(f"matched without the database: {bare:.2f} s, {bare / max(count, 1) * 1000:.2f} ms each")
    print(f"read for matching beforehand, once a resume: {cold:.1f} s, {cold / max(count, 1) * 1000:.1f} ms each")
    limit = LIMIT_S * count / 1000
    reached = "reached" if busy[ROUNDS // 2] <= limit else "NOT reached"
    print(f"limit: {limit:.1f} s for {count}, by the processor's clock: {reached}")


def timed(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work()
    return clock() - begun


def store(count: int) -> None:
    """Resumes of two pages or so, no two alike."""
    from resumes.models import Resume

    dice = random.Random(7)
    Resume.objects.bulk_create([resume(number, dice) for number in range(count)], batch_size=200)


def resume(number: int, dice: random.Random) -> Any:
    from resumes.models import Resume, Status

    profile = made(number, dice)
    text = written(profile)
    return Resume(
        name=f"Resume {number}", file_name="a.txt", content_type="text/plain", size=len(text), sha256=f"{number:064d}",
        status=Status.PARSED, language="en", text=text, profile=profile,
    )  # fmt: skip


def made(number: int, dice: random.Random) -> dict[str, Any]:
    known = dice.sample(SKILLS, 7)
    jobs = [
        {
            "name": f"Firm {number} {index}",
            "position": dice.choice(
                ["Backend developer", "Senior backend developer", "Frontend developer", "QA engineer"]
            ),
            "startDate": f"{2022 - 3 * index}-0{dice.randint(1, 9)}",
            "endDate": f"{2025 - 3 * index}-0{dice.randint(1, 9)}",
            "highlights": [dice.choice(DEEDS).format(*dice.sample(known, 2)) for _ in range(7)],
        }
        for index in range(dice.randint(2, 5))
    ]
    return {
        "basics": {
            "name": f"Person Number{number}",
            "email": f"p{number}@example.com",
            "location": {"city": "Springfield"},
        },
        "work": jobs,
        "education": [
            {"institution": "State University", "studyType": dice.choice(["BSc", "MSc"]), "area": "Mathematics"}
        ],
        "skills": [{"name": name} for name in known],
        "languages": [{"language": "English", "fluency": dice.choice(["A2", "B1", "B2", "C1"])}],
    }


def written(profile: dict[str, Any]) -> str:
    basics, school, spoken = profile["basics"], profile["education"][0], profile["languages"][0]
    lines = [basics["name"], f"{basics['email']} | Springfield", "", "Experience"]
    for job in profile["work"]:
        lines += [
            f"{job['name']} — {job['position']}",
            f"{job['startDate']} – {job['endDate']}",
            *job["highlights"],
            "",
        ]
    lines += ["Education", f"{school['institution']}, {school['studyType']} in {school['area']}", "", "Skills"]
    lines += [", ".join(row["name"] for row in profile["skills"]), "", "Languages"]
    return "\n".join([*lines, f"{spoken['language']} — {spoken['fluency']}"])


if __name__ == "__main__":
    main()
