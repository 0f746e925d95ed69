"""What comes of an interview: the candidate's result page, and the recruiter's in the admin. And a wire that is cut."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.candidate import Candidate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
WRITTEN = "I measured the slow query, added an index and compared the results."


def look(page: Page, name: str) -> None:
    """Keep a picture of the page at two sizes, where VIVA_SHOTS names a folder for them."""
    if folder := os.environ.get("VIVA_SHOTS"):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(400)  # transitions end: for the eye, nothing depends on it
            page.screenshot(path=Path(folder) / f"{name}-{size}.png")
        page.set_viewport_size({"width": 1280, "height": 800})


def write(page: Page, text: str) -> None:
    page.locator("#typed-answer").fill(text)
    page.locator("[data-typing] button").click()


def test_a_recruiter_reads_in_the_admin_what_a_candidate_wrote(start_server: Start, candidate: Arrive) -> None:
    server = start_server("--without", "proctoring", STT_PROVIDER="none", TTS_PROVIDER="none")
    person = candidate(server)
    page = person.page
    person.sign_up()
    look(page, "1-home")
    person.upload_resume()
    look(page, "2-resume")
    person.create_interview()
    look(page, "3-consent")
    person.agree()
    look(page, "4-devices")
    person.enter()
    person.wait_for("Introduction")
    look(page, "5-introduction")
    write(page, "I build services in Python. That's all.")
    person.wait_for("Question 1 of")

    offline_and_back(person)
    person.wait_for("Question 2 of")
    assert person.said[-1] == WRITTEN
    look(page, "6-question")
    person.skip_to_the_task()
    look(page, "7-code")
    person.hand_in_and_finish()
    expect(page.locator("[data-result-title]")).to_have_text("That was the interview. Thank you!")
    look(page, "8-result")
    person.read_the_report()
    expect(page.locator("main")).to_contain_text(WRITTEN)
    look(page, "9-report")

    recruiter = candidate(server)
    sign_in_to_the_admin(recruiter)
    reads_the_report(recruiter.page)
    look(recruiter.page, "10-admin")


def offline_and_back(person: Candidate) -> None:
    """Words that are written while the wire is cut arrive once it is whole."""
    banner = person.page.locator("[data-banner]")
    person.context.set_offline(True)
    expect(banner).to_contain_text("The connection was lost")
    look(person.page, "6-offline")
    write(person.page, WRITTEN)
    person.context.set_offline(False)
    expect(banner).to_be_hidden()


def sign_in_to_the_admin(recruiter: Candidate) -> None:
    accounts = recruiter.server.manage("demo_data")
    email, password = re.search(r"recruiter +(\S+) +(\S+)", accounts).groups()  # type: ignore[union-attr]
    recruiter.go("/admin/")
    recruiter.page.locator("[name=username]").fill(email)
    recruiter.page.locator("[name=password]").fill(password)
    recruiter.page.locator("[type=submit]").click()


def reads_the_report(page: Page) -> None:
    page.locator(".model-report th a").first.click()
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Anna")
    row.get_by_role("link").first.click()
    expect(page.locator("#content")).to_contain_text(WRITTEN)
    expect(page.locator("#content")).to_contain_text("Technical skills")
