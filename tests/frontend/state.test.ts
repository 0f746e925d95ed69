import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ServerMessage } from "../../frontend/src/core/protocol.ts";
import { clockText, secondsLeft, shortest } from "../../frontend/src/core/clock.ts";
import { initialState, isConversation, isListening, reduce, type Action, type RoomState } from "../../frontend/src/core/state.ts";

function message(value: ServerMessage, at = 0): Action {
  return { type: "message", message: value, at };
}

function after(...actions: Action[]): RoomState {
  return actions.reduce(reduce, initialState());
}

const OPEN: Action = { type: "connection", status: { name: "open" }, at: 0 };
const PROMPT = message({ type: "interview_message", phase: "intro", kind: "prompt", text: "Please introduce yourself.", seq: 2 });
const QUESTION = message({
  type: "interview_message", phase: "question", kind: "question", text: "What is an index?", question_number: 1, question_count: 5, seq: 4,
});
const TASK = { task_id: "t1", title: "Two sums", statement: "Find…", languages: ["python"], starter: { python: "pass" }, visible_tests: [], seconds_left: 900 };

describe("phases and prompts", () => {
  it("shows the prompt, not the notice before it", () => {
    const notice = message({ type: "interview_message", phase: "question", kind: "notice", text: "Now to the questions.", seq: 3 });
    const state = after(OPEN, PROMPT, notice);
    assert.equal(state.phase, "question");
    assert.deepEqual(state.prompt, { kind: "prompt", text: "Please introduce yourself." });
    assert.deepEqual(reduce(state, QUESTION).prompt, { kind: "question", text: "What is an index?" });
  });

  it("keeps the greeting in view until there is a prompt", () => {
    const greeting = message({ type: "interview_message", phase: "intro", kind: "greeting", text: "Hello.", seq: 1 });
    assert.deepEqual(after(greeting).prompt, { kind: "greeting", text: "Hello." });
    assert.equal(after(greeting, PROMPT).prompt?.text, "Please introduce yourself.");
  });

  it("counts questions", () => {
    const state = after(QUESTION);
    assert.deepEqual([state.questionNumber, state.questionCount], [1, 5]);
  });

  it("is never taken back by a message that is sent again", () => {
    const resumed = message({ type: "stream_created", resumed: true, state: { phase: "question", question_number: 3, question_count: 5 } });
    assert.equal(after(resumed, PROMPT).phase, "question");
  });

  it("ends with interview_complete", () => {
    const state = after(QUESTION, message({ type: "interview_complete", summary: "Thank you.", seq: 9 }));
    assert.deepEqual([state.phase, state.summary], ["done", "Thank you."]);
  });

  it("treats a server phase that is over as done", () => {
    assert.equal(after(message({ type: "stream_created", state: { phase: "stopped" } })).phase, "done");
  });
});

describe("transcript", () => {
  it("replaces partial texts and keeps the final one", () => {
    const partial = (text: string): Action => message({ type: "asr_result", text, final: false, utterance_id: "u1" });
    const state = after(partial("my"), partial("my name"));
    assert.equal(state.partial, "my name");
    const done = reduce(state, message({ type: "asr_result", text: "my name is Ann", final: true, utterance_id: "u1", seq: 3 }));
    assert.equal(done.partial, "");
    assert.deepEqual(done.entries, [{ id: "c:u1", who: "candidate", text: "my name is Ann" }]);
  });

  it("has no empty entry when nothing was understood", () => {
    assert.deepEqual(after(message({ type: "asr_result", text: "", final: true, utterance_id: "u1" })).entries, []);
  });

  it("keeps an utterance once", () => {
    const final = message({ type: "asr_result", text: "yes", final: true, utterance_id: "u1", seq: 3 });
    assert.equal(after(final, final).entries.length, 1);
  });

  it("does not list a prompt twice that is spoken again after a resume", () => {
    const repeated = message({ type: "interview_message", phase: "question", kind: "question", text: "What is an index?" });
    assert.equal(after(QUESTION, repeated).entries.length, 1);
  });

  it("lists a task by its title", () => {
    const task = message({ type: "interview_message", phase: "code", kind: "task", text: "Here is the task: Two sums", task: TASK, seq: 7 });
    assert.deepEqual(after(task).entries.map((entry) => entry.text), ["Two sums"]);
  });
});

describe("answers in writing", () => {
  const written: Action = { type: "typed", id: "t:500", text: "I build services.", at: 500 };

  it("are listed at once: the server does not repeat them", () => {
    assert.deepEqual(after(OPEN, QUESTION, written).entries.at(-1), { id: "t:500", who: "candidate", text: "I build services." });
  });

  it("end the turn of a question, and only add to the introduction", () => {
    assert.equal(after(OPEN, QUESTION, written).waitingForInterviewer, true);
    assert.equal(after(OPEN, PROMPT, written).waitingForInterviewer, false);
  });

  it("that come back are listed no longer", () => {
    const state = after(OPEN, QUESTION, written, { type: "returned", ids: ["t:500"] });
    assert.deepEqual([state.entries.length, state.waitingForInterviewer], [1, false]);
  });

  it("that the server had no use for do not block the room", () => {
    const state = after(OPEN, QUESTION, { type: "answered", at: 0 });
    assert.equal(reduce(state, { type: "elapsed", at: 9000 }).waitingForInterviewer, true);
    assert.equal(reduce(state, { type: "elapsed", at: 10_500 }).waitingForInterviewer, false);
  });
});

describe("the interviewer's voice", () => {
  const start = message({ type: "ai_speaking_start", utterance_id: "a1" });

  it("adds up what was said", () => {
    const chunk = (text: string): Action => message({ type: "ai_transcript_chunk", utterance_id: "a1", text });
    assert.deepEqual(after(start, chunk("What is "), chunk("an index?")).speaking, { utteranceId: "a1", spoken: "What is an index?" });
  });

  it("ends, or is interrupted, by its own id only", () => {
    assert.notEqual(after(start, message({ type: "ai_speaking_end", utterance_id: "a0" })).speaking, null);
    assert.equal(after(start, message({ type: "ai_speaking_end", utterance_id: "a1" })).speaking, null);
    assert.equal(after(start, message({ type: "ai_interrupted", utterance_id: "a1", heard_ms: 300 })).speaking, null);
  });

  it("keeps its words when it goes on after an interruption", () => {
    const chunk = message({ type: "ai_transcript_chunk", utterance_id: "a1", text: "What is an index?" });
    const cut = message({ type: "ai_interrupted", utterance_id: "a1", heard_ms: 300 });
    const goingOn = message({ type: "ai_speaking_start", utterance_id: "a1", from_ms: 240 });
    assert.deepEqual(after(start, chunk, cut, goingOn).speaking, { utteranceId: "a1", spoken: "What is an index?" });
    assert.deepEqual(after(start, chunk, cut, start).speaking, { utteranceId: "a1", spoken: "" });
    const other = message({ type: "ai_speaking_start", utterance_id: "a2" });
    assert.deepEqual(after(start, chunk, cut, other).speaking, { utteranceId: "a2", spoken: "" });
  });

  it("is still to ask after an acknowledgement", () => {
    const said = [message({ type: "ai_speaking_start", utterance_id: "u7.ack" }), message({ type: "ai_speaking_end", utterance_id: "u7.ack" })];
    assert.equal(isListening(after(OPEN, PROMPT, ...said)), false);
    const asked = [message({ type: "ai_speaking_start", utterance_id: "u7" }), message({ type: "ai_speaking_end", utterance_id: "u7" })];
    assert.equal(isListening(after(OPEN, PROMPT, ...said, ...asked)), true);
  });

  it("is listening only when the interviewer is silent and has asked", () => {
    assert.equal(isListening(after(OPEN)), false);
    assert.equal(isListening(after(OPEN, PROMPT)), true);
    assert.equal(isListening(after(OPEN, PROMPT, start)), false);
    assert.equal(isListening(after(OPEN, PROMPT, { type: "answered", at: 0 })), false);
    assert.equal(isListening(after(OPEN, PROMPT, { type: "answered", at: 0 }, QUESTION)), true);
  });
});

describe("time", () => {
  const created = message({ type: "stream_created", state: { phase: "intro", seconds_left: 600 } }, 1000);

  it("runs down from what the server says", () => {
    assert.equal(secondsLeft(after(created, OPEN).clock, 11_000), 590);
    assert.equal(secondsLeft(after(created, OPEN).clock, 5_000_000), 0);
  });

  it("stands still while disconnected", () => {
    const lost: Action = { type: "connection", status: { name: "reconnecting", attempt: 1, delayMs: 500 }, at: 11_000 };
    assert.equal(secondsLeft(after(created, OPEN, lost).clock, 99_000), 590);
  });

  it("is absent where there is no limit", () => {
    assert.equal(secondsLeft(after(OPEN).clock, 5), null);
  });

  it("reads as minutes and seconds", () => {
    assert.deepEqual([0, 65, 3725].map(clockText), ["0:00", "1:05", "1:02:05"]);
  });

  it("has an own clock for the task", () => {
    const task = message({ type: "interview_message", phase: "code", kind: "task", text: "Two sums", task: TASK }, 2000);
    assert.equal(secondsLeft(after(created, task).taskClock, 3000), 899);
  });

  it("shows the limit that comes first", () => {
    assert.deepEqual([shortest(5, 3), shortest(null, 3), shortest(5, null), shortest(null, null)], [3, 3, 5, null]);
  });

  it("forgets notices and errors after a while", () => {
    const notice = message({ type: "cheat_detected", text: "More than one person is in view.", event_id: 7, seq: 3 }, 1000);
    const fault = message({ type: "error", text: "Too big.", code: "too_big" }, 1000);
    assert.equal(after(notice, notice).notices.length, 1);
    assert.equal(after(notice, { type: "elapsed", at: 2000 }).notices.length, 1);
    assert.equal(after(notice, { type: "elapsed", at: 13_000 }).notices.length, 0);
    assert.equal(after(fault, { type: "elapsed", at: 2000 }).error?.code, "too_big");
    assert.equal(after(fault, { type: "elapsed", at: 9000 }).error, null);
  });
});

describe("notices", () => {
  it("of before a reload are not shown again", () => {
    const created = message({ type: "stream_created", resumed: true, state: { phase: "question", last_seq: 5 } });
    const notice = (seq: number): Action => message({ type: "cheat_detected", text: `n${seq}`, event_id: seq, seq });
    assert.deepEqual(after(created, notice(3), notice(6)).notices.map((one) => one.text), ["n6"]);
  });
});

describe("a solution", () => {
  it("takes up the stored code and its acknowledgements", () => {
    const code = { task_id: "t1", language: "python", text: "x = 1", seq: 12 };
    const created = message({ type: "stream_created", resumed: true, state: { phase: "code", task: TASK, code } });
    const state = after(created);
    assert.deepEqual([state.task?.task_id, state.storedCode?.seq, state.ackedSeq, state.handedIn], ["t1", 12, 12, false]);
    assert.equal(reduce(state, message({ type: "editor_ack", task_id: "t1", seq: 14 })).ackedSeq, 14);
    assert.equal(reduce(state, message({ type: "editor_ack", task_id: "other", seq: 99 })).ackedSeq, 12);
  });

  const task = message({ type: "interview_message", phase: "code", kind: "task", text: "Two sums", task: TASK, seq: 6 });
  const result = (kind: "run" | "submission"): Action => message({ type: "code_result", task_id: "t1", run_id: kind, kind, status: "ok", seq: 7 });
  const followUp = message({ type: "interview_message", phase: "code", kind: "follow_up", text: "Why a queue?", seq: 8 });

  it("is the candidate's as long as only visible tests ran", () => {
    const state = after(OPEN, task, result("run"));
    assert.deepEqual([state.handedIn, state.codeResults.map((one) => one.run_id), isConversation(state)], [false, ["run"], false]);
  });

  it("is handed in once it was judged, or the interviewer says so", () => {
    const taken = message({ type: "interview_message", phase: "code", kind: "notice", text: "Thank you.", seq: 7 });
    assert.deepEqual([after(OPEN, task, result("submission")), after(OPEN, taken, task), after(OPEN, task, taken)].map((state) => state.handedIn), [true, false, true]);
  });

  it("is handed in once it is asked about, which is answered in words", () => {
    const state = after(OPEN, task, followUp);
    assert.deepEqual([state.handedIn, isConversation(state), isListening(state)], [true, true, true]);
  });

  it("is known to be handed in after a reload", () => {
    const code = { task_id: "t1", language: "python", text: "pass", seq: 3, submitted: true };
    assert.equal(after(OPEN, message({ type: "stream_created", state: { phase: "code", task: TASK, code } })).handedIn, true);
  });
});

describe("engines", () => {
  it("are unknown, there, or missing", () => {
    const created = (voice_engine?: string): Action => message({ type: "stream_created", state: { phase: "intro", ...(voice_engine === undefined ? {} : { voice_engine }) } });
    assert.deepEqual([after(created()), after(created("piper")), after(created(""))].map((state) => state.voiceEngine), [null, "piper", ""]);
  });
});
