/** The socket under the client: opened again with growing pauses, and given up where that makes no sense. */

import { delayMs, mayReconnect } from "../core/backoff.ts";
import type { SocketLike, Timers } from "../core/socket.ts";
import { parse, type ClientMessage, type ServerMessage } from "./messages.ts";

interface LinkOptions {
  connect: () => Promise<SocketLike>;
  onMessage: (message: ServerMessage) => void;
  /** The server answers on this connection. */
  onOpen: () => void;
  onLost: (attempt: number, delayMs: number) => void;
  onClosed: (code: number) => void;
  timers: Timers;
}

const OPEN = 1;
/** The interview cannot be opened: the error before says why. */
const NOT_OPENED = 4404;
const OPEN_WITHIN_MS = 10_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 10_000;
const CLOSE_SILENT = 3000;
const TIMERS = ["patience", "retry", "ping"] as const;

export class Link {
  private socket: SocketLike | null = null;
  private answering = false;
  private stopped = true;
  private attempt = 0;
  private generation = 0;
  private cancelTimers: Partial<Record<(typeof TIMERS)[number], () => void>> = {};

  constructor(private readonly options: LinkOptions) {}

  open(): void {
    this.stopped = false;
    void this.connect();
  }

  /** Ends for good; the interview can be resumed later. */
  close(): void {
    this.stopped = true;
    this.drop(1000);
  }

  /** Whether what is sent now arrives on an interview that goes on. */
  get isOpen(): boolean {
    return this.answering;
  }

  send(message: ClientMessage): void {
    if (this.socket?.readyState === OPEN) this.socket.send(JSON.stringify(message));
  }

  private async connect(): Promise<void> {
    const generation = ++this.generation;
    this.after("patience", OPEN_WITHIN_MS, () => this.lost());
    const socket = await this.options.connect().catch(() => null);
    if (generation !== this.generation || this.stopped) {
      socket?.close(1000);
      return;
    }
    if (!socket) {
      this.lost();
      return;
    }
    this.socket = socket;
    socket.onmessage = (event) => this.received(parse(event.data));
    socket.onclose = (event) => this.ended(event.code);
  }

  private received(message: ServerMessage | null): void {
    if (!message) return;
    this.cancel("patience");
    this.schedulePing();
    if (!this.answering && message.type !== "error") {
      this.answering = true;
      this.attempt = 0;
      this.options.onOpen();
    }
    if (message.type !== "pong") this.options.onMessage(message);
  }

  private ended(code: number): void {
    this.drop();
    if (this.stopped) return;
    if (mayReconnect(code) && code !== NOT_OPENED) {
      this.retryLater();
      return;
    }
    this.stopped = true;
    this.options.onClosed(code);
  }

  private lost(): void {
    this.drop(CLOSE_SILENT);
    this.retryLater();
  }

  private retryLater(): void {
    const wait = delayMs(this.attempt, this.options.timers.random);
    this.attempt += 1;
    this.after("retry", wait, () => void this.connect());
    this.options.onLost(this.attempt, wait);
  }

  /** Anything that comes shows that the server is there; after a while without, it is asked. */
  private schedulePing(): void {
    this.after("ping", PING_EVERY_MS, () => {
      this.send({ type: "ping", t: Date.now() });
      this.after("patience", PONG_WITHIN_MS, () => this.lost());
    });
  }

  private drop(code?: number): void {
    const socket = this.socket;
    this.generation += 1;
    this.socket = null;
    this.answering = false;
    for (const name of TIMERS) this.cancel(name);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    if (code !== undefined) socket.close(code);
  }

  private after(name: (typeof TIMERS)[number], ms: number, run: () => void): void {
    this.cancel(name);
    this.cancelTimers[name] = this.options.timers.after(ms, run);
  }

  private cancel(name: (typeof TIMERS)[number]): void {
    this.cancelTimers[name]?.();
    delete this.cancelTimers[name];
  }
}
