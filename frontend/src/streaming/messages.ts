/** The messages of `/api/v1/ai/ws/streaming-interview`. Unknown fields are ignored, unknown types are null. */

export interface Said {
  role: "interviewer" | "candidate";
  text: string;
  at_ms: number;
}

export type ServerMessage =
  | { type: "user_transcript"; text: string }
  | { type: "ai_transcript_chunk"; text: string; utterance_id: string }
  | { type: "ai_audio_chunk"; audio: string; format: string; utterance_id: string }
  | { type: "ai_audio_end"; utterance_id: string }
  | { type: "ai_interrupted"; utterance_id: string; heard_ms: number }
  | { type: "interview_ended"; conversation: Said[]; summary: string; outcome: string; interview_id: string }
  | { type: "error"; text: string; message: string; code: string; retryable: boolean }
  | { type: "pong" };

export type ClientMessage =
  | { type: "audio_chunk"; data: string; format: "webm" }
  | { type: "end_interview" }
  | { type: "ping"; t: number };

const TYPES = new Set<string>([
  "user_transcript", "ai_transcript_chunk", "ai_audio_chunk", "ai_audio_end", "ai_interrupted", "interview_ended", "error", "pong",
]);

export function parse(data: unknown): ServerMessage | null {
  if (typeof data !== "string") return null;
  try {
    const message = JSON.parse(data) as { type?: unknown } | null;
    return typeof message?.type === "string" && TYPES.has(message.type) ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}
