/** An interview by voice in a few calls: connect, record, listen to events. */

import { fromBase64, toBase64 } from "../core/base64.ts";
import type { SocketLike, Timers } from "../core/socket.ts";
import type { PlaybackListener } from "../media/playback.ts";
import { Link } from "./link.ts";
import type { Said, ServerMessage } from "./messages.ts";
import type { Recording } from "./recorder.ts";
import { readWav } from "./wav.ts";

export interface Events {
  /** The interview is open. Once, however often the connection breaks. */
  connected: Record<string, never>;
  /** The connection broke; it is tried again after `delayMs`. */
  reconnecting: { attempt: number; delayMs: number };
  /** It is back: the interviewer says again what it asked last. */
  reconnected: Record<string, never>;
  /** A whole answer, as it was understood. */
  user_transcript: { text: string };
  /** What the interviewer says, in parts that belong together up to the next `ai_audio_end`. */
  ai_transcript: { text: string; utteranceId: string };
  /** An utterance was played to its end. */
  ai_audio_end: { utteranceId: string };
  interview_ended: { conversation: Said[]; summary: string; outcome: string };
  /** The connection has ended for good, whether by the interview's end or not: nothing more is heard. */
  closed: { code: number };
  /** `code` as in the protocol; `closed` where the connection ended for good, `unsupported` where nothing can be recorded. */
  error: { text: string; code: string; retryable: boolean };
}

export type EventName = keyof Events;
export type Handler<Name extends EventName> = (detail: Events[Name]) => void;

export interface Options {
  /** `wss://HOST/api/v1/ai/ws/streaming-interview`. */
  url: string;
  /** An access token; on a page of the site itself the session cookie does. */
  token?: string | (() => string | Promise<string>);
  interviewId?: string;
  resumeId?: string;
  language?: string;
  /** Of each piece of the recording: the shorter, the sooner an answer is understood. */
  pieceMs?: number;
}

export interface PlayerLike {
  unlock(): Promise<void>;
  begin(utteranceId: string): void;
  chunk(utteranceId: string, bytes: Uint8Array, sampleRate: number): void;
  end(utteranceId: string): void;
  stop(utteranceId?: string): void;
  close(): void;
}

/** What a browser has; tests bring their own. */
export interface Surroundings {
  socket(url: string): SocketLike;
  player(listener: PlaybackListener): PlayerLike;
  record(stream: MediaStream, pieceMs: number, onPiece: (bytes: Uint8Array) => void): Recording;
  timers: Timers;
}

const PIECE_MS = 200;
/** The server lost the thread of the recording: it understands the next one, from its header on. */
const LOST_THREAD = new Set(["bad_audio", "recognition_failed"]);
const MOST_RENEWALS = 4;
const RENEWALS_COUNT_MS = 60_000;
const UNSUPPORTED = "This browser cannot record WebM with Opus.";
const CLOSED = "The connection was closed.";

export class StreamingInterview {
  private readonly link: Link;
  private readonly player: PlayerLike;
  private readonly handlers = new Map<EventName, Set<Handler<never>>>();
  private microphone: MediaStream | null = null;
  private recording: Recording | null = null;
  /** The recording whose pieces are wanted: its last one comes after it was stopped. */
  private newest: Recording | null = null;
  /** In the last minute. */
  private renewals = 0;
  private renewalIsDue = false;
  private speaking = "";
  private waiting: { resolve: () => void; reject: (error: Error) => void } | null = null;
  private wasOpen = false;
  private lastError = CLOSED;

  constructor(private readonly options: Options, private readonly surroundings: Surroundings) {
    this.player = surroundings.player({
      started: () => undefined,
      progress: () => undefined,
      ended: (utteranceId) => this.emit("ai_audio_end", { utteranceId }),
      stopped: () => undefined,
    });
    this.link = new Link({
      connect: async () => surroundings.socket(await this.address()),
      onMessage: (message) => this.received(message),
      onOpen: () => this.opened(),
      onLost: (attempt, delayMs) => this.lost(attempt, delayMs),
      onClosed: (code) => this.closed(code),
      timers: surroundings.timers,
    });
  }

  /** Resolves when the interview is open; rejects when it cannot be. Call it in a click: browsers allow sound only after one. */
  async connect(): Promise<void> {
    void this.player.unlock().catch(() => undefined);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.link.open();
    });
  }

  /** Sends what the stream's microphone hears; after a break by itself. */
  async startRecording(stream: MediaStream): Promise<void> {
    this.stopRecording();
    this.microphone = stream;
    this.resumeRecording();
  }

  /** What was said is the answer a moment later. */
  stopRecording(): void {
    this.microphone = null;
    this.recording?.stop();
    this.recording = null;
  }

  endInterview(): void {
    this.stopRecording();
    this.link.send({ type: "end_interview" });
  }

  /** Leaves; the interview can be gone on with later. */
  disconnect(): void {
    this.stopRecording();
    this.player.close();
    this.link.close();
  }

  /** Gives a function that takes the handler away again. */
  on<Name extends EventName>(event: Name, handler: Handler<Name>): () => void {
    const handlers = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, handlers.add(handler as Handler<never>));
    return () => void handlers.delete(handler as Handler<never>);
  }

  private async address(): Promise<string> {
    const { token, interviewId, resumeId, language } = this.options;
    const address = new URL(this.options.url);
    const wanted = { token: typeof token === "function" ? await token() : token, interview_id: interviewId, resume_id: resumeId, language };
    for (const [name, value] of Object.entries(wanted)) if (value) address.searchParams.set(name, value);
    return address.href;
  }

  private opened(): void {
    this.waiting?.resolve();
    this.waiting = null;
    this.emit(this.wasOpen ? "reconnected" : "connected", {});
    this.wasOpen = true;
    this.resumeRecording();
  }

  private lost(attempt: number, delayMs: number): void {
    this.pauseRecording();
    this.player.stop();
    this.speaking = "";
    this.emit("reconnecting", { attempt, delayMs });
  }

  private closed(code: number): void {
    this.stopRecording();
    this.waiting?.reject(new Error(this.lastError));
    this.waiting = null;
    // 1000 is the interview's own end, and an error that came before has said why.
    if (code !== 1000 && this.lastError === CLOSED) this.emit("error", { text: CLOSED, code: "closed", retryable: false });
    this.emit("closed", { code });
  }

  private resumeRecording(): void {
    if (!this.microphone || !this.link.isOpen || this.recording) return;
    let recording: Recording | null = null;
    try {
      // What the last recording still had belongs to its own connection: a new one begins with its header.
      recording = this.surroundings.record(this.microphone, this.options.pieceMs ?? PIECE_MS, (bytes) => this.sendPiece(recording, bytes));
    } catch {
      this.microphone = null;
      this.emit("error", { text: UNSUPPORTED, code: "unsupported", retryable: false });
    }
    this.recording = this.newest = recording;
    this.renewalIsDue = false;
  }

  /** Begins the recording anew; where that has not helped a few times, only when a minute has passed. */
  private renewRecording(): void {
    if (!this.recording) return;
    this.renewalIsDue = this.renewals >= MOST_RENEWALS;
    if (this.renewalIsDue) return;
    this.renewals += 1;
    this.surroundings.timers.after(RENEWALS_COUNT_MS, () => {
      this.renewals -= 1;
      if (this.renewalIsDue) this.renewRecording();
    });
    this.pauseRecording();
    this.resumeRecording();
  }

  private pauseRecording(): void {
    const recording = this.recording;
    this.recording = this.newest = null;
    recording?.stop();
  }

  private sendPiece(recording: Recording | null, bytes: Uint8Array): void {
    if (recording === this.newest && this.link.isOpen) this.link.send({ type: "audio_chunk", data: toBase64(bytes), format: "webm" });
  }

  private received(message: ServerMessage): void {
    switch (message.type) {
      case "user_transcript":
        this.emit("user_transcript", { text: message.text });
        break;
      case "ai_transcript_chunk":
        this.emit("ai_transcript", { text: message.text, utteranceId: message.utterance_id });
        break;
      case "ai_audio_chunk":
        this.play(message.utterance_id, message.audio);
        break;
      case "ai_audio_end":
        this.finish(message.utterance_id);
        break;
      case "ai_interrupted":
        this.player.stop(message.utterance_id);
        this.speaking = ""; // it may go on, with more chunks
        break;
      case "interview_ended":
        this.stopRecording();
        this.emit("interview_ended", { conversation: message.conversation, summary: message.summary, outcome: message.outcome });
        break;
      case "error":
        this.lastError = message.text;
        if (LOST_THREAD.has(message.code)) this.renewRecording();
        this.emit("error", { text: message.text, code: message.code, retryable: message.retryable });
        break;
    }
  }

  private play(utteranceId: string, audio: string): void {
    const wav = readWav(fromBase64(audio));
    if (!wav) return;
    if (this.speaking !== utteranceId) this.player.begin(utteranceId);
    this.speaking = utteranceId;
    this.player.chunk(utteranceId, wav.pcm, wav.rate);
  }

  /** The player tells when the last chunk was heard; of what has no sound, or was cut short, nothing is to come. */
  private finish(utteranceId: string): void {
    if (this.speaking === utteranceId) this.player.end(utteranceId);
    else this.emit("ai_audio_end", { utteranceId });
  }

  private emit<Name extends EventName>(event: Name, detail: Events[Name]): void {
    for (const handler of this.handlers.get(event) ?? []) (handler as Handler<Name>)(detail);
  }
}
