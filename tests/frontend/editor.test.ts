import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EditLog } from "../../frontend/src/editor/edit-log.ts";
import { languageName } from "../../frontend/src/editor/language-names.ts";

function typed(log: EditLog, count: number): void {
  for (let index = 0; index < count; index += 1) log.record([index], index, "python");
}

describe("operations on their way to the server", () => {
  it("are numbered from what the server has", () => {
    const log = new EditLog(7);
    typed(log, 2);
    assert.deepEqual(log.take(), { base_seq: 7, language: "python", events: [{ t_ms: 0, changes: [0] }, { t_ms: 1, changes: [1] }] });
    assert.equal(log.take(), null);
  });

  it("follow each other while earlier ones are not acknowledged", () => {
    const log = new EditLog(0);
    typed(log, 3);
    log.take();
    log.record(["x"], 9.6, "python");
    assert.deepEqual(log.take(), { base_seq: 3, language: "python", events: [{ t_ms: 10, changes: ["x"] }] });
  });

  it("go in batches that the server takes", () => {
    const log = new EditLog(0);
    typed(log, 450);
    assert.deepEqual([log.take(), log.take(), log.take()].map((batch) => [batch?.base_seq, batch?.events.length]), [[0, 200], [200, 200], [400, 50]]);
  });

  it("are saved once all are acknowledged", () => {
    const log = new EditLog(0);
    typed(log, 3);
    log.take();
    log.acknowledge(2);
    assert.equal(log.isSaved, false);
    log.acknowledge(3);
    log.acknowledge(3);
    assert.equal(log.isSaved, true);
  });
});

describe("operations of several languages", () => {
  it("go in messages of their own", () => {
    const log = new EditLog(0);
    typed(log, 2);
    log.record(["j"], 2, "java");
    assert.deepEqual([log.take(), log.take()].map((batch) => [batch?.language, batch?.base_seq, batch?.events.length]), [["python", 0, 2], ["java", 2, 1]]);
  });

  it("that are large go in several messages", () => {
    const log = new EditLog(0);
    for (let index = 0; index < 3; index += 1) log.record([0, "x".repeat(300_000)], index, "python");
    assert.deepEqual([log.take(), log.take(), log.take(), log.take()].map((batch) => batch?.events.length), [1, 1, 1, undefined]);
  });

  it("that touch many places go in several messages", () => {
    const log = new EditLog(0);
    for (let index = 0; index < 5; index += 1) log.record(Array.from({ length: 10_000 }, () => 1), index, "python");
    assert.deepEqual([log.take(), log.take(), log.take(), log.take()].map((batch) => batch?.events.length), [2, 2, 1, undefined]);
  });

  it("are sent again when the connection is lost", () => {
    const log = new EditLog(0);
    typed(log, 3);
    log.take();
    log.acknowledge(1);
    log.rewind();
    assert.deepEqual([log.take()?.base_seq, log.unacknowledged.length], [1, 2]);
  });
});

describe("languages", () => {
  it("have their own names, and prose has none", () => {
    assert.deepEqual(["cpp", "javascript", "kotlin", "text"].map(languageName), ["C++", "JavaScript", "kotlin", ""]);
  });
});
