"""The streaming protocol as a browser speaks it: a real MediaRecorder, the client of `frontend/src/streaming`."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.candidate import Candidate, encoded
from tests.browser.test_room import word_error_rate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]


@pytest.fixture
def person(start_server: Start, candidate: Arrive) -> Candidate:
    """On the page, with an interview that has not begun."""
    person = candidate(start_server(ACKNOWLEDGE="0"))
    person.sign_up()
    person.upload_resume()
    person.create_interview()
    person.agree()
    expect(person.page.locator("[data-join]")).to_be_enabled()
    person.go(re.sub(r".*(/interviews/\d+/)room/", r"\1streaming/", person.page.url))
    return person


def entries(person: Candidate, role: str) -> Locator:
    return person.page.locator(f"[data-role={role}] p")


def status(person: Candidate) -> Locator:
    return person.page.locator("[data-status]")


def begin(person: Candidate) -> None:
    person.page.locator("[data-begin]").click()


def speak(person: Candidate, recording: str) -> None:
    """And let go of the button."""
    expect(status(person)).to_have_text("Listening: take your time")
    person.page.evaluate("(recording) => window.speak(recording)", encoded(recording))
    person.page.locator("[data-speak]").click()


def test_an_interview_that_a_browser_records(person: Candidate) -> None:
    page, interviewer, own = person.page, entries(person, "interviewer"), entries(person, "candidate")
    begin(person)
    expect(interviewer).to_have_text([re.compile("I am Viva"), "Please introduce yourself."])
    speak(person, "introduction")
    expect(own).to_have_count(1)
    heard = own.inner_text()
    assert word_error_rate("introduction", heard) <= 0.5
    expect(interviewer.last).to_have_text(re.compile(r"\?$"))
    asked = interviewer.last.inner_text()

    page.reload()
    begin(person)
    expect(interviewer).to_have_text([asked])
    page.locator("[data-end]").click()
    expect(status(person)).to_have_text("The interview is complete. Your report is being prepared.")
    assert person.page.evaluate("() => window.devicesOn()") == ""
    page.locator("[data-after]").click()
    expect(page.locator("main")).to_contain_text(heard)
