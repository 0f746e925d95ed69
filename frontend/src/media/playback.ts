/** The interviewer's voice as a schedule: which chunk sounds when, and what was heard of it. No audio interface here. */

export interface PlaybackListener {
  started(utteranceId: string): void;
  progress(utteranceId: string, ms: number): void;
  ended(utteranceId: string, ms: number): void;
  stopped(utteranceId: string, ms: number): void;
}

/** Between a chunk's arrival and its sound, where nothing is queued: absorbs the network's jitter. */
const LEAD_S = 0.12;
const PROGRESS_EVERY_S = 0.5;

interface Span {
  from: number;
  to: number;
}

/** One utterance's chunks on the audio clock (seconds); `fromMs`: what was heard before it was interrupted and went on. */
export class Utterance {
  private spans: Span[] = [];
  private complete = false;
  private state: "waiting" | "sounding" | "over" = "waiting";
  private told = 0;

  constructor(
    readonly id: string,
    private readonly listener: PlaybackListener,
    private readonly fromMs = 0,
  ) {}

  /** When the next chunk of `duration` seconds has to start. */
  schedule(duration: number, now: number, notBefore: number): number {
    const queuedUntil = Math.max(notBefore, this.endsAt);
    const from = queuedUntil > now ? queuedUntil : now + LEAD_S;
    this.spans.push({ from, to: from + duration });
    return from;
  }

  /** The last chunk has arrived. */
  close(): void {
    this.complete = true;
  }

  get endsAt(): number {
    return this.spans.at(-1)?.to ?? 0;
  }

  get isOver(): boolean {
    return this.state === "over";
  }

  /** Milliseconds of the whole utterance that have sounded; gaps between late chunks do not count. */
  heardMs(now: number): number {
    const seconds = this.spans.reduce((sum, span) => sum + Math.max(0, Math.min(now, span.to) - span.from), 0);
    return this.fromMs + Math.round(seconds * 1000);
  }

  /** Tells the listener what has happened by `now`. */
  advance(now: number): void {
    const first = this.spans[0];
    if (this.state === "waiting" && first && now >= first.from) {
      this.state = "sounding";
      this.told = first.from;
      this.listener.started(this.id);
    }
    if (this.state === "waiting" && this.complete && !first) this.finish(now);
    if (this.state !== "sounding") return;
    if (this.complete && now >= this.endsAt) this.finish(now);
    else if (now - this.told >= PROGRESS_EVERY_S) {
      this.told = now;
      this.listener.progress(this.id, this.heardMs(now));
    }
  }

  /** Cut off. */
  stop(now: number): void {
    if (this.state === "over") return;
    this.state = "over";
    this.listener.stopped(this.id, this.heardMs(now));
  }

  private finish(now: number): void {
    this.state = "over";
    this.listener.ended(this.id, this.heardMs(now));
  }
}
