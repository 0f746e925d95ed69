import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AudioLedger } from "../../frontend/src/core/audio-ledger.ts";
import { delayMs, mayReconnect } from "../../frontend/src/core/backoff.ts";
import { parseMessage, type ServerMessage } from "../../frontend/src/core/protocol.ts";
import { RoomSocket, type ConnectionStatus, type SocketLike } from "../../frontend/src/core/socket.ts";

/** A connection whose other end is the test. */
class Wire implements SocketLike {
  readyState = 0;
  bufferedAmount = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | undefined;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.(undefined as never);
  }

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  cut(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  types(): unknown[] {
    return this.sent.map((message) => message["type"]);
  }

  frames(): unknown[] {
    return this.sent.filter((message) => message["type"] === "audio_frame").map((message) => message["n"]);
  }
}

/** A clock that the test moves by hand. */
class Bench {
  readonly wires: Wire[] = [];
  readonly statuses: ConnectionStatus[] = [];
  readonly received: ServerMessage[] = [];
  caughtUp = 0;
  private now = 0;
  private timers: { at: number; run: () => void }[] = [];
  readonly socket = new RoomSocket({
    connect: () => {
      const wire = new Wire();
      this.wires.push(wire);
      return wire;
    },
    hello: (lastSeq) => ({
      type: "create_stream", title: "t", description: "", interview_id: "7", resume_id: "3", language: "en", audio: true, input: "voice", last_seq: lastSeq,
    }),
    onMessage: (message) => this.received.push(message),
    onStatus: (status) => this.statuses.push(status),
    onCaughtUp: () => {
      this.caughtUp += 1;
    },
    timers: {
      after: (ms, run) => {
        const timer = { at: this.now + ms, run };
        this.timers.push(timer);
        return () => {
          this.timers = this.timers.filter((one) => one !== timer);
        };
      },
      random: () => 1,
    },
  });

  get wire(): Wire {
    return this.wires.at(-1)!;
  }

  /** Connected, with a stream. */
  ready(): Wire {
    if (!this.wires.length) this.socket.open();
    this.wire.accept();
    this.wire.say({ type: "stream_created", interview_id: "7" });
    return this.wire;
  }

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = due.at;
      due.run();
    }
    this.now = until;
  }
}

describe("connecting again", () => {
  it("doubles the wait up to 15 s, half of it random", () => {
    assert.deepEqual([0, 1, 2, 10].map((attempt) => delayMs(attempt, () => 1)), [500, 1000, 2000, 15_000]);
    assert.equal(delayMs(3, () => 0), 2000);
  });

  for (const code of [1006, 1001, 1011, 4012, 3000]) {
    it(`follows close code ${code}`, () => {
      const bench = new Bench();
      bench.ready().cut(code);
      assert.equal(bench.statuses.at(-1)?.name, "reconnecting");
      bench.pass(500);
      assert.equal(bench.wires.length, 2);
    });
  }

  for (const code of [1000, 4400, 4401, 4409, 4429]) {
    it(`never follows close code ${code}`, () => {
      const bench = new Bench();
      bench.ready().cut(code);
      bench.pass(600_000);
      assert.deepEqual(bench.statuses.at(-1), { name: "closed", code });
      assert.equal(bench.wires.length, 1);
      assert.equal(mayReconnect(code), false);
    });
  }

  it("starts from a short wait again once there was a stream", () => {
    const bench = new Bench();
    bench.socket.open();
    for (const wait of [500, 1000, 2000]) {
      bench.wire.cut(1006);
      bench.pass(wait);
    }
    bench.ready().cut(1006);
    assert.deepEqual(bench.statuses.at(-1), { name: "reconnecting", attempt: 1, delayMs: 500 });
  });

  it("does not wait when asked to try now", () => {
    const bench = new Bench();
    bench.ready().cut(1006);
    bench.socket.retryNow();
    bench.socket.retryNow();
    assert.equal(bench.wires.length, 2);
  });

  it("names the last message it has", () => {
    const bench = new Bench();
    const first = bench.ready();
    assert.equal(first.sent[0]?.["last_seq"], 0);
    first.say({ type: "interview_message", phase: "intro", text: "Hello", seq: 4 });
    first.cut(4012);
    bench.pass(500);
    bench.wire.accept();
    assert.deepEqual([bench.wire.sent[0]?.["type"], bench.wire.sent[0]?.["last_seq"]], ["create_stream", 4]);
  });

  it("gives up a connection that does not answer its ping", () => {
    const bench = new Bench();
    const wire = bench.ready();
    bench.pass(15_000);
    assert.equal(wire.types().at(-1), "ping");
    bench.pass(10_000);
    assert.equal(wire.closedWith, 3000);
    assert.equal(bench.statuses.at(-1)?.name, "reconnecting");
  });

  it("gives up a socket that neither opens nor fails, and tries another", () => {
    const bench = new Bench();
    bench.socket.open();
    const wire = bench.wire;
    bench.pass(9_999);
    assert.equal(wire.closedWith, undefined);
    bench.pass(1);
    assert.equal(wire.closedWith, 3000);
    assert.deepEqual(bench.statuses.at(-1), { name: "reconnecting", attempt: 1, delayMs: 500 });
    bench.pass(500);
    bench.pass(10_000);
    assert.deepEqual(bench.statuses.at(-1), { name: "reconnecting", attempt: 2, delayMs: 1000 });
    bench.pass(1000);
    bench.ready();
    bench.pass(10_000);
    assert.deepEqual([bench.wires.length, bench.statuses.at(-1)], [3, { name: "open" }]);
  });

  it("keeps a connection that answers", () => {
    const bench = new Bench();
    const wire = bench.ready();
    for (let round = 0; round < 5; round += 1) {
      bench.pass(15_000);
      wire.say({ type: "pong", t: 1 });
    }
    assert.equal(wire.closedWith, undefined);
  });

  it("ends when the interview is refused, and tries again where that helps", () => {
    const bench = new Bench();
    bench.socket.open();
    bench.wires[0]!.accept();
    bench.wires[0]!.say({ type: "error", text: "Not read yet.", code: "resume_not_ready", retryable: true });
    assert.equal(bench.statuses.at(-1)!.name, "reconnecting");
    bench.pass(500);
    bench.wires[1]!.accept();
    bench.wires[1]!.say({ type: "error", text: "No such interview.", code: "interview_not_found", retryable: false });
    assert.deepEqual(bench.statuses.at(-1), { name: "closed", code: 1000 });
    bench.pass(60_000);
    assert.equal(bench.wires.length, 2);
  });

  it("leaves with a word and does not come back", () => {
    const bench = new Bench();
    const wire = bench.ready();
    bench.socket.leave();
    bench.pass(60_000);
    assert.deepEqual([wire.types().at(-1), wire.closedWith, bench.wires.length], ["disconnect", 1000, 1]);
  });
});

describe("messages", () => {
  it("come through once", () => {
    const bench = new Bench();
    const wire = bench.ready();
    for (const seq of [1, 2, 2, 1, 3]) wire.say({ type: "interview_message", phase: "intro", text: String(seq), seq });
    const texts = bench.received.filter((one) => one.type === "interview_message").map((one) => one.text);
    assert.deepEqual(texts, ["1", "2", "3"]);
  });

  it("are not mistaken for old ones because a document was acknowledged", () => {
    const bench = new Bench();
    const wire = bench.ready();
    wire.say({ type: "editor_ack", task_id: "t1", seq: 33 });
    wire.say({ type: "interview_complete", summary: "Thank you.", seq: 2 });
    assert.deepEqual(bench.received.map((one) => one.type), ["stream_created", "editor_ack", "interview_complete"]);
  });

  it("that are not known, or not JSON, are ignored", () => {
    assert.deepEqual(["{", "3", "null", '{"type":"new_thing"}', '{"type":5}'].map(parseMessage), [null, null, null, null, null]);
  });

  it("wait for the stream, in order", () => {
    const bench = new Bench();
    bench.socket.open();
    bench.socket.send({ type: "control", action: "need_time" });
    bench.socket.send({ type: "text_answer", text: "yes" });
    assert.deepEqual(bench.ready().types(), ["create_stream", "control", "text_answer"]);
  });

  it("that wait are bounded: the oldest goes", () => {
    const bench = new Bench();
    for (let index = 0; index < 150; index += 1) bench.socket.send({ type: "text_answer", text: String(index) });
    const answers = bench.ready().sent.slice(1).map((message) => message["text"]);
    assert.deepEqual([answers.length, answers[0], answers.at(-1)], [100, "50", "149"]);
  });

  it("worth nothing later are not kept", () => {
    const bench = new Bench();
    assert.equal(bench.socket.sendLive({ type: "control", action: "typing" }), false);
    assert.deepEqual(bench.ready().types(), ["create_stream"]);
  });

  it("of the camera make way for speech", () => {
    const bench = new Bench();
    assert.equal(bench.socket.roomForVideo, false);
    const wire = bench.ready();
    assert.equal(bench.socket.roomForVideo, true);
    wire.bufferedAmount = 64 * 1024 + 1;
    assert.equal(bench.socket.roomForVideo, false);
  });
});

describe("audio", () => {
  function speak(bench: Bench, frames: number): void {
    for (let frame = 0; frame < frames; frame += 1) bench.socket.sendAudio("AAAA");
  }

  it("is numbered from 1 and sent at once", () => {
    const bench = new Bench();
    const wire = bench.ready();
    speak(bench, 3);
    assert.deepEqual(wire.frames(), [1, 2, 3]);
  });

  it("after the last final text is sent again after a resume", () => {
    const bench = new Bench();
    const wire = bench.ready();
    speak(bench, 10);
    wire.say({ type: "asr_result", text: "so", final: true, utterance_id: "u1", seq: 1, acked_n: 6 });
    wire.cut(1006);
    speak(bench, 2);
    bench.pass(500);
    bench.ready();
    bench.pass(1000);
    assert.deepEqual(bench.wire.frames(), [7, 8, 9, 10, 11, 12]);
  });

  it("is caught up at less than 8 times real time", () => {
    const bench = new Bench();
    bench.socket.open();
    speak(bench, 1000);
    const wire = bench.ready();
    for (let tick = 0; tick < 25; tick += 1) {
      bench.pass(40);
      speak(bench, 1);
    }
    assert.ok(wire.frames().length <= 25 * 8, `${wire.frames().length} frames in a second`);
    assert.ok(wire.frames().length >= 25 * 4);
    bench.pass(60_000);
    assert.deepEqual(wire.frames(), Array.from({ length: 1025 }, (_, at) => at + 1));
  });

  it("that waited has gone out before the connection has caught up, once a connection", () => {
    const bench = new Bench();
    bench.ready();
    assert.equal(bench.caughtUp, 1);
    speak(bench, 9);
    bench.wire.cut(1006);
    bench.pass(500);
    bench.ready();
    assert.deepEqual([bench.caughtUp, bench.wire.frames()], [1, []]);
    bench.pass(1000);
    speak(bench, 1);
    assert.deepEqual([bench.caughtUp, bench.wire.frames().length], [2, 10]);
  });

  it("stays here while the connection's buffer is full", () => {
    const bench = new Bench();
    const wire = bench.ready();
    wire.bufferedAmount = 600 * 1024;
    speak(bench, 20);
    assert.deepEqual(wire.frames(), []);
    wire.bufferedAmount = 0;
    bench.pass(400);
    assert.equal(wire.frames().length, 20);
  });

  it("is kept for a minute", () => {
    const ledger = new AudioLedger();
    for (let frame = 0; frame < 2000; frame += 1) ledger.push("AAAA");
    assert.deepEqual([ledger.kept, ledger.waiting, ledger.take(1)[0]?.n], [1500, 1500, 501]);
  });

  it("counts what waits, whatever was acknowledged", () => {
    const ledger = new AudioLedger();
    for (let frame = 0; frame < 10; frame += 1) ledger.push("AAAA");
    ledger.take(4);
    ledger.acknowledge(8);
    assert.deepEqual([ledger.waiting, ledger.take(5).map((frame) => frame.n)], [2, [9, 10]]);
    ledger.acknowledge(10);
    ledger.rewind();
    assert.deepEqual([ledger.waiting, ledger.take(5)], [0, []]);
  });
});
