/** The connection to the interview: one socket at a time, connected again when that makes sense. */

import { AudioLedger } from "./audio-ledger.ts";
import { delayMs, mayReconnect } from "./backoff.ts";
import { parseMessage, seqOf, type ClientMessage, type ServerMessage } from "./protocol.ts";

export interface SocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

export interface Timers {
  after(ms: number, run: () => void): () => void;
  random(): number;
}

interface SocketOptions {
  connect: () => SocketLike;
  /** The first message of each connection. */
  hello: (lastSeq: number) => ClientMessage;
  onMessage: (message: ServerMessage) => void;
  onStatus: (status: ConnectionStatus) => void;
  /** The stream is there, and all that was said before it has gone out. Once a connection. */
  onCaughtUp: () => void;
  timers: Timers;
}

export type ConnectionStatus =
  | { name: "connecting" | "open" }
  | { name: "reconnecting"; attempt: number; delayMs: number }
  | { name: "closed"; code: number };

const OPEN = 1;
const AUDIO_BUFFER_BYTES = 512 * 1024;
const VIDEO_BUFFER_BYTES = 64 * 1024;
const QUEUED_MESSAGES = 100;
/** A socket that neither opens nor fails: a network that swallows packets. */
const OPEN_WITHIN_MS = 10_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 10_000;
const CATCH_UP_EVERY_MS = 40;
/**
 * Frames sent with each new frame and with each catch-up timer: together 6 times real time, under the server's limit
 * of 8. Both, because a hidden tab's timers run once a second while its audio goes on.
 */
const CATCH_UP_FRAMES = 3;
/** Closing a connection that no longer answers; the server may send only 1000 and 3000–4999, and so may we. */
const CLOSE_SILENT = 3000;
/** Answers to the first message after which there will be no stream on this connection, though it stays open. */
const REFUSALS = new Set(["interview_not_found", "resume_not_found", "resume_not_ready", "resume_mismatch", "invalid"]);

const TIMERS = ["open", "retry", "ping", "pong", "catchUp"] as const;

export class RoomSocket {
  readonly ledger = new AudioLedger();
  private socket: SocketLike | null = null;
  private streaming = false;
  private catchingUp = false;
  private stopped = false;
  private attempt = 0;
  private lastSeq = 0;
  private queue: ClientMessage[] = [];
  private cancelTimers: Record<(typeof TIMERS)[number], (() => void) | null> = { open: null, retry: null, ping: null, pong: null, catchUp: null };

  constructor(private readonly options: SocketOptions) {}

  open(): void {
    this.stopped = false;
    this.connectNow();
  }

  /** Connects at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.socket || this.stopped) return;
    this.cancel("retry");
    this.connectNow();
  }

  /** Leaves this connection for a new one with a fresh hello (the way of answering has changed). */
  restart(): void {
    this.drop(CLOSE_SILENT);
    this.attempt = 0;
    this.open();
  }

  /** Ends for good; the interview can be resumed later. */
  leave(): void {
    if (this.streaming) this.transmit({ type: "disconnect" });
    this.stopped = true;
    this.drop(1000);
  }

  /** Sends now, or once the stream is (again) there. Of what waits longest, the oldest is dropped beyond a limit. */
  send(message: ClientMessage): void {
    if (this.streaming) {
      this.transmit(message);
      return;
    }
    this.queue.push(message);
    if (this.queue.length > QUEUED_MESSAGES) this.queue.shift();
  }

  /** Sends only on a live stream: for what is worth nothing later. */
  sendLive(message: ClientMessage): boolean {
    if (!this.streaming) return false;
    this.transmit(message);
    return true;
  }

  /** One 40 ms frame, base64. Kept until its text is final. */
  sendAudio(data: string): void {
    this.ledger.push(data);
    this.pumpAudio(CATCH_UP_FRAMES);
    this.scheduleCatchUp();
  }

  /** Whether a camera frame may go out without delaying speech. */
  get roomForVideo(): boolean {
    return this.streaming && (this.socket?.bufferedAmount ?? Infinity) <= VIDEO_BUFFER_BYTES;
  }

  private connectNow(): void {
    this.options.onStatus({ name: "connecting" });
    const socket = this.options.connect();
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.received(socket, event.data);
    socket.onclose = (event) => this.closed(socket, event.code);
    this.after("open", OPEN_WITHIN_MS, () => this.goneSilent());
  }

  private opened(socket: SocketLike): void {
    if (socket !== this.socket) return;
    this.cancel("open");
    this.transmit(this.options.hello(this.lastSeq));
    this.schedulePing();
  }

  private received(socket: SocketLike, data: unknown): void {
    if (socket !== this.socket || typeof data !== "string") return;
    this.cancel("pong");
    const message = parseMessage(data);
    if (!message || message.type === "pong" || this.isRepeated(message)) return;
    if (message.type === "stream_created") this.streamCreated();
    if (message.type === "asr_result" && message.final && message.acked_n) this.ledger.acknowledge(message.acked_n);
    this.options.onMessage(message);
    if (message.type === "error" && !this.streaming && REFUSALS.has(message.code ?? "")) this.refused(message.retryable === true);
  }

  /** Without this the room would wait for its stream for ever. */
  private refused(retryable: boolean): void {
    this.drop(1000);
    if (retryable) {
      this.retryLater();
      return;
    }
    this.stopped = true;
    this.options.onStatus({ name: "closed", code: 1000 });
  }

  private isRepeated(message: ServerMessage): boolean {
    const seq = seqOf(message);
    if (!seq) return false;
    if (seq <= this.lastSeq) return true;
    this.lastSeq = seq;
    return false;
  }

  private streamCreated(): void {
    this.streaming = true;
    this.attempt = 0;
    this.ledger.rewind();
    this.options.onStatus({ name: "open" });
    for (const message of this.queue.splice(0)) this.transmit(message);
    this.catchingUp = true;
    this.caughtUp();
    this.scheduleCatchUp();
  }

  private closed(socket: SocketLike, code: number): void {
    if (socket !== this.socket) return;
    this.drop();
    if (this.stopped || !mayReconnect(code)) {
      this.stopped = true;
      this.options.onStatus({ name: "closed", code });
      return;
    }
    this.retryLater();
  }

  private retryLater(): void {
    const wait = delayMs(this.attempt, this.options.timers.random);
    this.attempt += 1;
    this.options.onStatus({ name: "reconnecting", attempt: this.attempt, delayMs: wait });
    this.after("retry", wait, () => this.connectNow());
  }

  private drop(code?: number): void {
    const socket = this.socket;
    this.socket = null;
    this.streaming = this.catchingUp = false;
    for (const name of TIMERS) this.cancel(name);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    if (code !== undefined) socket.close(code);
  }

  private transmit(message: ClientMessage): void {
    if (this.socket?.readyState === OPEN) this.socket.send(JSON.stringify(message));
  }

  private pumpAudio(most: number): void {
    if (!this.streaming || (this.socket?.bufferedAmount ?? 0) > AUDIO_BUFFER_BYTES) return;
    for (const frame of this.ledger.take(most)) {
      this.transmit({ type: "audio_frame", audio_data: frame.data, n: frame.n });
    }
    this.caughtUp();
  }

  private caughtUp(): void {
    if (!this.catchingUp || this.ledger.waiting) return;
    this.catchingUp = false;
    this.options.onCaughtUp();
  }

  private scheduleCatchUp(): void {
    if (!this.streaming || this.cancelTimers.catchUp || !this.ledger.waiting) return;
    this.after("catchUp", CATCH_UP_EVERY_MS, () => {
      this.pumpAudio(CATCH_UP_FRAMES);
      this.scheduleCatchUp();
    });
  }

  private schedulePing(): void {
    this.after("ping", PING_EVERY_MS, () => {
      this.transmit({ type: "ping", t: Date.now() });
      this.after("pong", PONG_WITHIN_MS, () => this.goneSilent());
      this.schedulePing();
    });
  }

  private goneSilent(): void {
    this.drop(CLOSE_SILENT);
    this.retryLater();
  }

  private after(name: keyof typeof this.cancelTimers, ms: number, run: () => void): void {
    this.cancel(name);
    this.cancelTimers[name] = this.options.timers.after(ms, () => {
      this.cancelTimers[name] = null;
      run();
    });
  }

  private cancel(name: keyof typeof this.cancelTimers): void {
    this.cancelTimers[name]?.();
    this.cancelTimers[name] = null;
  }
}
