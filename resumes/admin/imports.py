"""Imports of many resumes: to begin, to follow, and to see what became of each file."""

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from config.admin import is_administrator, row_or_404
from config.api import person
from resumes.domain.imports import reasons, taking
from resumes.domain.imports.progress import Progress
from resumes.forms import ImportForm
from resumes.models import ImportBatch, ImportItem

PAGE_SIZE = 100
State = ImportItem.Status
#: What the page may be narrowed to, in the order of what is to be acted on.
SHOWN = {
    "all": (),
    "failed": (State.FAILED,),
    "duplicate": (State.DUPLICATE,),
    "done": (State.DONE,),
    "waiting": (State.WAITING, State.READING),
}


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin[ImportBatch]):
    list_display = ("created_at", "uploaded_by", "status", "total", "done", "duplicates", "failed")
    list_display_links = ("created_at",)
    list_filter = ("status", "created_at")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    add_form_template = "admin/resumes/importbatch/add.html"
    change_form_template = "admin/resumes/importbatch/follow.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        mine = [
            path("<int:pk>/files/", self.admin_site.admin_view(require_POST(self.more)), name="resumes_import_files"),
            path("<int:pk>/progress/", self.admin_site.admin_view(require_safe(self.progress)), name="resumes_import"),
        ]
        return [*mine, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Takes the first files. A script sends the rest after them; without it all come with the form."""
        if not self.has_add_permission(request):
            raise Http404
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if request.method == "POST" and form.is_valid():
            try:
                batch = taking.begin(person(request))
                taking.take(batch, form.cleaned_data["resumes"])
            except taking.ImportRefused as error:
                form.add_error("resumes", str(error))
            else:
                return self._taken(request, batch)
        if request.method == "POST" and _is_script(request):
            return JsonResponse({"message": " ".join(map(str, form.errors.get("resumes", [])))}, status=400)
        context = self._context(request, form=form, title=_("Import resumes"))
        return TemplateResponse(request, self.add_form_template or "", context, status=400 if form.errors else 200)

    def _taken(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        page = reverse("admin:resumes_importbatch_change", args=[batch.pk])
        if not _is_script(request):
            return redirect(page)
        return JsonResponse({"page": page, "files": reverse("admin:resumes_import_files", args=[batch.pk])}, status=201)

    def more(self, request: HttpRequest, pk: int) -> HttpResponse:
        """More files for one's own import."""
        batch = get_object_or_404(ImportBatch, pk=pk, uploaded_by=person(request))
        form = ImportForm(request.POST, request.FILES)
        if not self.has_add_permission(request):
            raise Http404
        try:
            taken = taking.take(batch, form.cleaned_data["resumes"] if form.is_valid() else [])
        except taking.ImportRefused as error:
            return JsonResponse({"message": str(error)}, status=400)
        return JsonResponse({"taken": taken})

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        return JsonResponse(Progress(get_object_or_404(ImportBatch, pk=pk)).as_json())

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The page of one import, which follows it by itself."""
        if not self.has_view_permission(request):
            raise Http404
        batch = row_or_404(ImportBatch.objects.select_related("uploaded_by"), object_id)
        shown = request.GET.get("show", "all")
        items = batch.items.exclude(status=State.UNPACKED).select_related("resume").defer("resume__text")
        items = items.filter(status__in=SHOWN[shown]) if SHOWN.get(shown) else items
        page = Paginator(items.order_by("pk"), PAGE_SIZE).get_page(request.GET.get("p"))
        context = self._context(
            request,
            batch=batch,
            progress=Progress(batch),
            tabs=_tabs(batch, shown),
            shown=shown,
            page=page,
            rows=[(item, reasons.text(item.reason)) for item in page.object_list],
            may_delete=self.has_delete_permission(request, batch),
            title=_("Import of resumes"),
        )
        return TemplateResponse(request, self.change_form_template or "", context)

    def _context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own imports, or anybody's for administrators."""
        user = request.user
        may = super().has_delete_permission(request, obj) and isinstance(user, User)
        return may and (obj is None or obj.uploaded_by_id == user.pk or is_administrator(user))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}  # one at a time: deleting asks whose it is

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Counted: the names of thousands of files are no question."""
        batches: list[Model] | QuerySet[Any] = objs
        count = ImportItem.objects.filter(batch__in=[batch.pk for batch in batches]).count()
        text = ngettext("The record of %(count)d file", "The record of %(count)d files", count) % {"count": count}
        kept = _("Resumes that were imported stay. Files that were not read yet are deleted.")
        return [text, kept], {}, set(), []

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(request, _("The import was deleted."))
        return redirect("admin:resumes_importbatch_changelist")


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


LABELS = {
    "all": gettext_lazy("All"),
    "failed": gettext_lazy("Failed"),
    "duplicate": gettext_lazy("Already there"),
    "done": gettext_lazy("Imported"),
    "waiting": gettext_lazy("Waiting"),
}


def _tabs(batch: ImportBatch, shown: str) -> list[dict[str, Any]]:
    waiting = max(0, batch.total - batch.done - batch.duplicates - batch.failed)
    counts = {
        "all": batch.total,
        "failed": batch.failed,
        "duplicate": batch.duplicates,
        "done": batch.done,
        "waiting": waiting,
    }
    return [{"name": name, "label": LABELS[name], "count": counts[name], "is_on": name == shown} for name in SHOWN]
