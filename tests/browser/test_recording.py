"""A recorded interview: the room says so, the candidate ends it, and a recruiter's browser plays what was stored."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.candidate import PASSWORD, Candidate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]
RECRUITER = f"""
from accounts.models import User
User.objects.create_user("rita@example.com", "{PASSWORD}", name="Rita", role="recruiter")
"""
PIECES = """
import json
from interviews.models import RecordingPiece
print(json.dumps(list(RecordingPiece.objects.filter(turn_number=1).values_list("side", flat=True))))
"""
# Of each side: how far it has played, and what went wrong.
PLAYED = """() => [...document.querySelectorAll("[data-recording]")][0].querySelectorAll("audio, video").length
  && [...[...document.querySelectorAll("[data-recording]")][0].querySelectorAll("audio, video")]
     .map((one) => ({ played: one.currentTime > 0.5, error: one.error && one.error.message, length: one.duration }))"""


def stored(server: LiveServer) -> set[str]:
    return set(json.loads(server.manage("shell", "--verbosity", "0", "-c", PIECES)))


def test_a_recorded_interview(start_server: Start, candidate: Arrive) -> None:
    server = start_server()
    person = candidate(server)
    page = person.page
    person.sign_up()
    person.upload_resume()
    person.create_interview()
    page.locator("[name=recording]").check()
    person.agree()
    person.enter()
    sign = page.locator("[data-recording]")
    expect(sign).to_be_visible()
    person.wait_for("Introduction")
    person.say("introduction")
    expect(page.locator(".entry-candidate")).to_have_count(1)
    person.press("answer_done")
    person.wait_for("Question 1 of")
    while stored(server) != {"candidate", "interviewer", "camera"}:
        page.wait_for_timeout(500)

    sign.locator("summary").click()
    page.locator("[data-recording-stop]").click()
    expect(sign).to_be_hidden()
    page.reload()
    person.enter()
    person.wait_for("Question 1 of")
    expect(sign).to_be_hidden()
    plays_in_the_admin(server, candidate(server).page)


def plays_in_the_admin(server: LiveServer, page: Page) -> None:
    server.manage("shell", "-c", RECRUITER)
    page.goto(server.url + "/accounts/sign-in/")
    page.locator("main [name=username]").fill("rita@example.com")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.goto(server.url + "/admin/interviews/interview/1/change/")
    page.get_by_role("button", name="Play this turn").first.click()
    page.wait_for_function(f"() => ({PLAYED})().some((side) => side.played || side.error)")
    sides = page.evaluate(PLAYED)
    assert [side["error"] for side in sides] == [None] * 3
    page.locator("blockquote [data-play]").first.click()
    expect(page.locator("blockquote [data-play]").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("blockquote [data-play]").first).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("() => [...document.querySelectorAll('audio, video')].every((one) => one.paused)")
