"""What the calls share: which object is meant, and the domain's errors as answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.models import User
from config.api import key_of, person
from config.errors import Conflict
from interviews.domain import access, creation, lifecycle
from interviews.models import Interview, Status
from resumes.domain.access import editable_by
from resumes.models import Resume


def visible_interview(request: Request, raw_id: str | int, rows: QuerySet[Interview] | None = None) -> Interview:
    """The interview that the caller may see, else Http404; `raw_id` may be any text."""
    if (key := key_of(str(raw_id))) is None:
        raise Http404
    found = (access.visible_to(person(request)) if rows is None else rows).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def named_resume(user: User, resume_id: int) -> Resume:
    """The resume that the caller's new interview is to be about, else Http404; whether it can be, the domain says."""
    found = editable_by(user).filter(pk=resume_id).first()
    if found is None:
        raise Http404
    return found


@contextmanager
def domain_errors() -> Iterator[None]:
    """The domain's refusals as the API's errors."""
    try:
        yield
    except creation.TooManyOpen as error:
        raise Conflict(error.text, code="too_many_open_interviews") from error
    except creation.ResumeNotUsable as error:
        raise ValidationError({"resume_id": [error.text]}) from error
    except lifecycle.IllegalTransition as error:
        text = _("This is not possible: the interview is %(status)s.")
        raise Conflict(text % {"status": str(Status(error.before).label).lower()}, code="illegal_transition") from error
