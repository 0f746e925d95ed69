"""The interview room as a person sees it, against a real server: voice, writing, breaks, up to the report."""

from collections.abc import Callable

import jiwer
import pytest
from playwright.sync_api import expect

from tests.browser.candidate import SPEECH, Candidate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]

# Pixels of the stage that lie under the answer box.
ANSWER_COVERS = """() => {
  const [stage, answer] = ["stage", "answer"].map((name) => document.querySelector(`.${name}`).getBoundingClientRect());
  return Math.max(0, stage.bottom - answer.top);
}"""
SPOKEN = dict(line.split("\t") for line in (SPEECH / "answers.tsv").read_text().splitlines())


def word_error_rate(recording: str, heard: str) -> float:
    plain = jiwer.Compose([jiwer.ToLowerCase(), jiwer.RemovePunctuation()])
    return float(jiwer.wer(plain(SPOKEN[f"{recording}.flac"]), plain(heard)))


def in_the_room(person: Candidate) -> None:
    person.sign_up()
    person.upload_resume()
    person.create_interview()
    person.agree()


def test_an_interview_by_voice_up_to_the_report(start_server: Start, candidate: Arrive) -> None:
    person = candidate(start_server())
    page = person.page
    in_the_room(person)
    expect(page.locator("[data-camera-state]")).to_have_text("Your camera works.")
    person.enter()

    person.wait_for("Introduction")
    assert person.question == "Please introduce yourself."
    person.say("introduction")
    expect(page.locator(".entry-candidate")).to_have_count(1)
    person.press("answer_done")

    person.wait_for("Question 1 of")
    first = person.question
    person.say("queue")
    expect(page.locator("[data-question]")).not_to_have_text(first)
    assert [word_error_rate(*pair) <= 0.5 for pair in zip(("introduction", "queue"), person.said, strict=True)] == [
        True
    ] * 2

    second, said = person.question, person.said
    page.reload()
    person.enter()
    person.wait_for("Question 2 of")
    assert (person.question, person.said) == (second, said)

    person.skip_to_the_task()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# done 😀")
    expect(page.locator("[data-code-state]")).to_have_text("Saved")
    page.locator("[data-code-run]").click()
    expect(page.locator("[data-code-result]")).to_be_visible()
    page.reload()
    person.enter()
    expect(page.locator(".cm-content")).to_contain_text("# done 😀")
    person.hand_in_and_finish()

    expect(page.locator("[data-result-title]")).to_have_text("That was the interview. Thank you!")
    person.read_the_report()
    expect(page.locator("main")).to_contain_text(said[1])


def test_the_language_of_the_code_survives_a_reload(start_server: Start, candidate: Arrive) -> None:
    server = start_server(STT_PROVIDER="none", TTS_PROVIDER="none")
    person = candidate(server)
    page = person.page
    in_the_room(person)
    pinned = "from interviews.models import Interview; Interview.objects.update(code_task='backend-rate-limiter')"
    server.manage("shell", "-c", pinned)
    person.enter()
    page.locator("#typed-answer").fill("I build services. That's all.")
    page.locator("[data-typing] button").click()
    person.wait_for("Question 1 of")
    person.skip_to_the_task()
    python = person.code
    *_, other = page.locator("#code-language option").evaluate_all("(options) => options.map((one) => one.value)")
    page.locator("#code-language").select_option(other)
    expect(page.locator(".cm-content")).not_to_have_text(python)
    written = person.code
    expect(page.locator("[data-code-state]")).to_have_text("Saved")
    page.reload()
    person.enter()
    person.editor_is_there()
    assert (page.locator("#code-language").input_value(), person.code) == (other, written)
    page.locator("#code-language").select_option("python")
    assert person.code == python


def test_writing_carries_the_interview_where_nothing_recognises_speech(start_server: Start, candidate: Arrive) -> None:
    server = start_server(STT_PROVIDER="none")
    person = candidate(server)
    page = person.page
    in_the_room(person)
    expect(page.locator("[data-engine-note]")).to_contain_text("no speech recognition")
    person.enter()
    person.wait_for("Introduction")
    page.locator("#typed-answer").fill("I write Python. That's all.")
    page.locator("[data-typing] button").click()
    person.wait_for("Question 1 of")
    assert person.said == ["I write Python. That's all."]

    question = person.question
    server.kill()
    expect(page.locator("[data-banner]")).to_contain_text("The connection was lost")
    page.locator("#typed-answer").fill("Written while the server was away.")
    page.locator("[data-typing] button").click()
    server.restart()
    person.wait_for("Question 2 of")
    assert person.said == ["I write Python. That's all.", "Written while the server was away."]
    assert person.question != question
    expect(page.locator("[data-banner]")).to_be_hidden()

    page.reload()
    person.enter()
    person.wait_for("Question 2 of")
    expect(page.locator(".entry-candidate")).to_have_count(2)
    assert person.said == ["I write Python. That's all.", "Written while the server was away."]


def test_an_answer_in_a_dying_connection_is_sent_again_once(start_server: Start, candidate: Arrive) -> None:
    server = start_server(STT_PROVIDER="none", TTS_PROVIDER="none")
    person = candidate(server)
    page = person.page
    in_the_room(person)
    person.enter()
    person.wait_for("Introduction")
    expect(page.locator("[data-voice-toggle]")).to_be_hidden()
    expect(page.locator("[data-engine]")).to_contain_text("The interviewer writes here and has no voice.")

    person.swallow()
    page.locator("#typed-answer").fill("Nobody has heard this. That's all.")
    page.locator("[data-typing] button").click()
    server.kill()
    expect(page.locator("[data-banner]")).to_contain_text("The connection was lost")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(ANSWER_COVERS) == 0
    person.speak_again()
    server.restart()
    person.wait_for("Question 1 of")
    assert person.said == ["Nobody has heard this. That's all."]
    expect(page.locator("#typed-answer")).to_have_value("")


def test_a_second_window_takes_over_and_the_first_says_so(start_server: Start, candidate: Arrive) -> None:
    person = candidate(start_server(STT_PROVIDER="none", TTS_PROVIDER="none"))
    first = person.page
    in_the_room(person)
    person.enter()
    person.wait_for("Introduction")

    person.page = second = person.new_tab()
    second.goto(first.url)
    person.enter()
    person.wait_for("Introduction")
    expect(first.locator("[data-banner]")).to_contain_text("opened in another window")
    first.wait_for_function("!window.devicesOn()")
    second.wait_for_function("window.devicesOn() === 'video'")

    first.locator("[data-banner-button]").click()
    person.page = first
    person.enter()
    person.wait_for("Introduction")
    expect(second.locator("[data-banner]")).to_contain_text("opened in another window")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_a_phone(candidate: Arrive, live_server: LiveServer, width: int) -> None:
    person = candidate(live_server)
    page = person.page
    page.set_viewport_size({"width": width, "height": 740})
    person.sign_up()
    widths = {}
    for path in ("/", "/interviews/", "/interviews/new/", "/resumes/", "/resumes/upload/", "/accounts/profile/"):
        person.go(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(widths, width)
