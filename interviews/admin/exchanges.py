"""What was asked of a language model and answered, for recruiters: beside its interview, and each on a page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import ErasedWithItsOwner, ReadOnly
from interviews.models import Interview, ModelExchange

LONG = ("request", "answer")  # hold a candidate's words; a list does without them


class ModelExchangeInline(ReadOnly, admin.TabularInline[ModelExchange, Interview]):
    """For the interview's page: how each request went; its words are a page further."""

    model = ModelExchange
    fields = ("model", "outcome", "detail", "first_token_ms", "duration_ms", "tokens_in", "tokens_out", "cost")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelExchange]:
        return super().get_queryset(request).defer(*LONG)


@admin.register(ModelExchange)
class ModelExchangeAdmin(ErasedWithItsOwner, ReadOnly, admin.ModelAdmin[ModelExchange]):
    change_form_template = "admin/read_only.html"
    list_display = ("__str__", "interview", "model", "outcome", "detail", "first_token_ms", "duration_ms", "cost")
    list_filter = ("outcome", "model", "created_at")
    list_select_related = ("interview",)
    date_hierarchy = "created_at"
    fields = (
        ("interview", "turn_number", "created_at"),
        ("model", "purpose", "prompt_version"),
        ("outcome", "detail"),
        ("first_token_ms", "duration_ms"),
        ("tokens_in", "tokens_out", "cost"),
        "rules",
        "data",
        "answered",
    )
    readonly_fields = ("prompt_version", "rules", "data", "answered", *(name for row in fields[:5] for name in row))

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelExchange]:
        rows = super().get_queryset(request).order_by("-id")
        match = request.resolver_match
        is_list = match is not None and match.url_name == "interviews_modelexchange_changelist"
        return rows.defer(*LONG) if is_list else rows

    @admin.display(description=_("version of the rules"))
    def prompt_version(self, exchange: ModelExchange) -> str:
        return _told(exchange, "prompt_version")

    @admin.display(description=_("rules"))
    def rules(self, exchange: ModelExchange) -> SafeString:
        return _as_written(_told(exchange, "rules"))

    @admin.display(description=_("data"))
    def data(self, exchange: ModelExchange) -> SafeString:
        return _as_written(_told(exchange, "data"))

    @admin.display(description=_("answer"))
    def answered(self, exchange: ModelExchange) -> SafeString:
        return _as_written(exchange.answer)


def _told(exchange: ModelExchange, name: str) -> str:
    request: Any = exchange.request
    return str(request.get(name, "")) if isinstance(request, dict) else ""


def _as_written(text: str) -> SafeString:
    return format_html('<pre style="white-space: pre-wrap; margin: 0">{}</pre>', text)
