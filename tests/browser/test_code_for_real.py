"""The code phase against a real server: what was written is run, judged, and asked about."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.candidate import Candidate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]


def test_a_solution_is_run_handed_in_and_asked_about(start_server: Start, candidate: Arrive) -> None:
    person = candidate(start_server("--without", "proctoring", STT_PROVIDER="none", TTS_PROVIDER="none"))
    page = person.page
    person.sign_up()
    person.upload_resume()
    person.create_interview()
    person.agree()
    person.enter()
    person.answer("I build services in Python. That's all.")
    person.wait_for("Question 1 of")
    person.skip_to_the_task()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# my own line")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-result-body]")).not_to_be_empty()
    expect(page.locator(".test-row").or_(page.locator(".result-hint")).first).to_be_visible()
    page.reload()
    person.enter()
    person.editor_is_there()
    expect(page.locator(".cm-content")).to_contain_text("# my own line")
    expect(page.locator("[data-result-body]")).not_to_be_empty()

    person.hand_in()
    person.wait_for("About your solution")
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "true")
    first = person.question
    person.answer("It reads the whole input once, so it is linear.")
    expect(page.locator("[data-question]")).not_to_have_text(first)
    assert person.said[-1] == "It reads the whole input once, so it is linear."
    expect(page.locator(".cm-content")).to_contain_text("# my own line")
