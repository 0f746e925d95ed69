import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ChangeSet, Text } from "@codemirror/state";
import { applied, storable } from "../../frontend/src/editor/changes.ts";
import type { Operation } from "../../frontend/src/editor/edit-log.ts";
import { Journal, missing, submissionOf, type JournalEntry, type Keeping } from "../../frontend/src/editor/journal.ts";

class Tab implements Keeping {
  readonly kept = new Map<string, string>();

  constructor(private readonly room = Infinity) {}

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new Error("QuotaExceededError");
    this.kept.set(key, value);
  }
}

function operation(changes: unknown): Operation {
  return { t_ms: 1, changes, language: "python" };
}

function entry(text: string, acked: number, ...pending: Operation[]): JournalEntry {
  return { language: "python", text, acked, pending, drafts: { java: "class Main {}" }, stdin: "1\n", submission: null };
}

function code(text: string, seq: number) {
  return { task_id: "t1", language: "python", text, seq };
}

describe("changes without CodeMirror", () => {
  const cases: [string, unknown][] = [["ab", [1, [0, "x"], 1]], ["ab", [[2]]], ["a\nb", [1, [1, "", "", ""], 1]], ["", [[0, "one", "two"]]], ["😀b", [2, [1, "c"]]]];
  for (const [text, changes] of cases) {
    it(`make of ${JSON.stringify(text)} what CodeMirror makes of it`, () => {
      assert.equal(applied(text, changes), ChangeSet.fromJSON(changes).apply(Text.of(text.split("\n"))).toString());
    });
  }

  it("for another text, or none at all, make nothing", () => {
    assert.deepEqual([applied("abc", [2]), applied("a", null), applied("a", ["x"])], [null, null, null]);
  });

  it("half a pair and NUL are what the server stores of them", () => {
    assert.equal(storable("a\0b\uD83Dc\uDE00d😀"), "a\uFFFDb\uFFFDc\uFFFDd😀");
  });
});

describe("a journal", () => {
  it("is read again by the same task of the same interview", () => {
    const tab = new Tab();
    new Journal(tab, "7", "t1").write(entry("ab", 3));
    assert.deepEqual([new Journal(tab, "7", "t1").read(), new Journal(tab, "7", "t2").read(), new Journal(tab, "8", "t1").read()], [entry("ab", 3), null, null]);
  });

  it("does without drafts before it does without the text", () => {
    const long = { ...entry("ab", 0), drafts: { java: "x".repeat(500) } };
    const journal = new Journal(new Tab(300), "7", "t1");
    journal.write(long);
    assert.deepEqual(journal.read(), { ...long, drafts: {} });
  });

  it("is empty where the browser keeps nothing, or something else", () => {
    const tab = new Tab();
    tab.kept.set("viva.code.7.t1", "{broken");
    tab.kept.set("viva.code.7.t2", JSON.stringify({ text: 1 }));
    assert.deepEqual([new Journal(null, "7", "t1"), new Journal(tab, "7", "t1"), new Journal(tab, "7", "t2")].map((journal) => journal.read()), [null, null, null]);
  });
});

describe("what was handed in before a reload", () => {
  const submission = { type: "code_submit" as const, task_id: "t1", language: "python", source: "ab", run_id: "r1" };
  const kept = { ...entry("ab", 1, operation([1, [0, "b"]])), submission };

  it("is handed in again where the texts fit together", () => {
    assert.equal(submissionOf(kept, missing(code("a", 1), kept)), submission);
    assert.equal(submissionOf(kept, missing(code("ab", 2), kept)), submission);
  });

  it("does not replace what another window has saved since", () => {
    assert.equal(submissionOf(kept, missing(code("newer", 5), kept)), null);
  });
});

describe("what the server lacks of a journal", () => {
  const typed = [operation([[0, "a"]]), operation([1, [0, "b"]]), operation([2, [0, "c"]])];

  it("is everything that it has not acknowledged", () => {
    assert.deepEqual(missing(code("", 0), entry("abc", 0, ...typed)), typed);
  });

  it("is less where an acknowledgement was lost", () => {
    assert.deepEqual(missing(code("ab", 2), entry("abc", 0, ...typed)), typed.slice(2));
    assert.deepEqual(missing(code("abc", 3), entry("abc", 0, ...typed)), []);
  });

  it("cannot be told where another window wrote meanwhile", () => {
    const elsewhere = [code("abcd", 4), code("xy", 2), code("x", 0)].map((stored) => missing(stored, entry("abc", 0, ...typed)));
    assert.deepEqual([...elsewhere, missing(code("", 0), entry("abc", 3))], [null, null, null, null]);
  });
});
