"""What the admin pages of several apps share."""

from typing import Any

from django.http import HttpRequest


class ErasedWithItsOwner:
    """For a ModelAdmin of evidence: nobody deletes a row of it, but it is in nobody's way.

    Django deletes a person or an interview only where each row that goes along may be deleted too.
    """

    opts: Any

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        page = request.resolver_match.url_name if request.resolver_match else ""
        own_pages = f"{self.opts.app_label}_{self.opts.model_name}_"
        return bool(getattr(request.user, "is_administrator", False)) and not (page or "").startswith(own_pages)


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
