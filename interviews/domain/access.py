"""Who sees which interviews."""

from django.db.models import QuerySet

from accounts.models import User
from interviews.models import Interview, Status

OPEN = (Status.CREATED, Status.ACTIVE)


def visible_to(user: User) -> QuerySet[Interview]:
    """Recruiters see every interview of this installation, candidates their own."""
    interviews = Interview.objects.all()
    return interviews if user.is_recruiter else interviews.filter(owner=user)


def listed_for(user: User) -> QuerySet[Interview]:
    """`visible_to` for lists: without what only the interview itself needs, which may be a megabyte each."""
    return visible_to(user).defer("plan", "engine_state", "code_task_document")


def own(user: User) -> QuerySet[Interview]:
    """The interviews that `user` takes: nobody takes another person's, a recruiter neither."""
    return Interview.objects.filter(owner=user)


def reviewed_by(user: User) -> QuerySet[Interview]:
    """The interviews whose work a person judges: recruiters all, hiring managers those of their vacancies."""
    if user.is_recruiter:
        return Interview.objects.all()
    if user.is_hiring_manager:
        return Interview.objects.filter(vacancy__managers=user)
    return Interview.objects.none()


def newest_open(user: User) -> Interview | None:
    """What a socket that names no interview means: the caller's newest one that is not over."""
    return own(user).filter(status__in=OPEN).order_by("-created_at", "-id").first()
