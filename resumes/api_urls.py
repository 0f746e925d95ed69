"""The API of resumes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
