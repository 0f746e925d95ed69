"""Task, editor, results: how a candidate writes, runs and hands in, and what survives what."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.preview import Coder, Preview, render_room

Arrive = Callable[..., Coder]
SLOW_CAMERA = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (wanted.video) await new Promise((go) => { window.letCamera = go; });
  return open(wanted);
};
"""
SAVED, WAITING = "Saved", "Will be saved when the connection is back"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render_room(tmp_path_factory.mktemp("room") / "room.html")


@pytest.fixture
def coder(browser: Browser, room: Path) -> Iterator[Arrive]:
    """`coder(TASK="sql")` has entered the room; `size` is the window's."""
    people: list[Coder] = []

    def arrive(size: tuple[int, int] = (1280, 800), **environment: str) -> Coder:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        people.append(Coder(context, Preview(room, **environment)))
        people[-1].come()
        return people[-1]

    yield arrive
    for one in people:
        one.context.close()
        one.preview.stop()
    assert [fault for one in people for fault in one.faults] == []


def test_from_the_first_run_to_the_questions(coder: Arrive) -> None:
    person = coder(HOLD="1")
    page = person.page
    assert page.locator("[data-task] pre").first.inner_text() == "3\n1\n2\n-5"
    person.write("\n# not yet")
    person.run()
    expect(person.part("run-state")).to_have_text("Running…")
    person.preview.release()
    rows = page.locator(".test-row .test-line")
    expect(rows).to_have_count(3)
    assert page.locator(".test-status").all_inner_texts() == ["Passed", "Wrong answer", "Wrong answer"]
    assert rows.nth(1).locator(".test-used").inner_text() == "38 ms · 9.7 MB"
    expect(page.locator(".diff .differs").first).to_have_text("differs: -4differs: 0")
    expect(person.part("code-live")).to_have_text("Tests passed: 1 of 3.")

    person.write("\n# SOLVED")
    person.part("code-submit").click()
    expect(person.part("submit-note")).to_have_text("You have not run the visible tests since your last change.")
    page.locator("[data-submit-dialog] [value=stay]").click()
    assert "submitted" not in person.preview.state
    person.run()
    expect(person.part("code-live")).to_have_text("Tests passed: 3 of 3.")
    expect(person.part("code-state")).to_have_text(SAVED)
    person.hand_in()

    expect(person.part("code-after")).to_contain_text("The interviewer now asks about it")
    expect(person.part("result-body")).to_contain_text("Hidden tests passed: 9 of 9.")
    assert person.preview.state["submitted"]["source"] == person.preview.state["code"]["text"]
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "true")
    expect(person.part("question")).to_contain_text("Your loop in line 8")
    before = person.code
    person.write("too late")
    assert person.code == before
    expect(page.locator(".cm-content")).to_contain_text("# SOLVED")

    page.locator("[data-type-toggle]").click()
    for question in ("Your loop in line 8", "You call the variable"):
        expect(person.part("question")).to_contain_text(question)
        page.locator("#typed-answer").fill("I would read it line by line.")
        page.locator("[data-typing] button").click()
    expect(person.part("result-title")).to_have_text("That was the interview. Thank you!")


@pytest.mark.parametrize(
    ("word", "status", "advice"),
    [
        ("LOOP", "Time limit exceeded", "The program was stopped after 2 s."),
        ("CRASH", "Ended with an error", "Its error messages say where."),
        ("BROKEN", "Does not compile", "Correct the place that the messages below name"),
    ],
)
def test_a_failure_says_what_it_was_and_what_to_do(coder: Arrive, word: str, status: str, advice: str) -> None:
    person = coder()
    person.write(f"\n# {word}")
    person.run()
    expect(person.part("result-body")).to_contain_text(status)
    expect(person.page.locator(".result-hint")).to_contain_text(advice)


@pytest.mark.parametrize("deaf", [False, True], ids=["server hears", "server has none of it"])
def test_a_reload_keeps_the_last_keystroke(coder: Arrive, deaf: bool) -> None:
    person = coder(**({"DEAF": "1"} if deaf else {}))
    person.write("\n# draft of Python")
    person.page.locator("#code-language").select_option("ruby")
    person.write("# the last keystroke: Ω😀!")
    ruby = person.code
    person.come_again()

    expect(person.page.locator("#code-language")).to_have_value("ruby")
    expect(person.page.locator(".cm-content")).to_contain_text("# the last keystroke: Ω😀!")
    assert person.code == ruby
    person.page.locator("#code-language").select_option("python")
    expect(person.page.locator(".cm-content")).to_contain_text("# draft of Python")
    if not deaf:
        expect(person.part("code-state")).to_have_text(SAVED)
        assert person.preview.state["code"]["text"].endswith("# draft of Python")


def test_a_lost_connection_loses_nothing(coder: Arrive) -> None:
    person = coder()
    person.write("\n# before")
    expect(person.part("code-state")).to_have_text(SAVED)
    person.preview.go_away()
    person.write("\n# between, SOLVED")
    expect(person.part("code-state")).to_have_text(WAITING)
    person.run()
    expect(person.part("run-state")).to_have_text("Runs when the connection is back.")
    person.preview.come_back()
    expect(person.part("code-state")).to_have_text(SAVED)
    expect(person.part("code-live")).to_have_text("Tests passed: 3 of 3.")
    assert person.preview.state["code"]["text"].endswith("# before\n# between, SOLVED")
    assert len(person.preview.state["runs"]) == 1


def test_what_is_handed_in_without_a_connection_arrives_once(coder: Arrive) -> None:
    person = coder()
    person.preview.go_away()
    person.write("\n# SOLVED")
    person.hand_in()
    expect(person.part("code-state")).to_have_text("Will be handed in when the connection is back")
    person.preview.come_back()
    expect(person.part("code-after")).to_contain_text("The interviewer now asks about it")
    assert len(person.preview.state["runs"]) == 1
    person.come_again()
    expect(person.part("code-after")).to_contain_text("The interviewer now asks about it")
    expect(person.page.locator(".cm-content")).to_have_attribute("aria-readonly", "true")
    expect(person.page.locator(".cm-content")).to_contain_text("# SOLVED")
    assert len(person.preview.state["runs"]) == 1


def test_colours_that_could_not_be_fetched_come_with_the_connection(coder: Arrive) -> None:
    person = coder()
    syntax = "**/chunks/dist-*.js"
    person.page.route(syntax, lambda route: route.abort())
    person.come_again()
    person.write("\nif True: pass")
    expect(person.page.locator(".cm-content")).to_contain_text("if True: pass")
    expect(person.page.locator(".cm-line span")).to_have_count(0)
    person.page.unroute(syntax)
    person.preview.go_away()
    person.preview.come_back()
    expect(person.page.locator(".cm-line span").first).to_be_visible()


def test_a_second_run_waits_for_the_first(coder: Arrive) -> None:
    person = coder(HOLD="1")
    person.run()
    person.run()
    expect(person.part("run-state")).to_have_text("Runs again as soon as this run is over.")
    person.preview.release()
    expect(person.part("run-state")).to_be_hidden()
    assert len(person.preview.state["runs"]) == 2


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1280, 800)])
def test_the_way_in_stays_under_the_finger(browser: Browser, room: Path, size: tuple[int, int]) -> None:
    """While the camera opens and the microphone is heard, the text above changes and a button goes."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    person = Coder(context, Preview(room))
    person.page.add_init_script(SLOW_CAMERA)
    join = person.part("join")
    person.page.goto(person.preview.url)
    person.agree()
    expect(join).to_be_enabled()
    join.hover()
    person.page.mouse.down()
    person.page.evaluate("letCamera()")
    expect(person.part("camera-state")).to_have_text("Your camera works.")
    expect(person.part("mic-state")).to_have_text("Your microphone works.")
    expect(person.part("check-devices")).to_be_hidden()
    person.page.mouse.up()
    expect(person.page.locator(".cm-content")).to_be_attached()
    context.close()
    person.preview.stop()


def test_on_a_phone(coder: Arrive) -> None:
    person = coder(size=(390, 844))
    page = person.page
    expect(person.part("task-statement")).to_be_visible()
    expect(page.locator(".cm-content")).to_be_hidden()
    widths = [person.width]
    page.locator("[data-view-button=editor]").click()
    expect(person.part("task-statement")).to_be_hidden()
    person.write("\nprint('a line that is much longer than any telephone is wide, and goes on and on')")
    widths.append(person.width)
    person.run()
    expect(page.locator("[data-view-button=result]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".diff").first).to_be_visible()
    widths.append(person.width)
    person.hand_in()
    expect(person.part("question")).to_be_in_viewport()
    expect(page.locator("[data-control=answer_done]")).to_be_in_viewport()
    assert [*widths, person.width] == [390] * 4


def test_with_the_keyboard_only(coder: Arrive) -> None:
    person = coder()
    page, press = person.page, person.page.keyboard.press
    expect(person.part("task")).to_be_focused()
    page.locator("#code-language").focus()
    press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    press("Control+End")
    press("Tab")
    page.keyboard.type("# indented")
    expect(page.locator(".cm-line").last).to_have_text("    # indented")
    press("Control+Enter")
    expect(person.part("code-live")).to_have_text("Tests passed: 1 of 3.")
    press("Escape")
    press("Tab")  # which leaves the editor for two seconds after Escape
    while page.evaluate("document.activeElement.matches('.cm-content')"):
        press("Escape")
        press("Tab")

    page.locator("[data-stdin] summary").focus()
    press("Enter")
    press("Tab")
    page.keyboard.type("mine")
    press("Control+Enter")
    expect(person.part("result-body")).to_contain_text("MINE")
    person.part("code-submit").focus()
    press("Enter")
    press("Tab")
    expect(page.locator("[data-submit-dialog] [value=submit]")).to_be_focused()
    press("Enter")
    expect(person.part("code-after")).to_be_visible()


def test_the_time_left_is_said(coder: Arrive) -> None:
    person = coder(SECONDS="302")
    expect(person.part("toast")).to_have_text("Five minutes are left for this task.")
    expect(person.part("timer")).to_have_attribute("data-low", "true")


def test_a_task_is_not_skipped_by_a_slip(coder: Arrive) -> None:
    person = coder()
    person.page.locator("[data-control=skip_question]").click()
    person.page.locator("[data-skip-dialog] [value=stay]").click()
    expect(person.page.locator(".cm-content")).to_be_visible()


def test_pasting_is_told(coder: Arrive) -> None:
    person = coder()
    page = person.page
    page.locator(".cm-content").click()
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', 'pasted');
          const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
          document.querySelector('.cm-content').dispatchEvent(event);
        }"""
    )
    expect(page.locator(".cm-content")).to_contain_text("pasted")
    expect(page.locator(".self-notice")).to_contain_text("More than one person")  # what the preview says to a paste
    assert person.preview.state["received"]["client_event"] >= 1


@pytest.mark.parametrize(
    ("kind", "shown", "runs", "own_input"),
    [
        ("sql", "CREATE TABLE customers", True, True),
        ("testing", "def discount(total, vip):", True, False),
        ("function", "{ past: [1], present: 2, future: [3] }", True, True),
        ("written", "Your product plans shifts", False, False),
    ],
)
def test_each_kind_of_task_shows_what_it_is_about(
    coder: Arrive, kind: str, shown: str, runs: bool, own_input: bool
) -> None:
    person = coder(TASK=kind)
    expect(person.part("task")).to_contain_text(shown)
    assert (person.part("code-run").is_visible(), person.part("stdin").is_visible()) == (runs, own_input)
    if kind == "written":
        person.write("Why trials end.")
        expect(person.part("word-count")).to_have_text("Words: 7")
