"""Who finds the pages about coding tasks."""

from django.http import Http404, HttpRequest

from config.api import person


def recruiters_only(request: HttpRequest) -> None:
    """404 for everybody else: these pages are not theirs to know."""
    if not person(request).has_perm("interviews.view_codingtask"):
        raise Http404
