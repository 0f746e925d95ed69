/** The text at every operation. A copy of it is kept every so many operations: CodeMirror's texts share their parts. */

import { ChangeSet, Text } from "@codemirror/state";
import { countUpTo } from "./playback.ts";

/** `[seq, at_ms, changes]`, as the server sends it. */
export type Operation = [number, number, unknown];

export interface Span {
  from: number;
  to: number;
}

const SNAPSHOT_EVERY = 500;

export class Writing {
  readonly times: number[] = [];
  private readonly numbers: number[] = [];
  private readonly changes: ChangeSet[] = [];
  private readonly snapshots: Text[] = [Text.empty];
  private newest = Text.empty;
  /** The first operation that does not fit the text before it; nothing after it is shown. */
  brokenAt: number | null = null;

  /** Adds operations that follow those before. */
  add(operations: readonly Operation[]): void {
    for (const [seq, atMs, changes] of operations) {
      if (this.brokenAt !== null || !this.take(changes)) {
        this.brokenAt ??= seq;
        return;
      }
      this.numbers.push(seq);
      this.times.push(atMs);
      if (this.changes.length % SNAPSHOT_EVERY === 0) this.snapshots.push(this.newest);
    }
  }

  get length(): number {
    return this.changes.length;
  }

  /** How many operations there were at a time. */
  countAt(time: number): number {
    return countUpTo(this.times, time);
  }

  /** The number that the server gave the last of the first `count` operations; -1 before the first. */
  seqOf(count: number): number {
    return this.numbers[count - 1] ?? -1;
  }

  /** The text after the first `count` operations. */
  textAt(count: number): Text {
    if (count >= this.length) return this.newest;
    const nearest = Math.floor(count / SNAPSHOT_EVERY);
    let text = this.snapshots[nearest] as Text;
    for (let index = nearest * SNAPSHOT_EVERY; index < count; index += 1) text = (this.changes[index] as ChangeSet).apply(text);
    return text;
  }

  /** Where the last of the first `count` operations changed the text, in that text; what was deleted has no length. */
  changedBy(count: number): Span[] {
    const spans: Span[] = [];
    this.changes[count - 1]?.iterChangedRanges((_fromA, _toA, from, to) => spans.push({ from, to }));
    return spans;
  }

  private take(changes: unknown): boolean {
    try {
      const change = ChangeSet.fromJSON(changes);
      this.newest = change.apply(this.newest);
      this.changes.push(change);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}

/** The one replacement that makes `after` of `before`: so much of the page as possible stays where it is. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
