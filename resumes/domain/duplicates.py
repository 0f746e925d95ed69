"""Finds resumes that seem to be of one person: the same e-mail or telephone, or nearly the same text.

A resume is compared only with those that share a mark with it, which an index finds. Nothing is decided here: a
recruiter says of a pair what it is, and that is kept however often the resumes are read again.
"""

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from config import later
from resumes.domain import likeness
from resumes.models import USABLE, Duplicate, Resume, ResumeMark

TASK = "resumes.tasks.find_duplicates"
#: Of 100 edited copies 98 have more word sequences in common than this, other people's resumes at most 0.15
#: (`python -m bench.duplicates`).
ALIKE = 0.35
MOST_COMPARED = 50
MOST_SWEPT = 500
Kind = ResumeMark.Kind


@dataclass(frozen=True)
class Found:
    """What a resume has in common with another one."""

    resume_id: int
    same_email: bool
    same_phone: bool
    likeness: float


def enqueue(resume_id: int) -> None:
    """Ask for the search once the change is committed: texts are compared in the background."""
    later.ask_after_commit(TASK, resume_id)


def find(resume_id: int) -> None:
    """Renew a resume's marks and its pairs. What was decided stays; what is alike no more goes."""
    resume = Resume.objects.filter(pk=resume_id, status__in=USABLE).first()
    if resume is None:
        return
    hashes = likeness.sequences(resume.text)
    marks = set(marks_of(resume, hashes))
    found = list(_compared(resume, hashes, marks))
    with transaction.atomic():
        if not Resume.objects.select_for_update().filter(pk=resume.pk).exists():
            return
        resume.marks.all().delete()
        ResumeMark.objects.bulk_create(ResumeMark(resume=resume, kind=kind, value=value) for kind, value in marks)
        _store(resume.pk, found)


def sweep() -> int:
    """Ask for resumes that have never been compared. Returns how many."""
    unmarked = Resume.objects.filter(status__in=USABLE).filter(
        ~Exists(ResumeMark.objects.filter(resume=OuterRef("pk")))
    )
    late = list(unmarked.order_by("pk").values_list("pk", flat=True)[:MOST_SWEPT])
    for resume_id in late:
        enqueue(resume_id)
    return len(late)


def marks_of(resume: Resume, hashes: likeness.Hashes) -> Iterator[tuple[str, int]]:
    basics = resume.profile.get("basics", {})
    email, phone = normal_email(basics.get("email", "")), normal_phone(basics.get("phone", ""))
    if email:
        yield Kind.EMAIL, keyed(Kind.EMAIL, email)
    if phone:
        yield Kind.PHONE, keyed(Kind.PHONE, phone)
    yield from ((Kind.TEXT, band) for band in likeness.bands(hashes))
    yield Kind.NONE, resume.pk


def normal_email(email: str) -> str:
    """In small letters, without what stands after a plus; dots count for nothing where Google says so."""
    name, at, host = email.strip().casefold().partition("@")
    name = name.split("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}" if name and at and host else ""


def normal_phone(phone: str) -> str:
    """The last nine digits: with a country's number, a trunk's zero or eight, or without, they are the same."""
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 8 else ""


def keyed(kind: str, value: str) -> int:
    """Contacts are few enough to be guessed, so that a plain hash of one would tell it."""
    data = hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).digest()
    return likeness.signed(data)


def _compared(resume: Resume, hashes: likeness.Hashes, marks: set[tuple[str, int]]) -> Iterator[Found]:
    shared: dict[int, Counter[str]] = {}
    wanted = [value for kind, value in marks if kind != Kind.NONE]
    rows = ResumeMark.objects.filter(value__in=wanted).exclude(resume=resume).exclude(kind=Kind.NONE)
    for other, kind, value in rows.order_by("-resume_id").values_list("resume_id", "kind", "value")[:10_000]:
        if (kind, value) in marks:
            shared.setdefault(other, Counter())[kind] += 1
    nearest = sorted(shared, key=lambda other: _rank(shared[other]), reverse=True)[:MOST_COMPARED]
    texts = dict(Resume.objects.filter(pk__in=nearest, status__in=USABLE).values_list("pk", "text"))
    for other, text in texts.items():
        email, phone = shared[other][Kind.EMAIL] > 0, shared[other][Kind.PHONE] > 0
        alike = round(likeness.likeness(hashes, likeness.sequences(text)), 3)
        if email or phone or alike >= ALIKE:
            yield Found(other, email, phone, alike)


def _rank(shared: Counter[str]) -> tuple[int, int]:
    return shared[Kind.EMAIL] + shared[Kind.PHONE], shared[Kind.TEXT]


def _store(resume_id: int, found: Iterable[Found]) -> None:
    kept: list[tuple[int, int]] = []
    for one in found:
        first, second = sorted((resume_id, one.resume_id))
        fields = {"same_email": one.same_email, "same_phone": one.same_phone, "likeness": one.likeness}
        Duplicate.objects.update_or_create(first_id=first, second_id=second, defaults=fields)
        kept.append((first, second))
    for pair in pairs_of(resume_id).filter(verdict=Duplicate.Verdict.OPEN):
        if (pair.first_id, pair.second_id) not in kept:
            pair.delete()


def pairs_of(resume_id: int) -> QuerySet[Duplicate]:
    return Duplicate.objects.filter(Q(first_id=resume_id) | Q(second_id=resume_id))


def decide(pair: Duplicate, verdict: str, recruiter: User) -> None:
    """Keep what a recruiter says; `Verdict.OPEN` takes it back."""
    pair.verdict = Duplicate.Verdict(verdict)
    pair.decided_by, pair.decided_at = (recruiter, timezone.now()) if pair.verdict else (None, None)
    pair.save(update_fields=["verdict", "decided_by", "decided_at"])
