import type { SocketLike } from "../../frontend/src/core/socket.ts";
import type { PlaybackListener } from "../../frontend/src/media/playback.ts";
import { StreamingInterview, type EventName, type PlayerLike } from "../../frontend/src/streaming/client.ts";

export const SAMPLES = new Uint8Array([1, 0, 2, 0, 3, 0, 4, 0]);

export function wav(pcm: Uint8Array = SAMPLES, { rate = 22_050, channels = 1, extra = 0 } = {}): Uint8Array {
  const head = Buffer.alloc(44 + extra);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + extra + pcm.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2 * channels, 28);
  head.writeUInt16LE(2 * channels, 32);
  head.writeUInt16LE(16, 34);
  if (extra) {
    head.write("LIST", 36);
    head.writeUInt32LE(extra - 8, 40);
  }
  head.write("data", 36 + extra);
  head.writeUInt32LE(pcm.length, 40 + extra);
  return new Uint8Array(Buffer.concat([head, pcm]));
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** The server, at the other end of one connection. */
class Wire implements SocketLike {
  readyState = 1;
  bufferedAmount = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closedWith: number | undefined;

  constructor(readonly url: string) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  say(type: string, fields: object = {}): void {
    this.onmessage?.({ data: JSON.stringify({ type, ...fields }) });
  }

  words(text: string, utterance_id = "u1"): void {
    this.say("ai_transcript_chunk", { text, utterance_id });
  }

  fail(code: string): void {
    this.say("error", { text: "That went wrong.", code, retryable: false });
  }

  cut(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

class FakePlayer implements PlayerLike {
  readonly log: string[] = [];

  constructor(readonly listener: PlaybackListener) {}

  async unlock(): Promise<void> {
    this.log.push("unlock");
  }

  begin(id: string): void {
    this.log.push(`begin ${id}`);
  }

  chunk(id: string, bytes: Uint8Array, rate: number): void {
    this.log.push(`chunk ${id} ${bytes.length} ${rate}`);
  }

  end(id: string): void {
    this.log.push(`end ${id}`);
  }

  stop(id?: string): void {
    this.log.push(id ? `stop ${id}` : "stop all");
  }

  close(): void {
    this.log.push("close");
  }
}

interface FakeRecording {
  piece: (bytes: Uint8Array) => void;
  stopped: boolean;
  ms: number;
}

export const MICROPHONE = {} as MediaStream;
const NAMES: EventName[] = ["connected", "reconnecting", "reconnected", "user_transcript", "ai_transcript", "ai_audio_end", "interview_ended", "error"];

/** A client in a world whose clock is moved by hand. */
export class Bench {
  readonly wires: Wire[] = [];
  readonly events: [string, object][] = [];
  readonly recordings: FakeRecording[] = [];
  player!: FakePlayer;
  recordable = true;
  reachable = true;
  private now = 0;
  private timers: { at: number; run: () => void }[] = [];
  readonly client = new StreamingInterview(
    { url: "wss://example.com/api/v1/ai/ws/streaming-interview", token: async () => `t${this.wires.length}`, interviewId: "7" },
    {
      socket: (url) => {
        if (!this.reachable) throw new Error("no network");
        const wire = new Wire(url);
        this.wires.push(wire);
        return wire;
      },
      player: (listener) => (this.player = new FakePlayer(listener)),
      record: (_stream, ms, piece) => {
        if (!this.recordable) throw new Error("no WebM");
        const recording: FakeRecording = { piece, stopped: false, ms };
        this.recordings.push(recording);
        return { stop: () => void (recording.stopped = true) };
      },
      timers: {
        after: (ms, run) => {
          const timer = { at: this.now + ms, run };
          this.timers.push(timer);
          return () => {
            this.timers = this.timers.filter((one) => one !== timer);
          };
        },
        random: () => 1,
      },
    },
  );

  constructor() {
    for (const name of NAMES) this.client.on(name, (detail) => this.events.push([name, detail]));
  }

  get wire(): Wire {
    return this.wires.at(-1)!;
  }

  get names(): string[] {
    return this.events.map(([name]) => name);
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await settled();
      const next = this.timers.filter((one) => one.at <= until).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = until;
    await settled();
  }

  async connected(): Promise<void> {
    const connecting = this.client.connect();
    await settled();
    this.wire.words("Hello!");
    await connecting;
  }
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
