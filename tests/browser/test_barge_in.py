"""A person who does not wait until the interviewer has finished, with a played recording for a voice."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.candidate import Candidate
from tests.browser.test_room import in_the_room, word_error_rate
from tests.server import LiveServer

Arrive = Callable[[LiveServer], Candidate]
Start = Callable[..., LiveServer]

# What the server says of its voice, what the page answers, and when the sound itself is stopped.
WATCH = """
(() => {
  const log = window.voiceLog = [];
  const note = (kind, fields) => log.push({ kind, at: performance.now(), ...fields });
  const handler = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    ...handler,
    set(take) {
      handler.set.call(this, (event) => {
        const { type, audio, ...fields } = JSON.parse(event.data);
        if (type.startsWith('ai_')) note(type, fields);
        take(event);
      });
    },
  });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const { type, ...fields } = JSON.parse(data);
    if (type === 'playback') note(type, fields);
    return send.call(this, data);
  };
  const stop = AudioBufferSourceNode.prototype.stop;
  AudioBufferSourceNode.prototype.stop = function (...when) {
    note('silence', {});
    return stop.apply(this, when);
  };
})();
"""
# Far more than it takes (a frame; 200 ms): what a machine with other work may add. `bench.latency` measures.
SILENT_MS, NOTICED_MS, APART_MS = 5_000, 30_000, 5_000


def test_words_over_the_greeting_end_it_at_once_and_are_the_answer(start_server: Start, candidate: Arrive) -> None:
    person = candidate(start_server())
    page = person.page
    page.add_init_script(WATCH)
    in_the_room(person)
    person.enter()
    expect(page.locator("[data-presence]")).to_have_attribute("data-mood", "speaking")
    page.wait_for_function("() => voiceLog.some((one) => one.kind === 'playback' && one.event === 'progress')")
    begun = page.evaluate("() => performance.now()")
    person.speak_now("introduction")

    expect(page.locator(".entry-candidate")).to_have_count(1)
    assert person.question == "Please introduce yourself."
    assert word_error_rate("introduction", person.said[0]) <= 0.5
    log: list[dict[str, Any]] = page.evaluate("() => voiceLog")
    cut = next(one for one in log if one["kind"] == "ai_interrupted")
    silence = next(one for one in log if one["kind"] == "silence" and one["at"] >= cut["at"])
    stopped = next(one for one in log if one["kind"] == "playback" and one["event"] == "stopped")
    assert silence["at"] - cut["at"] <= SILENT_MS
    assert cut["at"] - begun <= NOTICED_MS  # the recording has a moment of silence before its first word
    assert (stopped["utterance_id"], stopped["ms"] > 0) == (cut["utterance_id"], True)
    assert abs(stopped["ms"] - cut["heard_ms"]) <= APART_MS
    # Where recognition is slow the voice may go on before the words are there, and is cut again: never to its end.
    assert [one for one in log if one["kind"] == "playback" and one["event"] == "ended"] == []
