"""Who sees which resumes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from resumes.models import USABLE, Resume


def visible_to(user: User | AnonymousUser) -> QuerySet[Resume]:
    """Recruiters see all of this installation's resumes, a candidate their own, a stranger none."""
    if not user.is_authenticated:
        return Resume.objects.none()
    if user.is_recruiter:
        return Resume.objects.all()
    return owned_by(user)


def owned_by(user: User | AnonymousUser) -> QuerySet[Resume]:
    """The person's own resumes, whatever their role."""
    return Resume.objects.filter(owner=user) if user.is_authenticated else Resume.objects.none()


def usable_by(user: User | AnonymousUser) -> QuerySet[Resume]:
    """What the person's interviews can be about: own resumes that were read."""
    return owned_by(user).filter(status__in=USABLE)


def editable_by(user: User | AnonymousUser) -> QuerySet[Resume]:
    """Only the owner changes or deletes a resume; while an imported one has no owner, recruiters do."""
    if user.is_authenticated and user.is_recruiter:
        return Resume.objects.filter(Q(owner=user) | Q(owner=None))
    return owned_by(user)


def may_edit(user: User, resume: Resume) -> bool:
    """`editable_by` for one resume that is at hand."""
    return resume.owner_id == user.pk or (resume.owner_id is None and user.is_recruiter)


def unowned() -> QuerySet[Resume]:
    """Imported resumes that nobody's account has."""
    return Resume.objects.filter(owner=None)
