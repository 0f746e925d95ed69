"""A candidate writes code in the room, and a recruiter looks on afterwards."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.candidate import Candidate
from tests.browser.test_outcome import look, sign_in_to_the_admin, write
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]
PASTED = "def twice(value):\n    return value * 2\n"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".cm-content").dispatchEvent(event);
}"""
ANOTHER = """(before) => document.querySelector("[data-question]").textContent !== before
  || document.querySelector(".cm-line") !== null"""
# What is shown as soon as it plays, and not what a slow machine comes to see of it.
PLAY = """() => new Promise((tell) => {
  document.querySelector("[data-play]").click();
  requestAnimationFrame(() => requestAnimationFrame(() => tell(document.querySelector(".cm-content").innerText)));
})"""


def test_a_recruiter_looks_on_while_code_is_written(start_server: Start, candidate: Arrive) -> None:
    server = start_server("--without", "proctoring", STT_PROVIDER="none", TTS_PROVIDER="none")
    number = writes_code(candidate(server))
    recruiter = candidate(server)
    sign_in_to_the_admin(recruiter)
    recruiter.go(f"/admin/interviews/interview/{number}/change/")
    page = recruiter.page
    page.get_by_role("link", name="Replay how it was written").click()
    expect(page.locator("[data-verdict]")).to_have_text("The end of the replay is what was handed in, byte for byte.")
    looks_on(page)
    look(page, "30-replay")


def writes_code(person: Candidate) -> str:
    """Before and after a reload, which begins the editor's clock anew; the last lines come at once.

    Returns the interview's id.
    """
    person.sign_up()
    person.upload_resume()
    person.create_interview()
    number = person.page.url.rstrip("/").split("/")[-2]
    person.agree()
    person.enter()
    person.wait_for("Introduction")
    write(person.page, "I build services in Python. That's all.")
    person.wait_for("Question 1 of")
    page = person.page
    skip_to_the_task(person)
    typed(page, "# first\n")
    expect(page.locator("[data-code-state]")).to_have_text("Saved")
    page.reload()
    person.enter()
    person.editor_is_there()
    typed(page, "# second 😀\n")
    page.evaluate(PASTE, PASTED)
    expect(page.locator(".cm-content")).to_contain_text("return value * 2")
    person.hand_in_and_finish()
    return number


def skip_to_the_task(person: Candidate) -> None:
    """The task may come while it is being looked for; to skip that one takes more than a slip."""
    while not person.page.locator("[data-workspace]").is_visible():
        before = person.page.locator("[data-question]").text_content()
        person.press("skip_question")
        person.page.wait_for_function(ANOTHER, arg=before)
        if person.page.locator("[data-skip-dialog]").is_visible():
            person.page.keyboard.press("Escape")
    person.editor_is_there()


def typed(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=30)


def looks_on(page: Page) -> None:
    code, time = page.locator(".cm-content"), page.locator("[data-time]")
    submission = page.locator(".replay-event.kind-submission")
    expect(submission).to_contain_text("Handed in")
    opens_with_what_came_of_it(page)
    noticed = until_noticed(page, "Several lines inserted at once")
    noticed.click()
    expect(code).to_contain_text("return value * 2")
    expect(page.locator(".replay-changed").first).to_be_visible()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(code).to_contain_text("# second 😀")
    expect(code).not_to_contain_text("return value * 2")
    page.keyboard.press("Home")
    expect(time).to_contain_text("0:00 of")
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_label("16×")).to_be_checked()
    page.locator("[data-scrubber]").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-status]")).to_have_text("It plays.")
    expect(code).to_contain_text("return value * 2")
    expect(page.locator("[data-play]")).to_have_text("Play")  # it came to its end


def opens_with_what_came_of_it(page: Page) -> None:
    """All of it is in view, on a small laptop and on a phone, and Play begins from the beginning."""
    expect(page.locator(".cm-content")).to_contain_text("return value * 2")
    for width, height in ((390, 844), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        for part in ("play", "scrubber", "time", "screen"):
            expect(page.locator(f"[data-{part}]")).to_be_in_viewport(ratio=0.99)
    assert "return value * 2" not in page.evaluate(PLAY)
    page.locator("[data-play]").click()
    expect(page.locator("[data-play]")).to_have_text("Play")  # it stands still for what follows


def until_noticed(page: Page, words: str) -> Locator:
    """The submission is looked at by Celery, a moment after it came in."""
    event = page.locator(".replay-event", has_text=words)
    while not event.count():
        page.wait_for_timeout(500)
        page.reload()
        expect(page.locator(".replay-event").first).to_be_visible()
    return event
