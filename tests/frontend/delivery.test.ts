import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Delivery, type Returned } from "../../frontend/src/core/delivery.ts";
import type { ClientMessage, ControlAction, ServerMessage } from "../../frontend/src/core/protocol.ts";
import type { StoredTurn } from "../../frontend/src/core/stored-turns.ts";

const ASKED = "What is an index?";

function turn(prompt: string, outcome: string, ...typed: string[]): StoredTurn {
  return { phase: "question", prompt, outcome, utterances: typed.map((text, at) => ({ utterance_id: `7-1.t${prompt}${at}`, text, source: "text" })) };
}

/** A room whose connection and whose server's memory are the test's. */
class Bench {
  sent: ClientMessage[] = [];
  returned: Returned[] = [];
  stepsLost = 0;
  stored: StoredTurn[] | null = [];
  reads = 0;
  listed: string[] = [];
  private given = 0;
  readonly delivery = new Delivery({
    send: (message) => {
      this.sent.push(message);
      return true;
    },
    storedTurns: async () => {
      this.reads += 1;
      return this.stored;
    },
    listed: (text) => this.listed.filter((one) => one === text).length,
    giveBack: (answers) => this.returned.push(...answers),
    stepLost: () => {
      this.stepsLost += 1;
    },
  });

  write(text: string, prompt = ASKED): void {
    this.given += 1;
    this.listed.push(text);
    this.delivery.give({ type: "text_answer", text }, `t:${this.given}`, prompt);
  }

  press(action: ControlAction): void {
    this.delivery.give({ type: "control", action }, "", ASKED);
  }

  /** The connection dies with what was sent; then there is another, and `stored` is what the server has. */
  async breaks(stored: StoredTurn[] | null): Promise<void> {
    this.sent = [];
    this.stored = stored;
    this.delivery.lost();
    await this.delivery.opened();
  }

  get texts(): string[] {
    return this.sent.flatMap((message) => (message.type === "text_answer" ? [message.text] : []));
  }

  get actions(): string[] {
    return this.sent.flatMap((message) => (message.type === "control" ? [message.action] : []));
  }
}

async function connected(): Promise<Bench> {
  const bench = new Bench();
  await bench.delivery.opened();
  return bench;
}

function asks(text: string, more: Partial<ServerMessage> = {}): ServerMessage {
  return { type: "interview_message", phase: "question", kind: "question", text, seq: 9, ...more } as ServerMessage;
}

describe("a written answer", () => {
  it("goes out at once, and nothing is asked while the connection holds", async () => {
    const bench = await connected();
    bench.write("A tree.");
    assert.deepEqual([bench.texts, bench.reads], [["A tree."], 0]);
  });

  it("waits for a connection, and goes out once", async () => {
    const bench = new Bench();
    bench.write("A tree.");
    assert.deepEqual(bench.sent, []);
    await bench.delivery.opened();
    assert.deepEqual([bench.texts, bench.reads], [["A tree."], 0]);
  });

  it("that was lost with the connection is sent again", async () => {
    const bench = await connected();
    bench.write("A tree.");
    await bench.breaks([turn(ASKED, "")]);
    assert.deepEqual([bench.texts, bench.returned], [["A tree."], []]);
  });

  it("that arrived is not sent again", async () => {
    const bench = await connected();
    bench.write("A tree.");
    await bench.breaks([turn(ASKED, "answered", "A tree.")]);
    assert.deepEqual([bench.sent, bench.returned, bench.delivery.isWaiting], [[], [], false]);
  });

  it("come back where the answer has no room for them", () => {
    const bench = new Bench();
    void bench.delivery.opened();
    bench.write("A tree.");
    bench.write("And ten pages more.");
    bench.delivery.received({ type: "error", text: "", code: "internal" });
    assert.deepEqual(bench.returned, []);
    bench.delivery.received({ type: "error", text: "", code: "answer_full" });
    assert.deepEqual(bench.returned, [{ id: "t:2", text: "And ten pages more." }]);
    bench.delivery.received({ type: "error", text: "", code: "answer_full" });
    bench.delivery.received({ type: "error", text: "", code: "answer_full" });
    assert.deepEqual(bench.returned.map(({ id }) => id), ["t:2", "t:1"]);
  });

  it("that the interviewer went on from needs no question", async () => {
    const bench = await connected();
    bench.write("A tree.");
    bench.delivery.received(asks("And a hash?"));
    await bench.breaks(null);
    assert.deepEqual([bench.sent, bench.returned, bench.reads], [[], [], 0]);
  });

  it("is not confirmed by the question's repetition, or by a notice", async () => {
    const bench = await connected();
    bench.write("A tree.");
    bench.delivery.received(asks(ASKED, { repeat: true }));
    bench.delivery.received(asks("Take your time.", { kind: "notice" }));
    await bench.breaks([turn(ASKED, "")]);
    assert.deepEqual(bench.texts, ["A tree."]);
  });

  it("goes back to the box when another question is asked by now", async () => {
    const bench = await connected();
    bench.write("A tree.");
    await bench.breaks([turn(ASKED, "silent"), turn("And a hash?", "")]);
    assert.deepEqual([bench.sent, bench.returned], [[], [{ id: "t:1", text: "A tree." }]]);
  });

  it("goes back to the box when nobody knows", async () => {
    const bench = await connected();
    bench.write("A tree.");
    await bench.breaks(null);
    assert.deepEqual([bench.sent, bench.returned.length, bench.delivery.isWaiting], [[], 1, false]);
  });

  it("goes back to the box when there will be no connection", async () => {
    const bench = await connected();
    bench.write("A tree.");
    bench.delivery.over();
    assert.deepEqual(bench.returned, [{ id: "t:1", text: "A tree." }]);
  });

  it("equal to an earlier one is told from it by their number", async () => {
    const bench = await connected();
    bench.write("Yes.");
    bench.delivery.received(asks(ASKED));
    bench.write("Yes.");
    await bench.breaks([turn("Ready?", "answered", "Yes."), turn(ASKED, "")]);
    assert.deepEqual(bench.texts, ["Yes."]);
    await bench.breaks([turn("Ready?", "answered", "Yes."), turn(ASKED, "answered", "Yes.")]);
    assert.deepEqual(bench.texts, []);
  });

  it("of the introduction is one of several: only the missing one goes out again", async () => {
    const bench = await connected();
    bench.write("I am Ann.");
    bench.write("I write Go.");
    await bench.breaks([turn(ASKED, "", "I am Ann.")]);
    assert.deepEqual(bench.texts, ["I write Go."]);
  });

  it("written meanwhile follows what is sent again", async () => {
    const bench = await connected();
    bench.write("one");
    bench.delivery.lost();
    bench.write("two");
    await bench.breaks([turn(ASKED, "")]);
    assert.deepEqual(bench.texts, ["one", "two"]);
  });

  it("is not sent by a connection that was lost while it asked", async () => {
    const bench = await connected();
    bench.write("A tree.");
    bench.stored = [turn(ASKED, "")];
    bench.sent = [];
    bench.delivery.lost();
    const first = bench.delivery.opened();
    bench.delivery.lost();
    const second = bench.delivery.opened();
    await Promise.all([first, second]);
    assert.deepEqual(bench.texts, ["A tree."]);
  });
});

describe("a button", () => {
  for (const action of ["skip_question", "answer_done", "need_time"] as const) {
    it(`(${action}) that was lost is pressed again while its question is open`, async () => {
      const bench = await connected();
      bench.press(action);
      await bench.breaks([turn(ASKED, "")]);
      assert.deepEqual(bench.actions, [action]);
    });

    it(`(${action}) is not pressed again once its question is over`, async () => {
      const bench = await connected();
      bench.press(action);
      await bench.breaks([turn(ASKED, "skipped"), turn("And a hash?", "")]);
      assert.deepEqual([bench.sent, bench.stepsLost], [[], 0]);
    });
  }

  it("that ends the interview is pressed again whatever is asked", async () => {
    const bench = await connected();
    bench.press("end_interview");
    await bench.breaks([turn(ASKED, "answered")]);
    assert.deepEqual(bench.actions, ["end_interview"]);
  });

  it("of which nobody knows is named, not pressed", async () => {
    const bench = await connected();
    bench.press("skip_question");
    assert.equal(bench.delivery.isDeciding, true);
    await bench.breaks(null);
    assert.deepEqual([bench.sent, bench.stepsLost, bench.delivery.isDeciding], [[], 1, false]);
  });

  it("for a moment is confirmed by any word of the interviewer", async () => {
    const bench = await connected();
    bench.press("need_time");
    bench.delivery.received(asks("Of course.", { kind: "notice" }));
    assert.equal(bench.delivery.isWaiting, false);
  });

  it("for a repetition is forgotten: a resumed interview repeats its question", async () => {
    const bench = await connected();
    bench.press("repeat_question");
    await bench.breaks([turn(ASKED, "")]);
    assert.deepEqual([bench.sent, bench.reads], [[], 0]);
  });
});
