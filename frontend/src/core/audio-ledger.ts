/**
 * The audio since the last final text. The server never hands recognition over from one connection to the next, so
 * after a resume everything that it has not acknowledged is sent again.
 */

interface NumberedFrame {
  /** Running number of the frame, from 1. */
  n: number;
  /** Base64 of one 40 ms frame. */
  data: string;
}

const FRAMES_KEPT = 1500; // 60 s of 40 ms frames

export class AudioLedger {
  private frames: NumberedFrame[] = [];
  private last = 0;
  private sent = 0;

  constructor(private readonly limit: number = FRAMES_KEPT) {}

  /** Adds a frame; beyond the limit the oldest is forgotten. */
  push(data: string): void {
    this.last += 1;
    this.frames.push({ n: this.last, data });
    if (this.frames.length > this.limit) this.frames.shift();
  }

  /** Up to `most` frames that were not sent on this connection, in order; they then count as sent. */
  take(most: number): NumberedFrame[] {
    const first = this.frames[0];
    if (!first) return [];
    const from = Math.max(0, this.sent + 1 - first.n);
    const batch = this.frames.slice(from, from + most);
    const newest = batch.at(-1);
    if (newest) this.sent = newest.n;
    return batch;
  }

  /** The text of everything up to frame `n` is stored. */
  acknowledge(n: number): void {
    this.frames = this.frames.filter((frame) => frame.n > n);
  }

  /** A new connection: what is kept has to be sent again. */
  rewind(): void {
    this.sent = 0;
  }

  /** Frames waiting to be sent. */
  get waiting(): number {
    const first = this.frames[0];
    return first ? this.last - Math.max(this.sent, first.n - 1) : 0;
  }

  get kept(): number {
    return this.frames.length;
  }
}
