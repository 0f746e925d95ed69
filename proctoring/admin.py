"""The timeline in the admin: evidence is read, never edited."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import NOTHING, ErasedWithItsOwner, ReadOnly
from proctoring.domain import findings
from proctoring.models import ProctoringEvent


def clock(at_ms: int | None) -> str:
    """`at_ms` as minutes and seconds."""
    if at_ms is None:
        return NOTHING
    minutes, seconds = divmod(at_ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"


class Evidence(ReadOnly):
    """What a list and a page show of an event; nobody may add, change or delete one here."""

    @admin.display(description=_("from"), ordering="at_ms")
    def begins(self, event: ProctoringEvent) -> str:
        """By the interview's clock, where it is known: that of a candidate's page begins anew with each reload."""
        return clock(event.at_ms if event.wall_ms is None else event.wall_ms)

    @admin.display(description=_("until"), ordering="until_ms")
    def ends(self, event: ProctoringEvent) -> str:
        return clock(event.until_ms)

    @admin.display(description=_("what was noticed"))
    def noticed(self, event: ProctoringEvent) -> str | SafeString:
        """With a link to the interview that is alike: who may open this page may see all of them."""
        words, other = findings.sentence(event), findings.other_interview(event)
        if other is None:
            return words
        address = reverse("admin:interviews_interview_change", args=(other,))
        return format_html('{} <a href="{}">{} #{}</a>', words, address, _("interview"), other)

    @admin.display(description=_("what the candidate was told"))
    def told(self, event: ProctoringEvent) -> str:
        return event.text if event.notified else NOTHING

    @admin.display(description=_("camera frame"))
    def picture(self, event: ProctoringEvent) -> str | SafeString:
        if not event.frame:
            return NOTHING
        address = reverse("event-frame", args=(event.interview_id, event.pk))
        return format_html(
            '<a href="{}"><img src="{}" alt="{}" width="160" loading="lazy"></a>',
            address,
            address,
            event.get_signal_display(),
        )


class ProctoringEventInline(Evidence, admin.TabularInline[ProctoringEvent, Any]):
    """For the interview's page."""

    model = ProctoringEvent
    fields = ("begins", "ends", "noticed", "source", "notified", "picture")  # the signal is the row's title
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProctoringEvent]:
        return super().get_queryset(request).order_by(Coalesce("wall_ms", "at_ms"), "id")


@admin.register(ProctoringEvent)
class ProctoringEventAdmin(ErasedWithItsOwner, Evidence, admin.ModelAdmin[ProctoringEvent]):
    list_display = ("signal", "interview", "begins", "ends", "source", "notified", "created_at")
    list_filter = ("signal", "source", "notified")
    list_select_related = ("interview",)
    fields = (
        "interview",
        "signal",
        "source",
        "begins",
        "ends",
        "noticed",
        "detail",
        "told",
        "created_at",
        "picture",
    )
    readonly_fields = fields
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProctoringEvent]:
        return super().get_queryset(request).order_by("-created_at", "-id")
