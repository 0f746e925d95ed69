"""A real Chromium with a microphone that tests speak into and a camera that sees a person."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.camera import write_y4m
from tests.browser.candidate import Candidate
from tests.server import LiveServer

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FACE = Path(__file__).parent.parent / "fixtures" / "faces" / "one_person.jpg"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="package")  # Playwright keeps an event loop running: other tests must have theirs again
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; without either the tests are skipped."""
    camera = tmp_path_factory.mktemp("camera") / "person.y4m"
    write_y4m(FACE, camera)
    flags = [
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
        "--autoplay-policy=no-user-gesture-required",
    ]
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=flags)
        except Error as error:
            pytest.skip(f"no Chromium (sudo apt-get install chromium): {error.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def candidate(browser: Browser) -> Iterator[Callable[[LiveServer], Candidate]]:
    """`candidate(server)` is a person in a browser of their own; every fault of a page's script fails the test."""
    people: list[Candidate] = []

    def arrive(server: LiveServer) -> Candidate:
        people.append(Candidate(browser.new_context(viewport={"width": 1280, "height": 800}), server))
        return people[-1]

    yield arrive
    for one in people:
        one.context.close()
    assert [fault for one in people for fault in one.faults] == []
