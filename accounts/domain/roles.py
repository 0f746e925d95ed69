"""What a role may do in the admin: the one table of rights."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import Role, User

# Rights of recruiters, as Django names them. Interviews, events and reports are evidence: read, never edited.
RECRUITER_RIGHTS = {
    *(f"resumes.view_{model}" for model in ("resume", "resumestatuschange", "duplicate")),
    *(f"resumes.{right}_importbatch" for right in ("view", "add", "delete")),
    *(f"vacancies.{right}_vacancy" for right in ("view", "add", "change", "delete")),
    *(
        f"interviews.view_{model}"
        for model in (
            "interview",
            "modelexchange",
            "statuschange",
            "turn",
            "turntiming",
            "utterance",
            "codedocument",
            "coderun",
            "editoroperation",
        )
    ),
    *(f"interviews.{right}_codingtask" for right in ("view", "add", "change", "delete")),
    "proctoring.view_proctoringevent",
    "reports.view_report",
}
HIRING_MANAGER_RIGHTS = {"vacancies.view_vacancy"}
RIGHTS: dict[str, set[str]] = {Role.RECRUITER: RECRUITER_RIGHTS, Role.HIRING_MANAGER: HIRING_MANAGER_RIGHTS}


class RoleBackend(ModelBackend):
    """Signs in by e-mail in any spelling of case; rights follow from `User.role` alone."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        email = User.objects.normalise(username or kwargs.get(User.USERNAME_FIELD) or "")
        user = super().authenticate(request, username=email, password=password)
        return user if isinstance(user, User) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        return user_obj.role == Role.ADMINISTRATOR or perm in RIGHTS.get(user_obj.role, ())

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        apps = {right.split(".")[0] for right in RIGHTS.get(user_obj.role, ())}
        return user_obj.role == Role.ADMINISTRATOR or app_label in apps
