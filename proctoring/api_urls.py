"""Paths of the proctoring API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
