"""What the child does with a resume. No Django here: it starts in a quarter of a second and knows no database."""

import json
from dataclasses import asdict
from typing import Any

from providers.documents import reading
from providers.documents.base import Document
from resumes.domain import poisoning, sources
from resumes.domain.parser.assembly import parse as assemble


def parse(data: bytes, kind: str, limits: dict[str, Any]) -> bytes:
    """The fields of `resumes.domain.parsing.Found` as JSON. Nothing but the cleaned document is read."""
    raw = reading.read(data, kind, limits)
    document = poisoning.clean(raw)
    parsed = assemble(document)
    found = {
        "document": document.as_json(),
        "language": parsed.language,
        "profile": parsed.profile,
        "sources": sources.locate(document, parsed.profile),
        "findings": [asdict(finding) for finding in poisoning.inspect(raw)],
    }
    return json.dumps(found, ensure_ascii=False).encode()


def locate(data: bytes, kind: str, limits: dict[str, Any]) -> bytes:
    """The sources of another reader's profile; `data` is JSON of `document` and `profile`."""
    given = json.loads(data)
    found = sources.locate(Document.from_json(given["document"]), given["profile"])
    return json.dumps(found).encode()
