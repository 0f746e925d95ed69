"""What the child does with a resume. No Django here: it starts in a quarter of a second and knows no database."""

import json
from typing import Any

from providers.documents import reading
from resumes.domain.parser.assembly import parse as assemble


def parse(data: bytes, kind: str, limits: dict[str, Any]) -> bytes:
    """The fields of `resumes.domain.parsing.Found` as JSON."""
    document = reading.read(data, kind, limits)
    parsed = assemble(document)
    found = {
        "text": document.text,
        "language": parsed.language,
        "profile": parsed.profile,
        "blank_pages": document.blank_pages,
        "doubtful_pages": document.doubtful_pages,
    }
    return json.dumps(found, ensure_ascii=False).encode()
