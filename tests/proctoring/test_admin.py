"""Evidence in the admin: read, never edited."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from interviews.models import Interview
from proctoring.admin import clock
from proctoring.domain import findings, texts
from proctoring.models import ProctoringEvent, SignalName
from tests.proctoring.conftest import picture


@pytest.fixture
def event(interview: Interview, media: Path) -> ProctoringEvent:
    event = ProctoringEvent(interview=interview, signal="no_face", source="vision", text="Words.", at_ms=65_000)
    event.frame.save("frame.jpg", ContentFile(picture("empty_room")), save=True)
    return event


def page(action: str, *args: int) -> str:
    return reverse(f"admin:proctoring_proctoringevent_{action}", args=args)


def test_a_recruiter_reads_the_list_and_an_event(recruiter_client: Client, event: ProctoringEvent) -> None:
    listing = recruiter_client.get(page("changelist"))
    assert (listing.status_code, "1:05" in listing.content.decode()) == (200, True)
    detail = recruiter_client.get(page("change", event.pk)).content.decode()
    assert reverse("event-frame", args=(event.interview_id, event.pk)) in detail
    assert 'name="_save"' not in detail


@pytest.mark.parametrize("action", ["add", "delete"])
def test_nobody_adds_or_deletes(administrator_client: Client, event: ProctoringEvent, action: str) -> None:
    arguments = () if action == "add" else (event.pk,)
    assert administrator_client.post(page(action, *arguments)).status_code == 403


def test_nobody_changes(administrator_client: Client, event: ProctoringEvent) -> None:
    assert administrator_client.post(page("change", event.pk), {"text": "Other words."}).status_code == 403
    event.refresh_from_db()
    assert event.text == "Words."


def test_a_candidate_is_sent_away(owner_client: Client, event: ProctoringEvent) -> None:
    assert owner_client.get(page("changelist")).status_code == 302


@pytest.mark.parametrize(("at_ms", "shown"), [(None, "—"), (0, "0:00"), (59_999, "0:59"), (3_600_000, "60:00")])
def test_times_are_shown_as_minutes_and_seconds(at_ms: int | None, shown: str) -> None:
    assert clock(at_ms) == shown


def test_the_interviews_page_has_one_clock(recruiter_client: Client, interview: Interview) -> None:
    """The page was loaded anew, so its own clock says 3 s; the camera saw nobody a minute before.

    After more than an hour: no time of day has as many minutes.
    """
    kept = {"interview": interview, "text": "…"}
    ProctoringEvent.objects.create(signal="tab_hidden", source="client", at_ms=3_000, wall_ms=4_325_000, **kept)
    ProctoringEvent.objects.create(signal="no_face", source="vision", at_ms=4_265_000, **kept)
    answer = recruiter_client.get(reverse("admin:interviews_interview_change", args=[interview.pk]))
    html = answer.content.decode()
    assert html.index("71:05") < html.index("72:05")


def test_recruiters_read_of_the_candidate_who_is_addressed_themselves(
    recruiter_client: Client, interview: Interview
) -> None:
    """Only an event's own page has what the candidate was told, under that name."""
    told = texts.text("tab_hidden", "en")
    detail = {"where": "editor", "length": 214}
    kept = {"interview": interview, "source": "client", "text": told, "notified": True, "at_ms": 1}
    event = ProctoringEvent.objects.create(signal="tab_hidden", **kept)
    ProctoringEvent.objects.create(signal="paste", detail=detail, **{**kept, "notified": False})
    answer = recruiter_client.get(reverse("admin:interviews_interview_change", args=[interview.pk])).content.decode()
    assert "The candidate switched to another tab." in answer
    assert "The candidate pasted 214 characters into the editor." in answer
    assert told not in answer
    shown = recruiter_client.get(page("change", event.pk)).content.decode()
    assert "What the candidate was told" in shown
    assert told in shown


@pytest.mark.parametrize("signal", SignalName.values)
@pytest.mark.parametrize(("language", "person"), [("en", "you"), ("ru", "вы"), ("ru", "ваш"), ("zh-hans", "您")])
def test_no_sentence_for_recruiters_addresses_the_candidate(signal: str, language: str, person: str) -> None:
    with override(language):
        words = findings.sentence(ProctoringEvent(signal=signal)).lower()
    assert words
    assert person not in words.split()


@pytest.mark.parametrize(
    ("language", "length", "words"),
    [
        ("en", 1, "The candidate pasted 1 character into the editor."),
        ("ru", 3, "Кандидат вставил 3 символа в редактор."),
        ("ru", 214, "Кандидат вставил 214 символов в редактор."),
        ("ko", 2, "지원자가 편집기에 2자를 붙여넣었습니다."),
        ("zh-hans", 2, "候选人向编辑器粘贴了 2 个字符。"),
    ],
)
def test_a_paste_is_counted_in_the_readers_language(language: str, length: int, words: str) -> None:
    with override(language):
        assert findings.sentence(ProctoringEvent(signal="paste", detail={"where": "editor", "length": length})) == words


@pytest.mark.parametrize(("where", "words"), [("answer", "1234 characters into an answer."), ("?", "1234 characters.")])
def test_a_paste_is_said_to_be_where_the_page_says(where: str, words: str) -> None:
    with override("en"):
        said = findings.sentence(ProctoringEvent(signal="paste", detail={"where": where, "length": 1_234}))
    assert said == f"The candidate pasted {words}"
