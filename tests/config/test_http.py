"""What every HTTP path shares: trailing slashes, the shape of errors, languages."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.test import Client, override_settings
from django.urls import path
from rest_framework import exceptions
from rest_framework.test import APIClient
from rest_framework_simplejwt.exceptions import InvalidToken

from config import errors


def echo(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"path": request.path, "body": request.body.decode(), "language": request.LANGUAGE_CODE})


urlpatterns = [path("with/", echo), path("without", echo)]


@pytest.mark.parametrize(
    ("asked", "served"),
    [("/with/", "/with/"), ("/with", "/with/"), ("/without", "/without"), ("/without/", "/without")],
)
def test_paths_answer_with_and_without_their_slash(asked: str, served: str) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        response = Client().post(asked, "kept", content_type="text/plain")
    assert response.status_code == 200
    assert (response.json()["path"], response.json()["body"]) == (served, "kept")


@pytest.mark.parametrize("asked", ["/nowhere", "/nowhere/", "//"])
def test_other_paths_do_not(asked: str) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert Client().get(asked).status_code == 404


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (Http404(), ("not_found", "Not found.", {})),
        (PermissionDenied(), ("permission_denied", "You do not have permission to perform this action.", {})),
        (errors.Conflict("Taken."), ("conflict", "Taken.", {})),
        (errors.NotConfigured("Set LIVEKIT_URL."), ("not_configured", "Set LIVEKIT_URL.", {})),
        (errors.TooLarge("At most 1 MiB.", code="file_too_large"), ("file_too_large", "At most 1 MiB.", {})),
        (
            exceptions.ValidationError({"name": ["Too long."], "items": [{}, {"kind": ["Unknown."]}]}),
            ("invalid", "Too long.", {"name": ["Too long."], "items": ["Unknown."]}),
        ),
        (
            InvalidToken(),
            ("token_not_valid", "Token is invalid or expired", {}),
        ),
        (exceptions.ValidationError("Wrong."), ("invalid", "Wrong.", {"non_field_errors": ["Wrong."]})),
    ],
)
def test_errors_have_one_shape(error: Exception, body: tuple[str, str, dict[str, list[str]]]) -> None:
    code, message, fields = body
    expected = {"success": False, "code": code, "message": message, "errors": fields}
    assert json.loads(json.dumps(errors.error_body(error))) == expected


@pytest.mark.django_db
def test_an_api_without_a_token_answers_401_in_that_shape() -> None:
    response = APIClient().get("/api/v1/interviews/")
    assert response.status_code == 401
    assert (response.json()["success"], response.json()["code"]) == (False, "not_authenticated")


@pytest.mark.parametrize("path", ["/api/v1/interviews/", "/api/v1/consents/"])
def test_a_bad_token_is_explained_in_words(path: str) -> None:
    body = APIClient(headers={"Authorization": "Bearer x"}).get(path).json()
    message = "Given token not valid for any token type"
    assert body == {"success": False, "code": "token_not_valid", "message": message, "errors": {}}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/interviews/", "/interviews/new/", "/resumes/", "/resumes/upload/"])
def test_pages_answer_head(owner_client: Client, path: str) -> None:
    """Link checkers and monitors ask so."""
    response = owner_client.head(path)
    assert (response.status_code, response.content) == (200, b"")
