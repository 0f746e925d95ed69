"""Code tasks in the admin: recruiters add and edit their own, look at the bank, try and pin."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import NOTHING, or_404, own_urls
from config.api import person
from interviews.admin import task_pages, task_proofs
from interviews.admin.task_forms import CodingTaskForm
from interviews.coding import proving, tasks
from interviews.coding.definitions import OWN
from interviews.models import CodingTask


@admin.register(CodingTask)
class CodingTaskAdmin(admin.ModelAdmin[CodingTask]):
    form = CodingTaskForm
    change_form_template = "interviews/tasks/change_form.html"
    change_list_template = "interviews/tasks/change_list.html"
    list_display = ("title", "task_id", "active", "updated_at", "proof_in_short", "look")
    list_filter = ("active", "updated_at")
    list_per_page = 50
    search_fields = ("title", "task_id")
    readonly_fields = ("proof", "task_id", "made_by", "created_at", "updated_at")

    class Media:
        css = {"all": ("vacancies.css", "coding-tasks.css")}

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("bank/", task_pages.bank, "bank"),
            ("show/<str:task_id>/", task_pages.show, "show"),
            ("try/<str:task_id>/", task_pages.attempt, "try"),
            ("prove/<int:pk>/", task_proofs.prove, "prove"),
            ("pin/<int:pk>/", task_pages.pin, "pin"),
        )
        return [*own_urls(pages, self), *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> CodingTask:
        return or_404(super().get_object(request, object_id, from_field))

    def get_fieldsets(self, request: HttpRequest, obj: CodingTask | None = None) -> Any:
        written = (None, {"fields": ("document", "active", "seen") if obj else ("document", "active")})
        kept = (_("Details"), {"fields": ("proof", "task_id", "made_by", "created_at", "updated_at")})
        return (written, kept) if obj else (written,)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """An example to be overwritten, or a task of the bank to begin from."""
        try:
            source = tasks.document(request.GET.get("from", ""))
        except tasks.UnknownTask:
            return {"document": tasks.EXAMPLE.read_text(encoding="utf-8")}
        return {"document": source.replace("task_id: ", f"task_id: {OWN}", 1)}

    def save_model(self, request: HttpRequest, obj: CodingTask, form: Any, change: bool) -> None:
        obj.task_id, obj.title = form.task.task_id, form.task.title("en")
        if not change:
            obj.author = person(request)
        is_other = not change or form.initial["document"] != obj.document
        if is_other:
            obj.proved_at, obj.faults = None, []
        super().save_model(request, obj, form, change)
        if is_other or obj.proved_at is None:  # after the commit: programs run while nothing is locked
            transaction.on_commit(lambda: task_proofs.tell(request, obj))

    @admin.display(description=_("written by"))
    def made_by(self, task: CodingTask) -> str:
        """No link: accounts are the administrators'."""
        return str(task.author or NOTHING)

    @admin.display(description=_("tried"), ordering="proved_at")
    def proof_in_short(self, task: CodingTask) -> str:
        return proving.state_in_short(task)

    @admin.display(description=_("tried"))
    def proof(self, task: CodingTask) -> str:
        return proving.state(task)

    @admin.display(description=_("candidates"))
    def look(self, task: CodingTask) -> SafeString:
        shown = reverse("admin:interviews_codingtask_show", args=[task.task_id])
        return format_html('<a href="{}">{}</a>', shown, _("What candidates see"))
