import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EditLog } from "../../frontend/src/editor/edit-log.ts";
import { languageName } from "../../frontend/src/editor/language-names.ts";

function typed(log: EditLog, count: number): void {
  for (let index = 0; index < count; index += 1) log.record([index], index);
}

describe("operations on their way to the server", () => {
  it("are numbered from what the server has", () => {
    const log = new EditLog(7);
    typed(log, 2);
    assert.deepEqual(log.take(), { base_seq: 7, events: [{ t_ms: 0, changes: [0] }, { t_ms: 1, changes: [1] }] });
    assert.equal(log.take(), null);
  });

  it("follow each other while earlier ones are not acknowledged", () => {
    const log = new EditLog(0);
    typed(log, 3);
    log.take();
    log.record(["x"], 9.6);
    assert.deepEqual(log.take(), { base_seq: 3, events: [{ t_ms: 10, changes: ["x"] }] });
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

describe("after a reconnect", () => {
  it("what the server does not have is sent again", () => {
    const log = new EditLog(0);
    typed(log, 4);
    log.take();
    assert.equal(log.resume(3), true);
    assert.deepEqual(log.take(), { base_seq: 3, events: [{ t_ms: 3, changes: [3] }] });
  });

  it("nothing is sent that arrived without an acknowledgement", () => {
    const log = new EditLog(0);
    typed(log, 4);
    log.take();
    assert.deepEqual([log.resume(4), log.take(), log.isSaved], [true, null, true]);
  });

  it("another window's text is noticed, ahead or behind", () => {
    const log = new EditLog(5);
    typed(log, 2);
    assert.deepEqual([log.resume(8), log.resume(4)], [false, false]);
  });
});

describe("languages", () => {
  it("have their own names, and prose has none", () => {
    assert.deepEqual(["cpp", "javascript", "kotlin", "text"].map(languageName), ["C++", "JavaScript", "kotlin", ""]);
  });
});
