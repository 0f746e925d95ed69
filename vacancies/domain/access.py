"""Who sees which vacancies."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Role, User
from vacancies.models import Vacancy


def visible_to(user: User | AnonymousUser) -> QuerySet[Vacancy]:
    """Recruiters see all vacancies, a hiring manager those that name them, anybody else none."""
    if not user.is_authenticated or not hires(user):
        return Vacancy.objects.none()
    vacancies = Vacancy.objects.all()
    return vacancies if user.is_recruiter else vacancies.filter(managers=user)


def hires(user: User) -> bool:
    """Whether vacancies are this person's business at all."""
    return user.is_recruiter or user.is_hiring_manager


def may_write(user: User) -> bool:
    """Recruiters write vacancies; a hiring manager reads."""
    return user.is_recruiter


def possible_managers(vacancy: Vacancy | None = None) -> QuerySet[User]:
    """Who may be named a vacancy's hiring manager, and whom `vacancy` names already, whatever became of them."""
    possible = Q(role=Role.HIRING_MANAGER, is_active=True)
    if vacancy is not None:
        possible |= Q(pk__in=vacancy.managers.values("pk"))
    return User.objects.filter(possible).order_by("name", "email")
