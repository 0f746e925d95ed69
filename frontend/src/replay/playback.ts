/** Playing through time: where it stands, how fast it goes, what it skips. Time comes in; nothing here looks at a clock. */

export const SPEEDS = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** A stretch in which nothing happens is idle when it is longer than this. */
const IDLE_MS = 10_000;
/** So much of an idle stretch is played at either end, so that a skip is seen for what it is. */
const EDGE_MS = 1_000;

export class Playback {
  position: number;
  playing = false;
  speed: Speed = 1;
  skipsIdle = true;

  /** `busy`: the times at which something happens, in order. */
  constructor(readonly start: number, readonly end: number, private readonly busy: readonly number[]) {
    this.position = start;
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  /** From the end it begins anew. */
  toggle(): void {
    if (!this.playing && this.atEnd) this.position = this.start;
    this.playing = !this.playing && !this.atEnd;
  }

  seek(position: number): void {
    this.position = Math.min(this.end, Math.max(this.start, position));
    if (this.atEnd) this.playing = false;
  }

  /** To the next (1) or the previous (-1) moment at which something happens. */
  step(direction: 1 | -1): void {
    const after = countUpTo(this.busy, this.position);
    if (direction > 0) this.seek(this.busy[after] ?? this.end);
    else this.seek(this.busy[countBefore(this.busy, this.position) - 1] ?? this.start);
  }

  /** So much time has passed for who watches. */
  advance(elapsedMs: number): void {
    let left = elapsedMs * this.speed;
    while (this.playing && left > 0) {
      const before = this.position;
      left -= this.move(left);
      if (this.position === before) return;
    }
  }

  /** Goes on by at most `most`, up to where something changes; returns what it cost. */
  private move(most: number): number {
    const after = countUpTo(this.busy, this.position);
    const [last, next] = [this.busy[after - 1] ?? this.start, this.busy[after] ?? this.end];
    let target = next;
    if (this.skipsIdle && next - last > IDLE_MS) {
      const [from, to] = [last + EDGE_MS, next - EDGE_MS];
      if (this.position >= from && this.position < to) {
        this.position = to;
        return 0;
      }
      if (this.position < from) target = from;
    }
    const moved = Math.min(most, target - this.position);
    this.seek(this.position + moved);
    return moved;
  }
}

/** How many of the sorted `times` are at or before `time`. */
export function countUpTo(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the sorted `times` are before `time`. */
function countBefore(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The operations' times and the marks', in order, each once. */
export function busyTimes(...lists: (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((one, other) => one - other);
}
