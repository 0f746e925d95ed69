/** The messages of `/ws/webrtc/`, as far as the room uses them. Unknown fields are ignored, unknown types are null. */

export type ServerPhase = "waiting" | "intro" | "question" | "code" | "finished" | "abandoned" | "failed" | "stopped";
export type MessageKind = "greeting" | "prompt" | "notice" | "question" | "follow_up" | "task" | "closing";

type TaskKind = "program" | "debug" | "function" | "sql" | "testing" | "written";

export interface Task {
  task_id: string;
  title: string;
  statement: string;
  languages: string[];
  starter: Record<string, string>;
  visible_tests: VisibleTest[];
  kind?: TaskKind;
  /** What the candidate's tests are for, by programming language. */
  subject?: string | Record<string, string> | null;
  /** The schema that a query runs on. */
  setup?: string | null;
  limits?: { seconds?: number; memory_mb?: number } | null;
  seconds_left?: number | null;
}

export interface VisibleTest {
  name?: string;
  input?: unknown;
  expected?: unknown;
  [key: string]: unknown;
}

/** The stored code of a task: `seq` operations have been applied. */
export interface StoredCode {
  task_id: string;
  language: string;
  text: string;
  seq: number;
  /** Handed in: it does not change any more. */
  submitted?: boolean;
}

export interface StreamState {
  phase?: ServerPhase;
  question_number?: number | null;
  question_count?: number | null;
  seconds_left?: number | null;
  task?: Task | null;
  code?: StoredCode | null;
  speech_engine?: string | null;
  /** Empty where the interviewer only writes. */
  voice_engine?: string | null;
  proctoring?: unknown;
  /** Whether this connection is recorded. */
  recording?: boolean;
  /** The newest stored message: what comes up to it is old news. */
  last_seq?: number;
}

interface Numbered {
  /** Stored messages are counted per interview from 1. */
  seq?: number;
}

export interface InterviewMessage extends Numbered {
  type: "interview_message";
  phase: ServerPhase;
  text: string;
  kind?: MessageKind;
  question_number?: number | null;
  question_count?: number | null;
  utterance_id?: string;
  /** Said again (after a reconnect, or on request): not a new message. */
  repeat?: boolean;
  task?: Task;
}

export interface AsrResult extends Numbered {
  type: "asr_result";
  text: string;
  final?: boolean;
  utterance_id?: string;
  acked_n?: number;
}

export interface CodeTestResult {
  name: string;
  status: string;
  time_ms?: number | null;
  memory_kb?: number | null;
  /** What the program wrote. */
  stdout?: string | null;
  stderr?: string | null;
}

export interface CodeResult extends Numbered {
  type: "code_result";
  task_id: string;
  run_id?: string;
  kind?: "run" | "submission";
  status: string;
  text?: string;
  stdout?: string;
  stderr?: string;
  compile_output?: string | null;
  tests?: CodeTestResult[];
  hidden?: { passed: number; total: number } | null;
  time_ms?: number | null;
  memory_kb?: number | null;
}

export type ServerMessage =
  | { type: "connection_established"; session_id?: string; text?: string }
  | { type: "stream_created"; interview_id?: string; resumed?: boolean; state?: StreamState; text?: string }
  | InterviewMessage
  | AsrResult
  | ({ type: "cheat_detected"; text: string; signal?: string; event_id?: string | number } & Numbered)
  | { type: "ai_speaking_start"; utterance_id: string; from_ms?: number }
  | { type: "ai_transcript_chunk"; utterance_id: string; text: string }
  | { type: "ai_audio_chunk"; utterance_id: string; audio: string; index: number; format: string; sample_rate: number }
  | { type: "ai_audio_end"; utterance_id: string }
  | { type: "ai_speaking_end"; utterance_id: string }
  | { type: "ai_interrupted"; utterance_id: string; heard_ms?: number }
  | CodeResult
  | { type: "editor_ack"; task_id: string; seq: number }
  | { type: "recording"; active: boolean }
  | ({ type: "interview_complete"; summary?: string; interview_id?: string; outcome?: string } & Numbered)
  | { type: "error"; text: string; code?: string; retryable?: boolean; field?: string }
  | { type: "pong"; t?: number };

export type ControlAction =
  | "answer_done"
  | "repeat_question"
  | "skip_question"
  | "need_time"
  | "typing"
  | "end_interview";

export type PlaybackEvent = "started" | "progress" | "ended" | "stopped";

export interface EditorEvent {
  t_ms: number;
  changes: unknown;
}

export type ClientMessage =
  | {
      type: "create_stream";
      title: string;
      description: string;
      interview_id: string;
      resume_id: string;
      language: string;
      audio: boolean;
      input: "voice" | "text";
      last_seq: number;
    }
  | { type: "audio_frame"; audio_data: string; n?: number; end?: boolean }
  | { type: "video_frame"; frame_data: string; frame_type: "keyframe" }
  | { type: "disconnect" }
  | { type: "text_answer"; text: string }
  | { type: "control"; action: ControlAction }
  | { type: "code_run" | "code_submit"; task_id: string; language: string; source: string; run_id: string; stdin?: string }
  | { type: "editor_events"; task_id: string; base_seq: number; language: string; events: EditorEvent[] }
  | { type: "client_event"; name: string; at_ms: number; detail: Record<string, unknown> }
  | { type: "playback"; utterance_id: string; event: PlaybackEvent; ms: number }
  | { type: "ping"; t: number };

const KNOWN = new Set<string>([
  "connection_established", "stream_created", "interview_message", "asr_result", "cheat_detected", "ai_speaking_start",
  "ai_transcript_chunk", "ai_audio_chunk", "ai_audio_end", "ai_speaking_end", "ai_interrupted", "code_result",
  "editor_ack", "recording", "interview_complete", "error", "pong",
]);

/** The message in a text frame, or null when it is not one that the room knows. */
export function parseMessage(frame: string): ServerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const type = (value as { type?: unknown }).type;
  return typeof type === "string" && KNOWN.has(type) ? (value as ServerMessage) : null;
}

const NUMBERED = new Set<string>(["interview_message", "asr_result", "cheat_detected", "code_result", "interview_complete"]);

/** The sequence number of a stored message, else 0. (An `editor_ack` has a `seq` too: of the document.) */
export function seqOf(message: ServerMessage): number {
  const seq = (message as Numbered).seq;
  return NUMBERED.has(message.type) && typeof seq === "number" ? seq : 0;
}
