import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rowsOf } from "../../frontend/src/editor/line-diff.ts";
import { blocksOf, spansOf } from "../../frontend/src/editor/statement.ts";
import { testKey } from "../../frontend/src/editor/test-words.ts";
import { minutesToAnnounce } from "../../frontend/src/editor/time-left.ts";
import { indented, returned } from "../../frontend/src/editor/values.ts";
import { wordCount } from "../../frontend/src/editor/word-count.ts";

describe("a statement", () => {
  it("keeps its paragraphs and their lines", () => {
    assert.deepEqual(blocksOf("One\ntwo.\n\n\nThree.\n"), [{ kind: "paragraph", text: "One\ntwo." }, { kind: "paragraph", text: "Three." }]);
  });

  it("sets apart what stands between fences, or is indented", () => {
    const blocks = blocksOf("For example:\n```text\na  b\n\n  c\n```\nor\n\n    d\n\n    e\n\nThe end.");
    assert.deepEqual(blocks, [
      { kind: "paragraph", text: "For example:" }, { kind: "code", text: "a  b\n\n  c" }, { kind: "paragraph", text: "or" },
      { kind: "code", text: "d\n\ne" }, { kind: "paragraph", text: "The end." },
    ]);
  });

  it("has lists, whose items may go on in the next line", () => {
    assert.deepEqual(blocksOf("Rules:\n- one\n  more\n* two"), [{ kind: "paragraph", text: "Rules:" }, { kind: "list", items: ["one more", "two"] }]);
  });

  it("is not lost with a fence that is never closed", () => {
    assert.deepEqual(blocksOf("```\nabc"), [{ kind: "code", text: "abc" }]);
  });

  it("names code within a line", () => {
    assert.deepEqual(spansOf("Call `f(x)` once."), [{ code: false, text: "Call " }, { code: true, text: "f(x)" }, { code: false, text: " once." }]);
    assert.deepEqual(spansOf("a ` b"), [{ code: false, text: "a ` b" }]);
  });
});

describe("expected and own output", () => {
  const shape = (expected: string, actual: string): string[] => rowsOf(expected, actual).map((row) => `${row.expected ?? "·"}${row.same ? "=" : "≠"}${row.actual ?? "·"}`);

  it("are the same up to white space at line ends and at the end", () => {
    assert.deepEqual(shape("1 \n2\n\n", "1\n2"), ["1 =1", "2=2"]);
  });

  it("differ where a line is wrong, missing, or too many", () => {
    assert.deepEqual(shape("1\n2\n3", "1\n5\n3"), ["1=1", "2≠5", "3=3"]);
    assert.deepEqual(shape("1\n2\n3", "1\n3"), ["1=1", "2≠·", "3=3"]);
    assert.deepEqual(shape("1\n3", "1\n2\n3\n4"), ["1=1", "·≠2", "3=3", "·≠4"]);
    assert.deepEqual(shape("a\nb\nc\nd", "b\nx\nd\ne"), ["a≠·", "b=b", "c≠x", "d=d", "·≠e"]);
  });

  it("may be nothing", () => {
    assert.deepEqual([shape("", ""), shape("1", ""), shape("", "1")], [[], ["1≠·"], ["·≠1"]]);
  });

  it("of many lines are compared by place", () => {
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index}`);
    const rows = rowsOf(lines.join("\n"), lines.toReversed().join("\n"));
    assert.deepEqual([rows.length, rows.filter((row) => row.same).length], [400, 0]);
  });
});

describe("the time left", () => {
  it("is said at five minutes and at one", () => {
    const said = [null, 301, 300, 299, 61, 60, 1, 0].map((now, index, all) => minutesToAnnounce(all[index - 1] ?? null, now));
    assert.deepEqual(said, [null, null, 5, null, null, 1, null, null]);
  });

  it("is said once where the room is entered late, or the clock jumps", () => {
    assert.deepEqual([minutesToAnnounce(null, 200), minutesToAnnounce(null, 30), minutesToAnnounce(400, 50)], [5, 1, 1]);
  });
});

describe("words of a written case", () => {
  it("are counted as people count them", () => {
    assert.deepEqual(["", "One, two: it's three-fold.", "пять слов — это не шесть", "需要的事实 abc", "필요한 사실 두 개", "## \n\n"].map(wordCount), [0, 4, 5, 6, 4, 0]);
  });
});

describe("what a function returned", () => {
  it("is its last line, behind what it printed", () => {
    assert.deepEqual(returned('here\n{"a":[1]}\n'), { printed: "here", value: '{\n  "a": [\n    1\n  ]\n}' });
    assert.deepEqual([indented("not JSON"), returned("")], ["not JSON", { printed: "", value: "" }]);
  });
});

describe("a test of a candidate's own", () => {
  it("that accepts the correct program and catches nothing is not one that refuses it", () => {
    const said = [["ok", 0], ["wrong_answer", 0], ["runtime_error", 0], ["wrong_answer", 1], ["runtime_error", 1]] as const;
    assert.deepEqual(
      said.map(([status, index]) => testKey(status, "testing", index)),
      ["status_ok_test", "result_accepts_only", "result_refused", "result_not_caught", "result_runtime_error"],
    );
  });

  it("is none where the candidate wrote the program", () => {
    assert.deepEqual([testKey("wrong_answer", "program", 0), testKey("runtime_error", "program", 0)], ["result_wrong_answer", "result_runtime_error"]);
  });
});
