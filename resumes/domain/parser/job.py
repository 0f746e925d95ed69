"""What the child does with a resume. No Django here: it starts in a quarter of a second and knows no database."""

import json
from dataclasses import asdict
from typing import Any

from providers.documents import reading
from providers.documents.base import Document
from resumes.domain import merging, poisoning, sources
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


def settle(data: bytes, kind: str, limits: dict[str, Any]) -> bytes:
    """The fields of `resumes.domain.parsing.Settled`; `data` is JSON of `document`, `profile` and `offline`."""
    given = json.loads(data)
    document = Document.from_json(given["document"])
    grounded = merging.grounded(given["profile"], sources.locate(document, given["profile"]))
    profile = merging.filled(grounded, given["offline"])
    settled = {"said": bool(grounded), "profile": profile, "sources": sources.locate(document, profile)}
    return json.dumps(settled, ensure_ascii=False).encode()
