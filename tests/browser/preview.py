"""The code phase in a real browser, in front of the preview's scripted server, which a test can make say anything."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "frontend" / "preview"
PATIENCE_MS = 60_000


class Preview:
    """One scripted interview, which begins with its task. `environment`: see `server.mjs`."""

    def __init__(self, page_file: Path, **environment: str) -> None:
        command = [str(ROOT / "scripts" / "with-node"), "node", str(FOLDER / "server.mjs"), str(page_file), "0"]
        env = os.environ | {"PHASE": "code", "VOICE": ""} | environment
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = next(line.strip() for line in self.process.stdout if line.startswith("http"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate()

    @property
    def state(self) -> dict[str, Any]:
        """What the server has: `code`, `runs`, `submitted`."""
        with urllib.request.urlopen(f"{self.url}state") as response:
            return dict(json.load(response))

    def release(self) -> None:
        """Of a preview with `HOLD`: what was run so far ends, and what is run from now on ends at once."""
        urllib.request.urlopen(f"{self.url}release").close()

    def go_away(self) -> None:
        """Close every connection, and take no new one."""
        urllib.request.urlopen(f"{self.url}away/yes").close()

    def come_back(self) -> None:
        urllib.request.urlopen(f"{self.url}away/no").close()


def render_room(target: Path, language: str = "en") -> Path:
    """The room's page as Django renders it."""
    command = [str(ROOT / ".venv" / "bin" / "python"), str(FOLDER / "render_room.py"), language, str(target)]
    subprocess.run(command, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}, cwd=ROOT)
    return target


class Coder:
    """A candidate who was given a task."""

    def __init__(self, context: BrowserContext, preview: Preview) -> None:
        self.context = context
        self.preview = preview
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def come(self) -> None:
        self.page.goto(self.preview.url)
        self.agree()
        self.enter()

    def come_again(self) -> None:
        """A reload; the agreement is asked for once more, since the preview stores none."""
        self.page.reload()
        self.agree()
        self.enter()

    def agree(self) -> None:
        self.page.locator("[name=interview]").check()
        self.page.locator("[data-consent-form] button").click()

    def enter(self) -> None:
        self.page.locator("[data-join]").click()
        expect(self.page.locator(".cm-content")).to_be_attached()

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-{name}]")

    def write(self, text: str) -> None:
        """At the end of what is there, key by key where it matters little."""
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    @property
    def code(self) -> str:
        return "\n".join(self.page.locator(".cm-line").all_inner_texts()).replace("\n\n\n", "\n\n")

    @property
    def width(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def run(self) -> None:
        self.part("code-run").click()

    def hand_in(self) -> None:
        self.part("code-submit").click()
        self.page.locator("[data-submit-dialog] [value=submit]").click()
