"""A recruiter looks at a coding task as the candidate's room shows it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from interviews.coding import tasks
from tests.browser.candidate import Candidate
from tests.browser.test_outcome import look, sign_in_to_the_admin
from tests.server import LiveServer

BANK = "/admin/interviews/codingtask/show"


def test_a_recruiter_sees_a_task_as_candidates_do(
    start_server: Callable[..., LiveServer], candidate: Callable[[LiveServer], Candidate]
) -> None:
    recruiter = candidate(start_server("--no-children"))
    sign_in_to_the_admin(recruiter)
    recruiter.go(f"{BANK}/backend-rate-limiter/")
    page = recruiter.page
    page.get_by_role("link", name="Korean").click()
    expect(page.locator("[data-task-title]")).to_have_text(tasks.get("backend-rate-limiter").titles["ko"])
    chooses_a_language(page)
    look(page, "31-task-preview")
    recruiter.go(f"{BANK}/frontend-focus-order/")
    expect(page.locator(".task-statement > *").first).to_be_visible()
    assert "`" not in page.locator(".task-statement").inner_text()  # Markdown is set, not shown
    has_room_on_a_phone(recruiter)


def chooses_a_language(page: Page) -> None:
    starters = tasks.get("backend-rate-limiter").starters
    page.get_by_label("What the editor begins with").select_option("go")
    expect(page.locator("[data-task-starter]")).to_have_text(starters["go"]["ko"].strip(), use_inner_text=True)
    expect(page.locator(".example")).to_have_count(len(tasks.get("backend-rate-limiter").visible))


def has_room_on_a_phone(recruiter: Candidate) -> None:
    """To write a task, and to try one."""
    page = recruiter.page
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/admin/interviews/codingtask/add/", "/admin/interviews/codingtask/try/backend-rate-limiter/"):
        recruiter.go(address)
        box = page.locator("textarea.code").bounding_box()
        assert box is not None
        assert box["height"] > 500
        assert box["x"] + box["width"] <= 390
