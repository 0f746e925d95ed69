/** How each message of the server changes the room. */

import { runningClock } from "./clock.ts";
import { seqOf, type AsrResult, type InterviewMessage, type MessageKind, type ServerMessage, type ServerPhase, type StreamState } from "./protocol.ts";
import type { Entry, Phase, RoomState } from "./state.ts";
import { withStored } from "./stored-turns.ts";

type Of<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;

const ORDER: Phase[] = ["waiting", "intro", "question", "code", "done"];
/** In the code phase, what comes only once the solution is handed in, or its time is over. */
const AFTER_THE_TASK: ReadonlySet<MessageKind> = new Set(["notice", "question", "follow_up", "closing"]);
const ANSWERABLE: ReadonlySet<MessageKind> = new Set(["prompt", "question", "follow_up", "task"]);

/** How the id of an acknowledgement ends. */
const ACKNOWLEDGEMENT = ".ack";

export function byType(state: RoomState, message: ServerMessage, at: number): RoomState {
  const next = reduced(state, message, at);
  const seq = seqOf(message);
  if (seq <= next.newestSeq && message.type !== "stream_created") return next;
  return withCompleteTranscript({ ...next, newestSeq: Math.max(next.newestSeq, seq) });
}

/** Puts the stored transcript in once the messages from before this connection are here: each answer has its place then. */
export function withCompleteTranscript(state: RoomState): RoomState {
  if (!state.storedTurns || state.newestSeq < state.oldSeq) return state;
  return { ...state, storedTurns: null, entries: withStored(state.entries, state.storedTurns) };
}

function reduced(state: RoomState, message: ServerMessage, at: number): RoomState {
  switch (message.type) {
    case "stream_created":
      return streamCreated(state, message.state ?? {}, at);
    case "interview_message":
      return interviewMessage(state, message, at);
    case "asr_result":
      return asrResult(state, message);
    case "cheat_detected":
      return cheatDetected(state, message, at);
    case "ai_speaking_start":
      return speakingStart(state, message, at);
    case "ai_transcript_chunk":
      return transcriptChunk(state, message);
    case "ai_speaking_end":
      return state.speaking?.utteranceId === message.utterance_id ? { ...state, speaking: null, interrupted: null } : state;
    case "ai_interrupted":
      return state.speaking?.utteranceId === message.utterance_id ? { ...state, speaking: null, interrupted: state.speaking } : state;
    case "editor_ack":
      return message.task_id === state.task?.task_id ? { ...state, ackedSeq: Math.max(state.ackedSeq, message.seq) } : state;
    case "code_result":
      return { ...state, codeResults: [...state.codeResults, message], handedIn: state.handedIn || message.kind === "submission" };
    case "interview_complete":
      return { ...state, phase: "done", summary: message.summary ?? "", outcome: message.outcome ?? "completed", partial: "" };
    case "error":
      return failed(state, message, at);
    default:
      return state;
  }
}

function roomPhase(phase: ServerPhase | undefined): Phase {
  if (phase === undefined || phase === "waiting") return "waiting";
  return phase === "intro" || phase === "question" || phase === "code" ? phase : "done";
}

/** The later of two phases: messages sent again after a reconnect must not take the room back. */
function later(one: Phase, other: Phase): Phase {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

function streamCreated(state: RoomState, stream: StreamState, at: number): RoomState {
  return {
    ...state,
    phase: later(state.phase, roomPhase(stream.phase)),
    questionNumber: stream.question_number ?? state.questionNumber,
    questionCount: stream.question_count ?? state.questionCount,
    clock: runningClock(stream.seconds_left, at),
    taskClock: stream.task ? runningClock(stream.task.seconds_left, at) : state.taskClock,
    task: stream.task ?? state.task,
    storedCode: stream.code ?? null,
    handedIn: state.handedIn || stream.code?.submitted === true,
    ackedSeq: stream.code?.seq ?? state.ackedSeq,
    oldSeq: stream.last_seq ?? 0,
    speechEngine: stream.speech_engine ?? state.speechEngine,
    voiceEngine: stream.voice_engine ?? state.voiceEngine,
  };
}

function interviewMessage(state: RoomState, message: InterviewMessage, at: number): RoomState {
  const kind = message.kind ?? "question";
  const asks = ANSWERABLE.has(kind);
  const next: RoomState = {
    ...state,
    phase: later(state.phase, roomPhase(message.phase)),
    entries: message.repeat && state.entries.length ? state.entries : withEntry(state.entries, interviewerEntry(message, kind)),
    questionNumber: message.question_number || state.questionNumber,
    questionCount: message.question_count || state.questionCount,
    prompt: asks || !state.prompt || kind === "closing" ? { kind, text: message.text } : state.prompt,
    waitingForInterviewer: false,
    thinking: asks ? false : state.thinking,
    handedIn: state.handedIn || (message.phase === "code" && state.prompt?.kind === "task" && AFTER_THE_TASK.has(kind)),
  };
  return message.task ? { ...next, task: message.task, taskClock: runningClock(message.task.seconds_left, at) } : next;
}

function interviewerEntry(message: InterviewMessage, kind: MessageKind): Entry {
  const text = kind === "task" && message.task ? message.task.title : message.text;
  return { id: `i:${message.seq ?? message.utterance_id ?? text}`, who: "interviewer", text, kind, phase: message.phase };
}

function withEntry(entries: Entry[], entry: Entry): Entry[] {
  const lastSaid = entries.findLast((one) => one.who === entry.who);
  const known = entries.some((one) => one.id === entry.id) || (entry.who === "interviewer" && lastSaid?.text === entry.text);
  return known || !entry.text ? entries : [...entries, entry];
}

function asrResult(state: RoomState, message: AsrResult): RoomState {
  if (!message.final) return { ...state, partial: message.text, thinking: false };
  const id = `c:${message.utterance_id ?? message.seq ?? message.text}`;
  return { ...state, partial: "", thinking: false, entries: withEntry(state.entries, { id, who: "candidate", text: message.text }) };
}

function cheatDetected(state: RoomState, message: Of<"cheat_detected">, at: number): RoomState {
  if ((message.seq ?? Infinity) <= state.oldSeq) return state; // told before a reload
  const id = String(message.event_id ?? message.seq ?? at);
  const others = state.notices.filter((notice) => notice.id !== id && notice.text !== message.text);
  return { ...state, notices: [...others, { id, text: message.text, signal: message.signal ?? "", at }] };
}

/** An utterance that goes on keeps the words that were said: they are not sent again. */
function speakingStart(state: RoomState, message: Of<"ai_speaking_start">, at: number): RoomState {
  const goesOn = message.from_ms !== undefined && state.interrupted?.utteranceId === message.utterance_id;
  const speaking = goesOn ? state.interrupted : { utteranceId: message.utterance_id, spoken: "" };
  // After an acknowledgement the question is still to come.
  const waitingForInterviewer = message.utterance_id.endsWith(ACKNOWLEDGEMENT);
  return { ...state, speaking, interrupted: null, waitingForInterviewer, waitingSince: at };
}

function transcriptChunk(state: RoomState, message: Of<"ai_transcript_chunk">): RoomState {
  const before = state.speaking?.utteranceId === message.utterance_id ? state.speaking.spoken : "";
  return { ...state, speaking: { utteranceId: message.utterance_id, spoken: before + message.text } };
}

function failed(state: RoomState, message: Of<"error">, at: number): RoomState {
  const code = message.code ?? "";
  return { ...state, waitingForInterviewer: false, error: { text: message.text, code, at } };
}
