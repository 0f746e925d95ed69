"""HTTP calls of the interviews; `protocols.md` says where each comes from."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
