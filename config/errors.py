"""Errors of the JSON API: `{success, code, message, errors}` with the right status."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class Unprocessable(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "unprocessable"


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Unavailable(exceptions.APIException):
    """A service that is set up does not answer."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"


class NotConfigured(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "not_configured"


def api_exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Give every API error one shape. Unknown exceptions stay unhandled: Django logs them and answers 500."""
    error = refused_by_django(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = error_body(error)
    return response


def refused_by_django(error: Exception) -> Exception:
    """Django's own limits on a request, as errors of the API."""
    if isinstance(error, RequestDataTooBig):
        return TooLarge(_("The request holds too much."))
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(_("The request could not be understood."))
    return error


def error_body(error: Exception) -> dict[str, Any]:
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.ValidationError):
        errors = field_errors(error.detail)
        first = next(iter(errors.values()), [_("Check the fields and send them again.")])[0]
        return body("invalid", first, errors)
    assert isinstance(error, exceptions.APIException)  # noqa: S101  # all that DRF's handler answers
    detail: Any = error.detail
    if isinstance(detail, dict):  # how the token library tells the words and the code of one error
        return body(str(detail.get("code", error.default_code)), str(detail.get("detail", error.default_detail)))
    codes = error.get_codes()
    return body(codes if isinstance(codes, str) else error.default_code, str(detail))


def body(code: str, message: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    return {"success": False, "code": code, "message": message, "errors": errors or {}}


def field_errors(detail: Any) -> dict[str, list[str]]:
    if isinstance(detail, dict):
        return {str(field): flatten(value) for field, value in detail.items()}
    return {"non_field_errors": flatten(detail)}


def flatten(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in flatten(item)]
    if isinstance(value, list):
        return [text for item in value for text in flatten(item)]
    return [str(value)]
