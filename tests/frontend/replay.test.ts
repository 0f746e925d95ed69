import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ChangeSet, Text } from "@codemirror/state";
import { type Description, languageAt, percentOf, timeText, verdict } from "../../frontend/src/replay/description.ts";
import { commandOf } from "../../frontend/src/replay/keys.ts";
import { load } from "../../frontend/src/replay/load.ts";
import { busyTimes, Playback } from "../../frontend/src/replay/playback.ts";
import { Player } from "../../frontend/src/replay/player.ts";
import { difference, type Operation, Writing } from "../../frontend/src/replay/writing.ts";

/** "abc…" typed at one character each `every` ms. */
function typed(text: string, every: number, start = 0): Operation[] {
  return [...text].map((character, index) => [index + 1, start + (index + 1) * every, index ? [index, [0, character]] : [[0, character]]]);
}

function written(operations: Operation[]): Writing {
  const writing = new Writing();
  writing.add(operations);
  return writing;
}

const DESCRIPTION: Description = {
  task_id: "t", title: "T", operations: 3, start_ms: 1_000, end_ms: 61_000, marks: [], submission: null, comparison: null,
  languages: [{ seq: 0, at_ms: 1_000, language: "python" }, { seq: 5, at_ms: 9_000, language: "go" }],
};

describe("playing", () => {
  it("goes as fast as the speed says, and stops at the end", () => {
    const playback = new Playback(0, 10_000, [5_000]);
    playback.advance(1_000);
    assert.equal(playback.position, 0);
    playback.toggle();
    playback.advance(1_000);
    playback.speed = 4;
    playback.advance(1_000);
    assert.equal(playback.position, 5_000);
    playback.speed = 16;
    playback.advance(1_000);
    assert.deepEqual([playback.position, playback.playing, playback.atEnd], [10_000, false, true]);
  });

  it("begins anew from the end", () => {
    const playback = new Playback(100, 500, []);
    playback.seek(9_999);
    playback.toggle();
    assert.deepEqual([playback.position, playback.playing], [100, true]);
  });

  it("does not begin where there is nothing to play", () => {
    const playback = new Playback(5, 5, []);
    playback.toggle();
    assert.equal(playback.playing, false);
  });

  it("skips what is idle but for a second at either end", () => {
    const playback = new Playback(0, 100_000, [1_000, 61_000, 62_000]);
    playback.toggle();
    playback.advance(1_500);
    assert.equal(playback.position, 1_500);
    playback.advance(600);
    assert.equal(playback.position, 60_100);
    playback.advance(900);
    assert.equal(playback.position, 61_000);
  });

  it("skips nothing of ten seconds, and nothing at all when told not to", () => {
    const short = new Playback(0, 20_000, [1_000, 11_000, 20_000]);
    short.toggle();
    short.advance(5_000);
    assert.equal(short.position, 5_000);
    const told = new Playback(0, 60_000, [1_000, 59_000]);
    told.skipsIdle = false;
    told.toggle();
    told.advance(30_000);
    assert.equal(told.position, 30_000);
  });

  it("costs no time for whatever is skipped, at any speed and any length of a frame", () => {
    const busy = [1_000, 50_000, 50_500, 90_000];
    for (const frame of [16, 250, 4_000]) {
      for (const speed of [1, 16] as const) {
        const playback = new Playback(0, 100_000, busy);
        playback.speed = speed;
        playback.toggle();
        let watched = 0;
        while (playback.playing) {
          playback.advance(frame);
          watched += frame;
        }
        const least = (2_000 + 1_000 + 500 + 2_000 + 10_000) / speed;
        assert.ok(watched >= least - frame && watched <= least + 2 * frame, `${watched} of ${least}`);
      }
    }
  });

  it("can be set anywhere between beginning and end", () => {
    const playback = new Playback(10, 20, []);
    for (const [wanted, position] of [[5, 10], [15, 15], [25, 20]] as const) {
      playback.seek(wanted);
      assert.equal(playback.position, position);
    }
  });

  it("steps from one thing that happens to the next and back", () => {
    const playback = new Playback(0, 100, busyTimes([10, 20, 20], [15]));
    const places = [1, 1, 1, 1, -1, -1, -1, -1, -1].map((direction) => {
      playback.step(direction as 1 | -1);
      return playback.position;
    });
    assert.deepEqual(places, [10, 15, 20, 100, 20, 15, 10, 0, 0]);
  });
});

describe("the text at every moment", () => {
  it("is what was written up to then", () => {
    const writing = written(typed("hello", 100));
    assert.deepEqual([0, 99, 100, 250, 500, 9_999].map((time) => writing.textAt(writing.countAt(time)).toString()), ["", "", "h", "he", "hello", "hello"]);
    assert.deepEqual([writing.seqOf(0), writing.seqOf(3)], [-1, 3]);
  });

  it("is the same from snapshots as from the beginning, over 50,000 operations of lines and pairs", () => {
    const operations: Operation[] = [];
    const texts = new Map<number, string>();
    let [text, seed] = ["", 7];
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let seq = 1; seq <= 50_000; seq += 1) {
      const at = random(text.length + 1);
      const cut = Math.min(text.length - at, random(5) ? 0 : random(40));
      const insert = text.length > 3_000 ? "" : (["a", "\n", "😀", "if x:\n    y", ""][random(5)] as string);
      operations.push([seq, seq * 50, ChangeSet.of({ from: at, to: at + cut, insert }, text.length).toJSON()]);
      text = text.slice(0, at) + insert + text.slice(at + cut);
      if (seq % 4_999 === 0 || seq === 50_000) texts.set(seq, text);
    }
    const begun = performance.now();
    const writing = written(operations);
    for (const [count, expected] of texts) assert.equal(writing.textAt(count).toString(), expected);
    const looked = performance.now();
    for (let count = 50_000; count > 0; count -= 997) writing.textAt(count);
    assert.ok(performance.now() - looked < 2_000, "50 looks back take less than 2 s");
    assert.ok(looked - begun < 10_000);
    assert.equal(writing.length, 50_000);
  });

  it("says what the last operation changed", () => {
    const writing = written([[0, 0, [[0, "one", "two"]]], [1, 5, [4, [1], 2]], [2, 9, [4, [0, "xy"], 2]]]);
    assert.deepEqual([1, 2, 3].map((count) => writing.changedBy(count)), [[{ from: 0, to: 7 }], [{ from: 4, to: 4 }], [{ from: 4, to: 6 }]]);
    assert.deepEqual(writing.changedBy(0), []);
  });

  it("ends before an operation that does not fit, and says which", () => {
    const writing = written([[1, 0, [[0, "a"]]], [3, 5, [7, [0, "b"]]], [4, 9, [1, [0, "c"]]]]);
    assert.deepEqual([writing.brokenAt, writing.length, writing.textAt(9).toString()], [3, 1, "a"]);
    writing.add([[5, 10, [1]]]);
    assert.equal(writing.length, 1);
    assert.equal(written([[1, 0, "nonsense"]]).brokenAt, 1);
  });

  it("is shown by changing as little of the page as possible", () => {
    assert.equal(difference("same", "same"), null);
    assert.deepEqual(difference("one two", "one 2 two"), { from: 4, to: 4, insert: "2 " });
    assert.deepEqual(difference("aaa", "aa"), { from: 2, to: 3, insert: "" });
    assert.deepEqual(difference("", "x"), { from: 0, to: 0, insert: "x" });
    for (const [before, after] of [["abcabc", "abc"], ["a\nb", "b\na"], ["xyx", "x"]] as const) {
      const change = difference(before, after);
      assert.ok(change);
      assert.equal(Text.of(before.split("\n")).replace(change.from, change.to, Text.of(change.insert.split("\n"))).toString(), after);
    }
  });
});

describe("a player", () => {
  const description = { ...DESCRIPTION, marks: [{ kind: "run", at_ms: 40_000, title: "Run", detail: "", ok: true }] } as Description;

  function player(): Player {
    return new Player(description, written([[0, 1_000, [[0, "s"]]], [5, 9_000, [1, [0, "g"]]], [6, 60_000, [2, [0, "!"]]]]));
  }

  it("opens with what came of it, and plays from the beginning", () => {
    const it = player();
    assert.equal(it.look()?.text, "sg!");
    assert.equal(it.playback.atEnd, true);
    it.do("toggle");
    assert.deepEqual([it.playback.playing, it.look()?.text], [true, "s"]);
  });

  it("shows each text once, with its language and its last change", () => {
    const it = player();
    it.do("start");
    assert.deepEqual(it.look(), { text: "s", changed: [{ from: 0, to: 1 }], language: "python" });
    assert.equal(it.look(), null);
    it.do("forward");
    assert.equal(it.look(), null);
    it.do("forward");
    assert.deepEqual(it.look(), { text: "sg", changed: [{ from: 1, to: 2 }], language: "go" });
    it.do("start");
    assert.equal(it.look()?.text, "s");
  });

  it("goes where the keys say", () => {
    const it = player();
    it.do("start");
    const places = (["next", "next", "next", "previous", "end", "back", "forward", "start"] as const).map((command) => {
      it.do(command);
      return it.playback.position;
    });
    assert.deepEqual(places, [9_000, 40_000, 60_000, 40_000, 61_000, 56_000, 61_000, 1_000]);
  });

  it("knows five speeds", () => {
    const it = player();
    const speeds = (["slower", "faster", "faster", "faster", "faster", "faster", "slower"] as const).map((command) => {
      it.do(command);
      return it.playback.speed;
    });
    assert.deepEqual(speeds, [1, 2, 4, 8, 16, 16, 8]);
  });

  it("plays everything in the time that it is worth", () => {
    const it = player();
    it.do("toggle");
    let [watched, shown] = [0, ""];
    while (it.playback.playing) {
      it.playback.advance(20);
      watched += 20;
      shown = it.look()?.text ?? shown;
    }
    assert.equal(shown, "sg!");
    // 8 s up to the first letter, 31 s and 20 s of idleness at 2 s each, and the last second.
    assert.ok(watched > 12_900 && watched < 13_100, String(watched));
  });
});

describe("keys", () => {
  const key = (name: string, held: object = {}) => commandOf({ key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

  it("play, jump and step", () => {
    assert.deepEqual([" ", "ArrowLeft", "ArrowRight", "ArrowUp", "Home", "x"].map((name) => key(name)), ["toggle", "back", "forward", "faster", "start", null]);
    assert.deepEqual([key("ArrowLeft", { shiftKey: true }), key("ArrowRight", { shiftKey: true })], ["previous", "next"]);
  });

  it("leave the browser its own", () => {
    assert.deepEqual([key("ArrowLeft", { altKey: true }), key(" ", { ctrlKey: true }), key("End", { metaKey: true })], [null, null, null]);
  });
});

describe("what the page says", () => {
  const say = (key: string, values: Record<string, string | number> = {}) => `${key} ${JSON.stringify(values)}`;

  it("names the place where replay and submission part", () => {
    const submission = { run_id: "r", at_ms: 1, language: "go", text: "" };
    const place = { byte: 19, line: 2, column: 9, seq: null };
    assert.equal(verdict({ submission: null, comparison: null }, say), "not_handed_in {}");
    assert.equal(verdict({ submission, comparison: null }, say), "not_compared {}");
    assert.equal(verdict({ submission, comparison: { outcome: "equal", byte: null, line: null, column: null, seq: null } }, say), "equal {}");
    assert.equal(verdict({ submission, comparison: { outcome: "different", ...place } }, say), 'different {"line":2,"column":9,"byte":19,"seq":0}');
    assert.equal(verdict({ submission, comparison: { outcome: "broken", ...place, seq: 3 } }, say), 'broken {"line":2,"column":9,"byte":19,"seq":3}');
  });

  it("counts time from the beginning", () => {
    assert.deepEqual([0, 1_000, 62_000].map((time) => timeText(DESCRIPTION, time)), ["0:00", "0:00", "1:01"]);
    assert.deepEqual([1_000, 31_000, 99_000].map((time) => percentOf(DESCRIPTION, time)), [0, 50, 100]);
    assert.equal(percentOf({ start_ms: 5, end_ms: 5 }, 5), 0);
  });

  it("knows the language of each operation", () => {
    assert.deepEqual([-1, 0, 4, 5, 99].map((seq) => languageAt(DESCRIPTION.languages, seq)), ["python", "python", "python", "go", "go"]);
    assert.equal(languageAt([], 3), "");
  });
});

describe("loading", () => {
  it("fetches one piece after the other", async () => {
    const answers: Record<string, unknown> = {
      "/d?task_id=t": DESCRIPTION,
      "/o?task_id=t": { operations: [[0, 0, [[0, "a"]]], [1, 1, [1, [0, "b"]]]], next: 1 },
      "/o?task_id=t&after=1": { operations: [[2, 2, [2, [0, "c"]]]], next: null },
    };
    const progress: number[][] = [];
    const source = { description: "/d?task_id=t", operations: "/o?task_id=t" };
    const { writing } = await load(source, async (address) => answers[address], (done, all) => progress.push([done, all]));
    assert.deepEqual([writing.textAt(3).toString(), progress], ["abc", [[2, 3], [3, 3]]]);
  });

  it("rejects where the server does", async () => {
    const none = load({ description: "/d", operations: "/o" }, () => Promise.reject(new Error("404")), () => {});
    await assert.rejects(none);
  });
});
