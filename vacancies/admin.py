"""Vacancies for recruiters."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from vacancies.models import Vacancy


@admin.register(Vacancy)
class VacancyAdmin(admin.ModelAdmin[Vacancy]):
    list_display = ("title", "company_name", "position_type", "status", "language", "updated_at")
    list_filter = ("status", "position_type", "language")
    search_fields = ("title", "company_name", "description")
    readonly_fields = ("created_by", "created_at", "updated_at")

    def save_model(self, request: HttpRequest, obj: Vacancy, form: Any, change: bool) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)
