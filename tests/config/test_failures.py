"""Requests that fail before or outside a view: unknown paths, crashes, broken and overlong bodies."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User

SHAPE = {"success", "code", "message", "errors"}


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


class CrashingCall(APIView):
    permission_classes = ()

    def post(self, request: Request) -> Response:
        raise RuntimeError


urlpatterns = [
    path("crash/", crash),
    path("api/crash/", crash),
    path("elsewhere/call/", CrashingCall.as_view()),
    path("forbid/", forbid),
    path("suspect/", suspect),
    path("", include("config.urls")),
]
handler400, handler403 = "config.failures.bad_request", "config.failures.permission_denied"
handler404, handler500 = "config.failures.not_found", "config.failures.server_error"
own_urls = override_settings(ROOT_URLCONF=__name__)
quiet = Client(raise_request_exception=False)


@pytest.mark.parametrize("asked", ["/api", "/api/", "/api/nope", "/api/v1/resume/abc/", "/users/nope/"])
def test_an_unknown_api_path_is_told_in_json(asked: str) -> None:
    response = Client().get(asked)
    assert (response.status_code, set(response.json())) == (404, SHAPE)
    assert (response.json()["success"], response.json()["code"]) == (False, "not_found")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_unknown_page_is_a_page(language: str) -> None:
    response = Client().get("/nowhere", headers={"Accept-Language": language})
    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in page
    assert "viva.css" in page


@pytest.mark.parametrize(
    ("asked", "status"), [("/crash/", 500), ("/forbid/", 403), ("/suspect/", 400)], ids=["crash", "forbid", "suspect"]
)
def test_pages_that_fail_have_a_page(asked: str, status: int) -> None:
    with own_urls:
        response = quiet.get(asked)
    assert response.status_code == status
    assert "viva.css" in response.content.decode()


def test_a_page_about_a_crash_asks_no_database() -> None:
    """pytest-django refuses the database here: a signed-in person's crash page must not need it."""
    with own_urls:
        assert quiet.get("/crash/").status_code == 500


@pytest.mark.parametrize("asked", ["/api/crash/", "/elsewhere/call/"])
def test_an_api_that_crashes_says_so_in_json(asked: str) -> None:
    with own_urls:
        response = quiet.post(asked)
    assert (response.status_code, response.json()["code"], set(response.json())) == (500, "error", SHAPE)


def test_a_form_without_its_csrf_token_gets_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/sign-in/", {})
    assert response.status_code == 403
    assert "viva.css" in response.content.decode()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[" * 100_000, 400, "parse_error"),
        ("[" * 5_000 + "]" * 5_000, 400, "parse_error"),
        ('{"a":' * 50_000, 400, "parse_error"),
        (json.dumps({"email": "x" * (2 * 1024 * 1024)}), 413, "too_large"),
    ],
    ids=["open", "closed", "objects", "long"],
)
@pytest.mark.django_db
def test_json_has_a_depth_and_a_size(body: str, status: int, code: str) -> None:
    response = quiet.post("/api/v1/auth/register/", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (status, code)


@pytest.mark.django_db
def test_a_form_of_too_many_fields_is_refused_in_json(owner_client: Client, owner: User) -> None:
    response = owner_client.post("/api/v1/resume/upload/", {f"f{number}": "x" for number in range(2_000)})
    assert (response.status_code, response.json()["code"], set(response.json())) == (400, "parse_error", SHAPE)


@pytest.mark.django_db
def test_too_much_in_a_form_s_fields_is_refused_in_json(owner_client: Client) -> None:
    response = owner_client.post("/api/v1/resume/upload/", {"name": "x" * (3 * 1024 * 1024)})
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
