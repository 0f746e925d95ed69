"""Who sees which resumes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from resumes.models import Resume


def visible_to(user: User | AnonymousUser) -> QuerySet[Resume]:
    """Recruiters see all of this installation's resumes, a candidate their own, a stranger none."""
    if not user.is_authenticated:
        return Resume.objects.none()
    if user.is_recruiter:
        return Resume.objects.all()
    return Resume.objects.filter(owner=user)


def editable_by(user: User | AnonymousUser) -> QuerySet[Resume]:
    """Only the owner changes or deletes a resume, whatever their role."""
    return Resume.objects.filter(owner=user) if user.is_authenticated else Resume.objects.none()
