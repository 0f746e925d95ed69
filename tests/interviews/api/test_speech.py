"""Which engines there are, and the transcription of a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User
from interviews.api import speech
from tests.interviews.factories import make_interview

Api = Callable[[User | None], APIClient]
SPOKEN = Path(project.BASE_DIR) / "bench" / "demo" / "answers" / "00.flac"


def send(client: APIClient, content: bytes, **fields: Any) -> Any:
    upload = SimpleUploadedFile("audio.flac", content, "audio/flac")
    return client.post("/api/ai/transcribe", {"audio_file": upload, **fields}, format="multipart")


def test_models_status(api: Api, owner: User) -> None:
    answer = api(owner).get("/api/ai/models/status")
    assert answer.status_code == 200
    assert list(answer.json()) == ["models"]
    models = answer.json()["models"]
    assert {"speech_to_text", "text_to_speech", "vad", "interviewer", "proctoring"} <= set(models)
    for model in models.values():
        assert {"provider", "loaded", "ready", "detail"} <= set(model)
    assert api(None).get("/api/ai/models/status").status_code == 401


@pytest.mark.usefixtures("recognition")
class TestTranscribe:
    def test_the_shape(self, api: Api, owner: User) -> None:
        answer = send(api(owner), SPOKEN.read_bytes(), language="zh")
        assert answer.status_code == 200
        body = answer.json()
        assert list(body) == ["text", "language", "segments", "confidence"]
        assert (body["language"], body["confidence"]) == ("zh-hans", None)
        assert body["text"].startswith("what was said")
        segment = body["segments"][0]
        assert list(segment) == ["start", "end", "text"]
        assert 0 <= segment["start"] < segment["end"] < 60

    def test_a_session_gives_the_language_and_must_be_the_callers(
        self, api: Api, owner: User, colleague: User, recruiter: User
    ) -> None:
        session = make_interview(owner, language="ko").pk
        sound = SPOKEN.read_bytes()
        assert send(api(owner), sound, session_id=session).json()["language"] == "ko"
        assert send(api(owner), sound, session_id=session, language="ru").json()["language"] == "ru"
        assert send(api(recruiter), sound, session_id=session).status_code == 200
        assert send(api(colleague), sound, session_id=session).status_code == 404
        assert send(api(owner), sound, session_id="your-session-id").status_code == 404
        assert send(api(None), sound).status_code == 401

    @pytest.mark.parametrize(
        ("content", "status", "code"),
        [(b"not sound at all", 422, "unreadable"), (b"RIFF" + bytes(60), 422, "unreadable")],
    )
    def test_what_is_no_sound(self, api: Api, owner: User, content: bytes, status: int, code: str) -> None:
        answer = send(api(owner), content)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_an_empty_file(self, api: Api, owner: User) -> None:
        assert send(api(owner), b"").status_code == 400

    def test_a_file_that_is_too_large(self, api: Api, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(speech, "MOST_BYTES", 100)
        answer = send(api(owner), SPOKEN.read_bytes())
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def test_a_recording_that_is_too_long(self, api: Api, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(speech, "MOST_SECONDS", 1)
        answer = send(api(owner), SPOKEN.read_bytes())
        assert (answer.status_code, answer.json()["code"]) == (413, "too_long")

    def test_one_file_is_listened_to_at_a_time(self, api: Api, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(speech, "PATIENCE_S", 0)
        with speech._ears:
            answer = send(api(owner), SPOKEN.read_bytes())
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert send(api(owner), SPOKEN.read_bytes()).status_code == 200

    @pytest.mark.parametrize("fields", [{"language": "fr"}, {"session_id": "x" * 101}])
    def test_limits(self, api: Api, owner: User, fields: dict[str, str]) -> None:
        assert send(api(owner), SPOKEN.read_bytes(), **fields).status_code == 400

    def test_no_file(self, api: Api, owner: User) -> None:
        answer = api(owner).post("/api/ai/transcribe", {"language": "en"}, format="multipart")
        assert list(answer.json()["errors"]) == ["audio_file"]


def test_no_recognition_for_the_language(api: Api, owner: User, settings: Settings) -> None:
    settings.STT_PROVIDER = "none"
    answer = send(api(owner), SPOKEN.read_bytes())
    assert (answer.status_code, answer.json()["code"]) == (503, "not_configured")


def test_who_asks_the_questions(api: Api, owner: User, settings: Settings) -> None:
    def interviewer() -> dict[str, object]:
        return dict(api(owner).get("/api/ai/models/status").json()["models"]["interviewer"])

    assert interviewer()["provider"] == "offline"
    settings.OPENAI_API_KEY, settings.INTERVIEWER_MODEL = "key", "small"
    assert interviewer() == {"provider": "small", "loaded": True, "ready": True, "detail": ""}
    settings.INTERVIEWER_MODEL = "offline"
    assert interviewer()["provider"] == "offline"
