import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Errands } from "../../frontend/src/editor/errands.ts";
import type { Submission } from "../../frontend/src/editor/journal.ts";
import { stateKey, stateLook, type Saving } from "../../frontend/src/editor/state-words.ts";

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
    errands.run(message("code_run", id));
    errands.flush();
  }

  function handIn(id: string): void {
    errands.handIn(message("code_submit", id));
    errands.flush();
  }

  it("leave what was handed in to be judged until its result is here", () => {
    handIn("mine");
    const judging = [errands.isJudging];
    errands.settled();
    errands.answered("another");
    judging.push(errands.isJudging);
    errands.answered("mine");
    assert.deepEqual([...judging, errands.isJudging], [true, true, false]);
  });

  it("leave nothing to be judged where it was refused", () => {
    handIn("mine");
    errands.failed("invalid");
    assert.deepEqual([errands.handInState, errands.isJudging], ["refused", false]);
  });

  it("of a text that was changed from elsewhere are not handed in", () => {
    online = false;
    handIn("old");
    assert.deepEqual([errands.drop(), errands.handInState, errands.pendingSubmission, errands.drop()], [true, "no", null, false]);
    online = true;
    errands.flush();
    assert.deepEqual(sent, []);
  });

  it("go one at a time, the newest of those that wait next", () => {
    for (const id of ["one", "two", "three"]) run(id);
    assert.deepEqual([sent, errands.isRunning, errands.isWaiting], [["one"], true, true]);
    errands.answered("one");
    errands.flush();
    assert.deepEqual([sent, errands.isWaiting], [["one", "three"], false]);
    errands.answered("three");
    assert.equal(errands.isRunning, false);
  });

  it("wait for a connection", () => {
    online = false;
    run("one");
    online = true;
    errands.flush();
    errands.flush();
    assert.deepEqual(sent, ["one"]);
  });

  it("are sent again, under the same number, when the connection is lost before the answer", () => {
    run("one");
    errands.lost();
    errands.flush();
    errands.answered("one");
    errands.lost();
    errands.flush();
    assert.deepEqual(sent, ["one", "one"]);
  });

  it("that are never answered are given up", () => {
    handIn("all");
    for (let tries = 0; tries < 9; tries += 1) {
      errands.lost();
      errands.flush();
    }
    assert.deepEqual([sent.length, errands.handInState], [4, "refused"]);
  });

  it("an error ends what it answers", () => {
    assert.equal(errands.failed("not_now"), false);
    run("one");
    run("two");
    assert.deepEqual([errands.failed("too_many_runs"), errands.isRunning, errands.isWaiting], [true, false, false]);
    run("three");
    handIn("all");
    assert.deepEqual([errands.failed("runs_wait"), errands.isRunning, errands.handInState], [true, false, "sent"]);
    assert.deepEqual([errands.failed("not_now"), errands.handInState], [true, "refused"]);
    handIn("again");
    assert.equal(errands.handInState, "sent");
  });

  it("a solution overtakes a run that waits, and is done when it is judged", () => {
    run("one");
    run("two");
    handIn("all");
    errands.answered("one");
    errands.flush();
    errands.answered("all");
    assert.deepEqual([sent, errands.handInState, errands.pendingSubmission], [["one", "all"], "done", null]);
  });

  it("nothing goes out once the interviewer asks about it", () => {
    handIn("all");
    errands.settled();
    errands.lost();
    errands.flush();
    assert.deepEqual([sent, errands.handInState], [["all"], "done"]);
  });
});

describe("what is said of the text", () => {
  const saving: Saving = { handIn: "no", saved: true, online: true, closedWith: null };
  const said = (change: Partial<Saving>): string[] => [stateKey({ ...saving, ...change }), stateLook({ ...saving, ...change })];

  it("is whether it is saved", () => {
    assert.deepEqual([said({}), said({ saved: false })], [["code_saved", "saved"], ["code_saving", "saving"]]);
    assert.deepEqual(said({ saved: false, online: false }), ["code_waiting", "waiting"]);
  });

  it("promises nothing where the connection has ended for good", () => {
    const closed = { online: false, closedWith: 4409 };
    assert.deepEqual([said(closed), said({ ...closed, handIn: "sent" })], [["code_goes_on_elsewhere", "waiting"], ["code_goes_on_elsewhere", "waiting"]]);
    assert.deepEqual(said({ ...closed, closedWith: 4401, saved: false }), ["code_closed", "waiting"]);
    assert.deepEqual(said({ ...closed, handIn: "done" }), ["code_sent", "done"]);
  });
});
