"""What a person does in the pages and in the room."""

import base64
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.server import LiveServer

PASSWORD = "correct horse battery staple"
SPEECH = Path(__file__).parent.parent / "fixtures" / "speech"
RESUME = Path(__file__).parent.parent.parent / "bench" / "demo" / "resume.pdf"
PATIENCE_MS = 60_000
REPORT_MS = 180_000  # written by a worker that gives way to everything; the page asks as long

# The microphone becomes a stream that the test plays recordings into, when it wants.
MICROPHONE = """
(() => {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const original = devices.getUserMedia.bind(devices);
  const opened = [];
  let context, target;
  const open = async (wanted) => {
    if (!wanted.audio) return original(wanted);
    context ??= new AudioContext();
    target ??= context.createMediaStreamDestination();
    await context.resume();
    return new MediaStream(target.stream.getAudioTracks().map((track) => track.clone()));
  };
  devices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    opened.push(...stream.getTracks());
    return stream;
  };
  window.devicesOn = () => opened.filter((track) => track.readyState === 'live').map((track) => track.kind).join();
  window.speak = async (recording) => {
    const bytes = Uint8Array.from(atob(recording), (character) => character.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(target);
    await new Promise((ended) => { source.onended = ended; source.start(); });
  };
})();
"""


class Candidate:
    """One person in one browser context. `page` is the tab that is looked at."""

    def __init__(self, context: BrowserContext, server: LiveServer) -> None:
        self.context = context
        self.server = server
        self.faults: list[str] = []
        context.add_init_script(MICROPHONE)
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def go(self, path: str) -> None:
        self.page.goto(self.server.url + path)

    # --- before the room ---------------------------------------------------------------------------------------

    def sign_up(self, email: str = "anna@example.com") -> None:
        self.go("/accounts/sign-up/")
        fields = {"email": email, "name": "Anna", "password1": PASSWORD, "password2": PASSWORD}
        for name, value in fields.items():
            if (field := self.page.locator(f"main [name={name}]")).count():
                field.fill(value)
        self.page.locator("main button[type=submit]").click()
        expect(self.page.locator(".site-header")).to_contain_text("Anna")

    def upload_resume(self) -> None:
        self.go("/resumes/upload/")
        self.page.locator("input[type=file]").set_input_files(RESUME)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(re.compile(r"/resumes/\d+/"))
        ready = self.page.get_by_text("Ready", exact=True)
        while not ready.count():
            self.page.wait_for_timeout(300)
            self.page.reload()

    def create_interview(self, position: str = "Backend developer", language: str = "en") -> None:
        """Ends on the room's page."""
        self.go("/interviews/new/")
        self.page.locator("[name=position_name]").fill(position)
        self.page.locator("main [name=language]").select_option(language)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(re.compile(r"/interviews/\d+/room/"))

    # --- the room ----------------------------------------------------------------------------------------------

    def agree(self) -> None:
        self.page.locator("[name=interview]").check()
        self.page.locator("[data-consent-form] button").click()

    def enter(self) -> None:
        """From the device check into the interview."""
        join = self.page.locator("[data-join]")
        expect(join).to_be_enabled()
        join.click()

    def say(self, recording: str) -> None:
        """Speak, once the interviewer listens."""
        self.listened_to()
        self.speak_now(recording)

    def speak_now(self, recording: str) -> None:
        """Speak, whoever else does."""
        self.page.evaluate("(recording) => window.speak(recording)", encoded(recording))

    def listened_to(self) -> None:
        expect(self.page.locator("[data-presence]")).to_have_attribute("data-mood", "listening")

    def press(self, action: str) -> None:
        self.page.locator(f"[data-control={action}]").click()

    @property
    def question(self) -> str:
        return self.page.locator("[data-question]").inner_text()

    @property
    def said(self) -> list[str]:
        """The candidate's finished utterances, as the transcript has them."""
        entries = self.page.locator(".entry-candidate").all_inner_texts()
        return [entry.split("\n", 1)[-1] for entry in entries]

    def answer(self, words: str) -> None:
        """In writing, opening the box for it where it is closed."""
        box = self.page.locator("#typed-answer")
        expect(box.or_(self.page.locator("[data-type-toggle]")).locator("visible=true").first).to_be_visible()
        if not box.is_visible():
            self.page.locator("[data-type-toggle]").click()
        box.fill(words)
        self.page.locator("[data-typing] button").click()

    def swallow(self) -> None:
        """From now on the page's messages go into a connection that is dead already, which nobody has noticed yet."""
        self.page.evaluate(
            "() => { window.truly = WebSocket.prototype.send; WebSocket.prototype.send = () => undefined }"
        )

    def speak_again(self) -> None:
        self.page.evaluate("() => { WebSocket.prototype.send = window.truly }")

    def read_the_report(self) -> None:
        self.page.locator("[data-report-link]").click(timeout=REPORT_MS)

    def wait_for(self, label: str) -> None:
        """Until the label over the question says this."""
        expect(self.page.locator("[data-stage-label]")).to_have_text(re.compile(label))

    def skip_to_the_task(self) -> None:
        at_the_task = self.page.locator(".room[data-phase=code]")
        while not at_the_task.count():
            before = self.question
            self.press("skip_question")
            expect(self.page.locator("[data-question]")).not_to_have_text(before)
        self.editor_is_there()

    def editor_is_there(self) -> None:
        """It is fetched only now, and its first text comes with it."""
        expect(self.page.locator(".cm-line").first).not_to_be_empty()

    def hand_in(self) -> None:
        """What is in the editor, for good."""
        self.page.locator("[data-code-submit]").click()
        self.page.locator("[data-submit-dialog] [value=submit]").click()

    def hand_in_and_finish(self) -> None:
        """Skips whatever is asked about the solution, up to the result page."""
        self.hand_in()
        result = self.page.locator("[data-result-title]")
        skip = self.page.locator("[data-asked=follow_up] [data-control=skip_question]:enabled")
        while not result.is_visible():
            if skip.is_visible():
                skip.click()
            self.page.wait_for_timeout(200)

    @property
    def code(self) -> str:
        return "\n".join(self.page.locator(".cm-line").all_inner_texts())


def encoded(recording: str) -> str:
    return base64.b64encode((SPEECH / f"{recording}.flac").read_bytes()).decode()
