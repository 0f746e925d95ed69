"""What the admin pages of several apps share."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

NOTHING = "—"
Row = TypeVar("Row", bound=Model)


def is_administrator(user: object) -> bool:
    """Whoever is not signed in is none."""
    return bool(getattr(user, "is_administrator", False))


def page(model: type[Model], request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """In the admin's frame, as one of `model`'s pages."""
    shown = {**admin.site.each_context(request), "opts": model._meta, **context}
    return render(request, template, shown, status=status)


def own_urls(
    pages: Iterable[tuple[str, Callable[..., HttpResponse], str]], model: admin.ModelAdmin[Any]
) -> list[URLPattern]:
    """Of (route, view, name). They go before Django's own, the last of which takes any path for a key."""
    prefix = f"{model.opts.app_label}_{model.opts.model_name}"
    return [path(route, model.admin_site.admin_view(view), name=f"{prefix}_{name}") for route, view, name in pages]


def or_404(row: Row | None) -> Row:
    """For `get_object`: Django would tell a stranger which numbers exist by where it leads them. Raises Http404."""
    if row is None:
        raise Http404
    return row


def row_or_404(rows: QuerySet[Row], object_id: str | None) -> Row:
    """The row that an admin path names: Django takes any text for a key there. Raises Http404."""
    try:
        return rows.get(pk=object_id)
    except (ObjectDoesNotExist, ValueError):  # ValueError: no number, or one of thousands of digits
        raise Http404 from None


class ErasedWithItsOwner:
    """For a ModelAdmin of evidence: nobody deletes a row of it, but it is in nobody's way.

    Django deletes a person or an interview only where each row that goes along may be deleted too.
    """

    opts: Any

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        page = request.resolver_match.url_name if request.resolver_match else ""
        own_pages = f"{self.opts.app_label}_{self.opts.model_name}_"
        return is_administrator(request.user) and not (page or "").startswith(own_pages)


class Unchanged:
    """Nobody adds a row, and nobody edits what happened. Deleting is the administrators', who answer for erasure."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(Unchanged):
    """View permission is all that anybody has."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
