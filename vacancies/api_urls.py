"""The API of vacancies: it comes with their parsing and ranking."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
