import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "../../frontend/src/streaming/messages.ts";
import { readWav } from "../../frontend/src/streaming/wav.ts";
import { base64, Bench, MICROPHONE, SAMPLES, settled, wav } from "./streaming-bench.ts";

describe("connecting", () => {
  it("asks for the interview and is done with the first words", async () => {
    const bench = new Bench();
    await bench.connected();
    assert.equal(bench.wire.url, "wss://example.com/api/v1/ai/ws/streaming-interview?token=t0&interview_id=7");
    assert.deepEqual(bench.events, [["connected", {}], ["ai_transcript", { text: "Hello!", utteranceId: "u1" }]]);
    assert.deepEqual(bench.player.log, ["unlock"]);
  });

  it("fails with the server's words where the interview cannot be opened", async () => {
    const bench = new Bench();
    const connecting = bench.client.connect();
    await settled();
    bench.wire.say("error", { text: "There is no such interview of yours.", code: "interview_not_found", retryable: false });
    bench.wire.cut(4404);
    await assert.rejects(connecting, { message: "There is no such interview of yours." });
    await bench.pass(60_000);
    assert.equal(bench.wires.length, 1);
    assert.deepEqual(bench.names, ["error"]);
  });

  it("tries again where the server is not there yet", async () => {
    const bench = new Bench();
    bench.reachable = false;
    const connecting = bench.client.connect();
    await bench.pass(700);
    assert.deepEqual(bench.events, [
      ["reconnecting", { attempt: 1, delayMs: 500 }],
      ["reconnecting", { attempt: 2, delayMs: 1_000 }],
    ]);
    bench.reachable = true;
    await bench.pass(1_000);
    bench.wire.words("Hello!");
    await connecting;
    assert.deepEqual(bench.names.slice(2), ["connected", "ai_transcript"]);
  });
});

describe("recording", () => {
  it("sends each piece", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.client.startRecording(MICROPHONE);
    bench.recordings[0]!.piece(new Uint8Array([1, 2, 3]));
    assert.deepEqual(bench.wire.sent, [{ type: "audio_chunk", data: "AQID", format: "webm" }]);
    assert.equal(bench.recordings[0]!.ms, 200);
  });

  it("sends its last piece after it was stopped", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.client.startRecording(MICROPHONE);
    bench.client.stopRecording();
    assert.ok(bench.recordings[0]!.stopped);
    bench.recordings[0]!.piece(new Uint8Array([1]));
    assert.equal(bench.wire.sent.length, 1);
  });

  it("waits for the connection", async () => {
    const bench = new Bench();
    await bench.client.startRecording(MICROPHONE);
    assert.equal(bench.recordings.length, 0);
    await bench.connected();
    assert.equal(bench.recordings.length, 1);
  });

  it("begins anew on a new connection, which gets nothing of the old recording", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.client.startRecording(MICROPHONE);
    bench.wire.cut(1006);
    assert.ok(bench.recordings[0]!.stopped);
    await bench.pass(500);
    assert.equal(bench.recordings.length, 1);
    bench.wire.words("Please introduce yourself.", "u2");
    assert.equal(bench.recordings.length, 2);
    bench.recordings[0]!.piece(new Uint8Array([1]));
    bench.recordings[1]!.piece(new Uint8Array([2]));
    assert.deepEqual(bench.wire.sent, [{ type: "audio_chunk", data: "Ag==", format: "webm" }]);
    assert.deepEqual(bench.names, ["connected", "ai_transcript", "reconnecting", "reconnected", "ai_transcript"]);
    assert.match(bench.wire.url, /token=t1/);
  });

  for (const code of ["bad_audio", "recognition_failed"]) {
    it(`begins anew after ${code}, and sends nothing more of the old one`, async () => {
      const bench = new Bench();
      await bench.connected();
      await bench.client.startRecording(MICROPHONE);
      bench.wire.fail(code);
      assert.deepEqual(bench.recordings.map((one) => one.stopped), [true, false]);
      bench.recordings[0]!.piece(new Uint8Array([1]));
      bench.recordings[1]!.piece(new Uint8Array([2]));
      assert.deepEqual(bench.wire.sent, [{ type: "audio_chunk", data: "Ag==", format: "webm" }]);
      assert.equal(bench.names.at(-1), "error");
    });
  }

  it("begins anew a few times, and then when a minute has passed", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.client.startRecording(MICROPHONE);
    for (let time = 0; time < 10; time += 1) bench.wire.fail("bad_audio");
    assert.equal(bench.recordings.length, 5);
    for (let pings = 0; pings < 4; pings += 1) {
      await bench.pass(15_000);
      bench.wire.say("pong");
    }
    assert.deepEqual(bench.recordings.map((one) => one.stopped), [true, true, true, true, true, false]);
  });

  it("does not begin by itself, nor for errors of other kinds", async () => {
    const bench = new Bench();
    await bench.connected();
    bench.wire.fail("bad_audio");
    assert.equal(bench.recordings.length, 0);
    await bench.client.startRecording(MICROPHONE);
    bench.wire.fail("internal");
    assert.equal(bench.recordings.length, 1);
  });

  it("says so where the browser cannot", async () => {
    const bench = new Bench();
    await bench.connected();
    bench.recordable = false;
    await bench.client.startRecording(MICROPHONE);
    assert.deepEqual(bench.events.at(-1), ["error", { text: "This browser cannot record WebM with Opus.", code: "unsupported", retryable: false }]);
  });
});

describe("the interviewer's voice", () => {
  it("is played in the order in which it came", async () => {
    const bench = new Bench();
    await bench.connected();
    for (const id of ["u1", "u1", "u2"]) bench.wire.say("ai_audio_chunk", { audio: base64(wav()), format: "wav", utterance_id: id });
    bench.wire.say("ai_audio_end", { utterance_id: "u2" });
    assert.deepEqual(bench.player.log, ["unlock", "begin u1", "chunk u1 8 22050", "chunk u1 8 22050", "begin u2", "chunk u2 8 22050", "end u2"]);
    assert.ok(!bench.names.includes("ai_audio_end"));
    bench.player.listener.ended("u2", 1);
    assert.deepEqual(bench.events.at(-1), ["ai_audio_end", { utteranceId: "u2" }]);
  });

  it("stops at once when it is interrupted, and may go on", async () => {
    const bench = new Bench();
    await bench.connected();
    const chunk = { audio: base64(wav()), format: "wav", utterance_id: "u1" };
    bench.wire.say("ai_audio_chunk", chunk);
    bench.wire.say("ai_interrupted", { utterance_id: "u1", heard_ms: 40 });
    bench.wire.say("ai_audio_chunk", chunk);
    assert.deepEqual(bench.player.log.slice(1), ["begin u1", "chunk u1 8 22050", "stop u1", "begin u1", "chunk u1 8 22050"]);
  });

  it("that was cut short, or has no sound, has ended when the server says so", async () => {
    const bench = new Bench();
    await bench.connected();
    bench.wire.say("ai_audio_end", { utterance_id: "u1" });
    assert.deepEqual(bench.events.at(-1), ["ai_audio_end", { utteranceId: "u1" }]);
  });

  it("that cannot be read is skipped", async () => {
    const bench = new Bench();
    await bench.connected();
    bench.wire.say("ai_audio_chunk", { audio: base64(SAMPLES), format: "wav", utterance_id: "u1" });
    assert.deepEqual(bench.player.log, ["unlock"]);
  });
});

describe("the end", () => {
  const ended = { conversation: [{ role: "candidate", text: "Hello", at_ms: 5 }], summary: "Done.", outcome: "completed" };

  it("comes with the conversation, and nothing is tried again", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.client.startRecording(MICROPHONE);
    bench.client.endInterview();
    assert.deepEqual(bench.wire.sent.at(-1), { type: "end_interview" });
    bench.wire.say("interview_ended", { ...ended, interview_id: "7" });
    bench.wire.cut(1000);
    await bench.pass(60_000);
    assert.deepEqual(bench.events.at(-1), ["interview_ended", ended]);
    assert.ok(bench.recordings[0]!.stopped);
    assert.equal(bench.wires.length, 1);
  });

  it("of an interview that was over already comes at once", async () => {
    const bench = new Bench();
    const connecting = bench.client.connect();
    await settled();
    bench.wire.say("interview_ended", { ...ended, interview_id: "7" });
    bench.wire.cut(1000);
    await connecting;
    assert.deepEqual(bench.names, ["connected", "interview_ended"]);
  });

  for (const code of [4400, 4401, 4409, 4429]) {
    it(`is told where the server closed with ${code}`, async () => {
      const bench = new Bench();
      await bench.connected();
      bench.wire.cut(code);
      await bench.pass(60_000);
      assert.equal(bench.wires.length, 1);
      assert.deepEqual(bench.events.at(-1), ["error", { text: "The connection was closed.", code: "closed", retryable: false }]);
    });
  }

  it("is told even where an error has said why", async () => {
    const bench = new Bench();
    const codes: number[] = [];
    bench.client.on("closed", ({ code }) => codes.push(code));
    await bench.connected();
    bench.wire.cut(1006);
    await bench.pass(500);
    bench.wire.words("Hello again!");
    bench.wire.fail("superseded");
    bench.wire.cut(4409);
    assert.deepEqual(codes, [4409]);
  });

  it("is the client's own when it leaves", async () => {
    const bench = new Bench();
    await bench.connected();
    bench.client.disconnect();
    await bench.pass(60_000);
    assert.deepEqual([bench.wires.length, bench.wire.closedWith, bench.player.log.at(-1)], [1, 1000, "close"]);
  });
});

describe("a dead connection", () => {
  it("is noticed by its silence", async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.pass(15_000);
    assert.equal(bench.wire.sent.at(-1)?.["type"], "ping");
    bench.wire.say("pong");
    await bench.pass(15_000 + 9_000);
    assert.equal(bench.wires.length, 1);
    await bench.pass(2_000);
    assert.equal(bench.wires.length, 2);
    assert.equal(bench.names.at(-1), "reconnecting");
  });

  it("that does not even open is given up", async () => {
    const bench = new Bench();
    void bench.client.connect();
    await bench.pass(10_600);
    assert.deepEqual([bench.wires.length, bench.wires[0]!.closedWith], [2, 3000]);
  });
});

describe("handlers", () => {
  it("can be taken away", async () => {
    const bench = new Bench();
    const heard: string[] = [];
    const off = bench.client.on("user_transcript", ({ text }) => heard.push(text));
    await bench.connected();
    bench.wire.say("user_transcript", { text: "one" });
    off();
    bench.wire.say("user_transcript", { text: "two" });
    assert.deepEqual(heard, ["one"]);
  });
});

describe("messages", () => {
  it("that are none, or unknown, are null", () => {
    for (const data of ["", "[]", "null", "7", '{"type": 1}', '{"type": "later"}', new Uint8Array(1)]) assert.equal(parse(data), null);
  });
});

describe("WAV", () => {
  it("gives its samples and rate, past chunks it does not know", () => {
    assert.deepEqual(readWav(wav()), { rate: 22_050, pcm: SAMPLES });
    assert.deepEqual(readWav(wav(SAMPLES, { extra: 14 })), { rate: 22_050, pcm: SAMPLES });
  });

  it("of another kind, or cut in its head, is null", () => {
    assert.equal(readWav(wav(SAMPLES, { channels: 2 })), null);
    for (let length = 0; length < 44; length += 1) assert.equal(readWav(wav().slice(0, length)), null);
  });
});
