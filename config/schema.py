"""What the OpenAPI description says of every call."""

from typing import Any

ERROR = {
    "type": "object",
    "required": ["success", "code", "message", "errors"],
    "properties": {
        "success": {"type": "boolean", "enum": [False]},
        "code": {"type": "string", "description": "A machine word."},
        "message": {"type": "string", "description": "For a person, in their language."},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
REFUSED = {
    "description": "Any error, with its HTTP status.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def describe_errors(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular: `config.errors` answers for every call alike."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    for calls in result["paths"].values():
        for call in calls.values():
            call["responses"].setdefault("default", REFUSED)
    return result
