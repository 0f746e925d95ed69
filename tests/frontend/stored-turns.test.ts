import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MessageKind, ServerMessage } from "../../frontend/src/core/protocol.ts";
import { initialState, reduce, type Action, type Entry } from "../../frontend/src/core/state.ts";
import { openPrompt, turnsOf, withStored, type StoredTurn, type StoredUtterance } from "../../frontend/src/core/stored-turns.ts";

function typed(id: string, text: string): StoredUtterance {
  return { utterance_id: id, text, source: "text" };
}

function spoken(id: string, text: string): StoredUtterance {
  return { utterance_id: id, text, source: "voice" };
}

function asked(text: string, phase: "intro" | "question" = "question", kind: MessageKind = "question"): Entry {
  return { id: `i:${text}`, who: "interviewer", text, kind, phase };
}

function heard(id: string, text: string): Entry {
  return { id: `c:${id}`, who: "candidate", text };
}

const TURNS: StoredTurn[] = [
  { phase: "intro", prompt: "Introduce yourself.", outcome: "answered", utterances: [spoken("u1", "I am Ann."), typed("7-1.t1", "That's all.")] },
  { phase: "question", prompt: "What is an index?", outcome: "", utterances: [typed("7-1.t2", "A tree."), spoken("u2", "Or a hash.")] },
];

describe("the stored transcript", () => {
  it("puts each missing answer into its turn", () => {
    const entries = [
      asked("Hello!", "intro"), asked("Introduce yourself.", "intro"), heard("u1", "I am Ann."), asked("Take your time.", "intro", "notice"),
      asked("Now to the questions.", "question", "notice"), asked("What is an index?"), heard("u2", "Or a hash."),
    ];
    assert.deepEqual(withStored(entries, TURNS).map((entry) => entry.text), [
      "Hello!", "Introduce yourself.", "I am Ann.", "Take your time.", "That's all.", "Now to the questions.", "What is an index?", "A tree.", "Or a hash.",
    ]);
  });

  it("brings spoken answers too, where no message did", () => {
    const texts = withStored([asked("Introduce yourself.", "intro"), asked("What is an index?")], TURNS).map((entry) => entry.text);
    assert.deepEqual(texts, ["Introduce yourself.", "I am Ann.", "That's all.", "What is an index?", "A tree.", "Or a hash."]);
  });

  it("lists nothing twice, and changes nothing where nothing is missing", () => {
    const whole = withStored([asked("Introduce yourself.", "intro"), asked("What is an index?")], TURNS);
    assert.equal(withStored(whole, TURNS), whole);
  });

  it("knows by its words what was typed on this page", () => {
    const here: Entry = { id: "t:512.5", who: "candidate", text: "A tree." };
    const texts = withStored([asked("Introduce yourself.", "intro"), asked("What is an index?"), here], TURNS).map((entry) => entry.text);
    assert.deepEqual(texts, ["Introduce yourself.", "I am Ann.", "That's all.", "What is an index?", "A tree.", "Or a hash."]);
  });

  it("keeps equal answers of two turns apart", () => {
    const yes = (prompt: string, id: string): StoredTurn => ({ phase: "question", prompt, outcome: "answered", utterances: [typed(id, "Yes.")] });
    const texts = withStored([asked("One?"), asked("Two?")], [yes("One?", "a"), yes("Two?", "b")]).map((entry) => entry.text);
    assert.deepEqual(texts, ["One?", "Yes.", "Two?", "Yes."]);
  });

  it("says what is asked now", () => {
    assert.equal(openPrompt(TURNS), "What is an index?");
    assert.equal(openPrompt(TURNS.slice(0, 1)), null);
    assert.equal(openPrompt([]), null);
  });

  it("is read only in its own shape", () => {
    assert.deepEqual(turnsOf({ transcript: TURNS }), TURNS);
    assert.deepEqual([null, {}, { transcript: "x" }, { transcript: [{ prompt: 1 }] }].map(turnsOf), [null, null, null, null]);
  });

  it("waits for the messages that it belongs between", () => {
    const message = (value: ServerMessage): Action => ({ type: "message", message: value, at: 0 });
    const says = (text: string, seq: number): Action => message({ type: "interview_message", phase: "question", kind: "question", text, seq });
    const created = message({ type: "stream_created", resumed: true, state: { phase: "question", last_seq: 2 } });
    const turns: StoredTurn[] = [{ phase: "question", prompt: "One?", outcome: "answered", utterances: [typed("a", "Yes.")] }];
    const early = [created, says("One?", 1), { type: "transcript", turns } satisfies Action].reduce(reduce, initialState());
    assert.deepEqual(early.entries.map((entry) => entry.text), ["One?"]);
    assert.deepEqual(reduce(early, says("Two?", 2)).entries.map((entry) => entry.text), ["One?", "Yes.", "Two?"]);
  });
});
