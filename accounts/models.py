"""People, and what they agreed to."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    HIRING_MANAGER = "hiring_manager", _("Hiring manager")
    RECRUITER = "recruiter", _("Recruiter")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user whose e-mail is stored in lower case: two spellings of one address are one person."""
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "role": Role.ADMINISTRATOR})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalise(username or ""))

    @staticmethod
    def normalise(email: str) -> str:
        return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by e-mail. `role` decides what a person may do; nothing else grants rights."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.CANDIDATE)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_recruiter(self) -> bool:
        """Recruiters and administrators see this installation's candidates."""
        return self.role in (Role.RECRUITER, Role.ADMINISTRATOR)

    @property
    def is_hiring_manager(self) -> bool:
        """Sees the vacancies that name them, and those vacancies' candidates without contacts."""
        return self.role == Role.HIRING_MANAGER

    @property
    def is_staff(self) -> bool:
        return self.is_recruiter or self.is_hiring_manager

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR


class ConsentKind(models.TextChoices):
    INTERVIEW = "interview", _("Interview by an AI interviewer")
    RECORDING = "recording", _("Recording of voice and camera")
    BIOMETRICS = "biometrics", _("Face template")


class Consent(models.Model):
    """One decision of a person; rows are only added, and the newest of a kind holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents", verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=16, choices=ConsentKind.choices)
    version = models.CharField(_("version of the text"), max_length=32)
    granted = models.BooleanField(_("granted"))
    created_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["user", "kind", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}: {self.granted}"


class FileToDelete(models.Model):
    """A stored file that no other row names, any more or as yet; see `accounts.domain.files`. `folder/`: all in it."""

    name = models.CharField(max_length=255, db_index=True)
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("file to be deleted")
        verbose_name_plural = _("files to be deleted")

    def __str__(self) -> str:
        return f"#{self.pk}"
