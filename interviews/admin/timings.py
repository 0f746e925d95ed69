"""How long candidates wait for the interviewer's replies: one page of figures, by time, language and engines."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from config.admin import ErasedWithItsOwner
from interviews.admin import waits
from interviews.domain import timings
from interviews.models import TurnTiming

#: Days to look back, as the address says them.
PERIODS = {
    "1": gettext_lazy("24 hours"),
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
}
USUAL = "7"


@admin.register(TurnTiming)
class TurnTimingAdmin(ErasedWithItsOwner, admin.ModelAdmin[TurnTiming]):
    """Rows are nobody's to read one by one: those of an interview stand beside its transcript."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.waits))
        return [path("", page, name="interviews_turntiming_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def waits(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        asked = request.GET.get("days", "")
        days = asked if asked in PERIODS else USUAL
        rows = [waits.row(one) for one in timings.summaries(timezone.now() - timedelta(days=int(days)))]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(self.opts.verbose_name_plural),
            "tabs": [(key, label, key == days) for key, label in PERIODS.items()],
            "rows": rows,
            "longest": waits.longest(rows),
            "names": waits.NAMES,
        }
        return TemplateResponse(request, "admin/interviews/turntiming/waits.html", context)
