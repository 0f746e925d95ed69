/** What the room shows, as a pure function of what was received and done. Times are milliseconds of one local clock. */

import { paused, STOPPED, type Clock } from "./clock.ts";
import { byType, withCompleteTranscript } from "./reduce-messages.ts";
import type { ConnectionStatus } from "./socket.ts";
import type { CodeResult, MessageKind, ServerMessage, ServerPhase, StoredCode, Task } from "./protocol.ts";
import type { StoredTurn } from "./stored-turns.ts";

export type Phase = "waiting" | "intro" | "question" | "code" | "done";

export interface Entry {
  id: string;
  who: "interviewer" | "candidate";
  text: string;
  /** Of what the interviewer said. */
  kind?: MessageKind;
  phase?: ServerPhase;
}

export interface Notice {
  id: string;
  text: string;
  signal: string;
  at: number;
}

export interface RoomState {
  connection: ConnectionStatus;
  everOpen: boolean;
  phase: Phase;
  /** What the candidate is answering. */
  prompt: { kind: MessageKind; text: string } | null;
  questionNumber: number;
  questionCount: number;
  entries: Entry[];
  partial: string;
  /** What the interviewer is saying at this moment. */
  speaking: Speaking | null;
  /** What it was saying when it was interrupted: it may go on. */
  interrupted: Speaking | null;
  /** The candidate said "done", or sent a text, and the next message has not come. */
  waitingForInterviewer: boolean;
  /** Since when: an answer that the server had no use for must not block the room. */
  waitingSince: number;
  /** Granted by "I need a moment"; ends with speech or the next prompt. */
  thinking: boolean;
  clock: Clock;
  taskClock: Clock;
  task: Task | null;
  /** The stored code as of the last (re)connection. */
  storedCode: StoredCode | null;
  ackedSeq: number;
  /** In the order in which they came. */
  codeResults: CodeResult[];
  /** The solution is the server's: the interviewer asks about it, or has finished. */
  handedIn: boolean;
  speechEngine: string | null;
  /** Null while unknown. */
  voiceEngine: string | null;
  notices: Notice[];
  /** Messages up to this number are from before this connection. */
  oldSeq: number;
  /** The newest number among the messages received. */
  newestSeq: number;
  /** The stored transcript, until the messages that it belongs between are here. */
  storedTurns: StoredTurn[] | null;
  error: { text: string; code: string; at: number } | null;
  summary: string;
  /** How the interview ended; empty while it goes on. */
  outcome: string;
}

interface Speaking {
  utteranceId: string;
  spoken: string;
}

export type Action =
  | { type: "message"; message: ServerMessage; at: number }
  | { type: "connection"; status: ConnectionStatus; at: number }
  | { type: "answered"; at: number }
  | { type: "typed"; id: string; text: string; at: number }
  | { type: "returned"; ids: string[] }
  | { type: "transcript"; turns: StoredTurn[] }
  | { type: "thinking" }
  | { type: "fault"; text: string; code: string; at: number }
  | { type: "elapsed"; at: number };

const NOTICE_MS = 12_000;
const ERROR_MS = 8_000;
const WAITING_MS = 10_000;

export function initialState(): RoomState {
  return {
    connection: { name: "connecting" }, everOpen: false, phase: "waiting", prompt: null, questionNumber: 0,
    questionCount: 0, entries: [], partial: "", speaking: null, interrupted: null, waitingForInterviewer: false, waitingSince: 0, thinking: false,
    clock: STOPPED, taskClock: STOPPED, task: null, storedCode: null, ackedSeq: 0, codeResults: [], handedIn: false,
    speechEngine: null, voiceEngine: null, notices: [], oldSeq: 0, newestSeq: 0, storedTurns: null, error: null, summary: "", outcome: "",
  };
}

export function reduce(state: RoomState, action: Action): RoomState {
  switch (action.type) {
    case "message":
      return byType(state, action.message, action.at);
    case "connection":
      return connectionChanged(state, action.status, action.at);
    case "answered":
      return { ...state, waitingForInterviewer: true, waitingSince: action.at, thinking: false };
    case "typed":
      return typed(state, action.id, action.text, action.at);
    case "returned":
      return { ...state, entries: state.entries.filter((entry) => !action.ids.includes(entry.id)), waitingForInterviewer: false };
    case "transcript":
      return withCompleteTranscript({ ...state, storedTurns: action.turns });
    case "thinking":
      return { ...state, thinking: true };
    case "fault":
      return { ...state, error: { text: action.text, code: action.code, at: action.at } };
    case "elapsed":
      return withoutOld(state, action.at);
  }
}

/** Whether what was asked is answered in words: everything but the task. */
export function isConversation(state: RoomState): boolean {
  if (state.phase === "code") return state.prompt?.kind === "follow_up" || state.prompt?.kind === "question";
  return state.phase === "intro" || state.phase === "question";
}

/** Whether the interviewer is waiting for the candidate to speak. */
export function isListening(state: RoomState): boolean {
  return isConversation(state) && state.connection.name === "open" && !state.speaking && !state.waitingForInterviewer && !!state.prompt;
}

function connectionChanged(state: RoomState, status: ConnectionStatus, at: number): RoomState {
  if (status.name === "open") return { ...state, connection: status, everOpen: true, error: null };
  // The interview's clocks stand still while nobody is connected; what was being said is said again after a resume.
  const still = { clock: paused(state.clock, at), taskClock: paused(state.taskClock, at), speaking: null, partial: "" };
  return { ...state, ...still, connection: status, waitingForInterviewer: false };
}

/** A written answer is a whole turn, except in the introduction, which it only adds to. The server does not repeat it. */
function typed(state: RoomState, id: string, text: string, at: number): RoomState {
  const entry: Entry = { id, who: "candidate", text };
  const waiting = state.phase !== "intro" && state.connection.name === "open";
  return { ...state, entries: [...state.entries, entry], waitingForInterviewer: waiting, waitingSince: at, thinking: false };
}

function withoutOld(before: RoomState, at: number): RoomState {
  const waitedOut = before.waitingForInterviewer && at - before.waitingSince > WAITING_MS;
  const state = waitedOut ? { ...before, waitingForInterviewer: false } : before;
  const notices = state.notices.filter((notice) => at - notice.at < NOTICE_MS);
  const error = state.error && at - state.error.at < ERROR_MS ? state.error : null;
  if (notices.length === state.notices.length && error === state.error) return state;
  return { ...state, notices, error };
}
