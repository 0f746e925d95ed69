import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Errands } from "../../frontend/src/editor/errands.ts";
import type { Submission } from "../../frontend/src/editor/journal.ts";

function message(type: "code_run" | "code_submit", run_id: string): Submission {
  return { type, task_id: "t1", language: "python", source: run_id, run_id };
}

describe("runs and the submission", () => {
  let sent: string[];
  let online: boolean;
  let errands: Errands;

  beforeEach(() => {
    sent = [];
    online = true;
    errands = new Errands((one) => {
      if (online) sent.push(one.run_id);
      return online;
    });
  });

  function run(id: string): void {
    errands.run(message("code_run", id), 0);
    errands.flush(0);
  }

  function handIn(id: string): void {
    errands.handIn(message("code_submit", id), 0);
    errands.flush(0);
  }

  it("go one at a time, the newest of those that wait next", () => {
    for (const id of ["one", "two", "three"]) run(id);
    assert.deepEqual([sent, errands.isRunning, errands.isWaiting], [["one"], true, true]);
    errands.answered("one", 1);
    errands.flush(1);
    assert.deepEqual([sent, errands.isWaiting], [["one", "three"], false]);
    errands.answered("three", 2);
    assert.equal(errands.isRunning, false);
  });

  it("wait for a connection", () => {
    online = false;
    run("one");
    online = true;
    errands.flush(1);
    errands.flush(2);
    assert.deepEqual(sent, ["one"]);
  });

  it("are sent again, under the same number, when the connection is lost before the answer", () => {
    run("one");
    errands.lost();
    errands.flush(1);
    errands.answered("one", 2);
    errands.lost();
    errands.flush(3);
    assert.deepEqual(sent, ["one", "one"]);
  });

  it("that are never answered are given up", () => {
    handIn("all");
    for (let tries = 0; tries < 9; tries += 1) {
      errands.lost();
      errands.flush(tries);
    }
    assert.deepEqual([sent.length, errands.handInState], [4, "refused"]);
  });

  it("an error answers what was sent last", () => {
    assert.equal(errands.failed(0), false);
    run("one");
    assert.deepEqual([errands.failed(1), errands.isRunning], [true, false]);
    handIn("all");
    assert.deepEqual([errands.handInState, errands.failed(2), errands.handInState], ["sent", true, "refused"]);
    handIn("again");
    assert.equal(errands.handInState, "sent");
  });

  it("a solution follows the run before it, and does not wait for the next", () => {
    run("one");
    run("two");
    handIn("all");
    assert.deepEqual(sent, ["one"]);
    errands.answered("one", 1);
    errands.flush(1);
    errands.answered("all", 2);
    assert.deepEqual([sent, errands.handInState, errands.pendingSubmission], [["one", "all"], "done", null]);
  });

  it("a solution does not wait long for a run", () => {
    run("one");
    handIn("all");
    errands.flush(5001);
    assert.deepEqual(sent, ["one", "all"]);
  });

  it("nothing goes out once the interviewer asks about it", () => {
    handIn("all");
    errands.settled();
    errands.lost();
    errands.flush(1);
    assert.deepEqual([sent, errands.handInState], [["all"], "done"]);
  });
});
