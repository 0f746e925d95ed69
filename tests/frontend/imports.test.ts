import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { follow, type Progress } from "../../frontend/src/imports/follow.ts";
import { portions } from "../../frontend/src/imports/portions.ts";
import { Refused, send } from "../../frontend/src/imports/send.ts";

const sizes = (all: { size: number }[][]) => all.map((files) => files.map((file) => file.size));
const files = (...all: number[]) => all.map((size) => ({ size }));

describe("portions", () => {
  it("keeps to the bytes and the number of files", () => {
    assert.deepEqual(sizes(portions(files(4, 4, 4, 1), 9, 3)), [[4, 4], [4, 1]]);
    assert.deepEqual(sizes(portions(files(1, 1, 1, 1), 9, 3)), [[1, 1, 1], [1]]);
  });

  it("sends a large file alone, and nothing for nothing", () => {
    assert.deepEqual(sizes(portions(files(1, 20, 1), 9, 3)), [[1], [20], [1]]);
    assert.deepEqual(portions([], 9, 3), []);
  });
});

describe("sending", () => {
  const begun = { page: "/import/7/", files: "/import/7/files/" };

  it("begins with the first portion and goes on with the others", async () => {
    const asked: [string, number][] = [];
    const sent: number[] = [];
    const post = async (url: string, some: readonly string[]) => {
      asked.push([url, some.length]);
      return begun;
    };
    assert.equal(await send([["a", "b"], ["c"]], post, "/add/", (count) => sent.push(count)), "/import/7/");
    assert.deepEqual(asked, [["/add/", 2], ["/import/7/files/", 1]]);
    assert.deepEqual(sent, [2, 3]);
  });

  it("sends a lost portion again, but not the first, and not a refused one", async () => {
    let calls = 0;
    const flaky = async () => {
      calls += 1;
      if (calls === 2) throw new Error("lost");
      return begun;
    };
    assert.equal(await send([["a"], ["b"]], flaky, "/add/", () => {}), "/import/7/");
    assert.equal(calls, 3);
    for (const [error, at, expected] of [[new Error("lost"), 1, 1], [new Refused("full"), 2, 2], [new Error("lost"), 2, 4]] as const) {
      calls = 0;
      const failing = async () => {
        calls += 1;
        if (calls >= at) throw error;
        return begun;
      };
      await assert.rejects(send([["a"], ["b"]], failing, "/add/", () => {}), error);
      assert.equal(calls, expected);
    }
  });
});

describe("following", () => {
  const at = (percent: number): Progress => ({ finished: percent === 100, percent, line: "", total: 4, settled: percent / 25 });

  it("asks every second until the import has finished", async () => {
    const answers = [at(0), at(50), at(100), at(0)];
    const shown: number[] = [];
    const waits: number[] = [];
    await follow({
      ask: async () => answers.shift()!,
      show: (progress) => shown.push(progress.percent),
      lost: () => assert.fail(),
      wait: async (ms) => void waits.push(ms),
    });
    assert.deepEqual([shown, waits], [[0, 50, 100], [1000, 1000]]);
  });

  it("asks more rarely while there is no answer, and comes back", async () => {
    const waits: number[] = [];
    let calls = 0;
    let lost = 0;
    await follow({
      ask: async () => {
        calls += 1;
        if (calls < 7) throw new Error("gone");
        return at(calls === 7 ? 50 : 100);
      },
      show: () => {},
      lost: () => (lost += 1),
      wait: async (ms) => void waits.push(ms),
    });
    assert.equal(lost, 6);
    assert.deepEqual(waits, [2000, 4000, 8000, 15000, 15000, 15000, 1000]);
  });
});
