"""Writes the demo's resume, `resume.pdf`, with reportlab: `python -m bench.demo.make_resume`."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

TEXT = """\
# Alex Morgan
Backend developer
alex.morgan@example.com | +44 20 7946 0958 | Leeds, United Kingdom | github.com/example-alex
# Summary
Backend developer with six years of experience in Python services, databases and message queues.
# Skills
Python, Django, PostgreSQL, Redis, Docker, Kubernetes, Celery, REST, Git, Linux
# Experience
Northwind Payments - Senior Backend Developer
March 2022 - Present
- Moved the ledger to PostgreSQL 15 with two minutes of downtime for 3 million accounts.
- Cut the p95 latency of the payment API from 900 ms to 210 ms with indexes and a cache.
Harbour Logistics - Python Developer
June 2019 - February 2022
- Built the tracking service (Django, Celery, Redis) that handles 40,000 events an hour.
- Introduced tests and continuous integration; releases went from monthly to daily.
# Projects
Tidewatch - open source alerting for Redis queues, written in Python.
# Education
University of Leeds - BSc Computer Science
2016 - 2019
# Languages
English (native), Spanish (B2)
"""


def main() -> None:
    styles = getSampleStyleSheet()
    story: list[object] = []
    for line in TEXT.splitlines():
        heading = line.startswith("# ")
        story.append(Paragraph(line.removeprefix("# "), styles["Heading2" if heading else "BodyText"]))
        story.append(Spacer(1, 2))
    SimpleDocTemplate(str(Path(__file__).parent / "resume.pdf"), pagesize=A4, invariant=1).build(story)


if __name__ == "__main__":
    main()
