"""Writes the room's page, as Django renders it, for the preview server: `render_room.py LANGUAGE TARGET.html`."""

import json
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[3]
DATA = {
    "interview_id": 7,
    "resume_id": 3,
    "language": "en",
    "position_name": "Backend engineer",
    "company_name": "Northwind Logistics",
    "candidate_name": "Ann Petrova",
    "ws_path": "/ws/webrtc/",
    "csrf": "preview",
    "urls": {"consents": "/api/v1/consents/", "report": "/report/", "home": "/"},
    "speech_available": True,
    "consents": {"interview": False, "recording": False},
}


def main(language: str, target: str) -> None:
    """Render with `DATA`, changed by the JSON object in the environment variable ROOM_DATA."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils import translation

    from interviews.room_texts import room_texts

    request = RequestFactory().get("/interviews/7/room/")
    request.user = AnonymousUser()
    data = DATA | {"language": language} | json.loads(os.environ.get("ROOM_DATA", "{}"))
    with translation.override(language):
        context = {"room_data": data, "room_texts": room_texts()}
        Path(target).write_text(render_to_string("interviews/room.html", context, request), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
