"""What the calls share: who asks, which object is meant, and the domain's errors as answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from accounts.models import User
from config.errors import Conflict
from interviews.domain import access, creation, lifecycle
from interviews.models import Interview

LARGEST_ID = 2**63 - 1


class Pages(PageNumberPagination):
    """`?page=&page_size=`; `{count, next, previous, results}`."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


def caller(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # the permission class let nobody else in
    return request.user


def visible_interview(request: Request, raw_id: str | int, rows: QuerySet[Interview] | None = None) -> Interview:
    """The interview that the caller may see, else Http404; `raw_id` may be any text."""
    text = str(raw_id)
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID):
        raise Http404
    found = (access.visible_to(caller(request)) if rows is None else rows).filter(pk=int(text)).first()
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
        raise Conflict(text % {"status": error.before}, code="illegal_transition") from error
