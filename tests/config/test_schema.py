"""The description that apps are generated from."""

from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return found


def test_it_is_valid_and_nothing_in_it_is_guessed() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file="/dev/null")


def test_every_call_may_answer_with_an_error(schema: dict[str, Any]) -> None:
    calls = [call for path in schema["paths"].values() for call in path.values()]
    shapes = {call["responses"]["default"]["content"]["application/json"]["schema"]["$ref"] for call in calls}
    assert shapes == {"#/components/schemas/Error"}
    assert schema["components"]["schemas"]["Error"]["required"] == ["success", "code", "message", "errors"]


def test_a_file_is_sent_as_bytes(schema: dict[str, Any]) -> None:
    body = schema["components"]["schemas"]["UploadRequest"]["properties"]["file"]
    assert (body["type"], body["format"]) == ("string", "binary")
