/** The editor's operations on their way to the server: numbered, sent in batches, kept until acknowledged. */

import type { EditorEvent } from "../core/protocol.ts";

const MOST_IN_A_BATCH = 200;

export interface Batch {
  base_seq: number;
  events: EditorEvent[];
}

export class EditLog {
  private pending: EditorEvent[] = [];
  private sent: number;

  /** `acked`: operations that the server has. */
  constructor(private acked: number) {
    this.sent = acked;
  }

  record(changes: unknown, tMs: number): void {
    this.pending.push({ t_ms: Math.round(tMs), changes });
  }

  /** What was not sent yet, or null. It then counts as sent. */
  take(): Batch | null {
    const from = this.sent - this.acked;
    const events = this.pending.slice(from, from + MOST_IN_A_BATCH);
    if (!events.length) return null;
    const batch = { base_seq: this.sent, events };
    this.sent += events.length;
    return batch;
  }

  /** The server has operations up to `seq`. */
  acknowledge(seq: number): void {
    const known = Math.min(Math.max(0, seq - this.acked), this.pending.length);
    this.pending.splice(0, known);
    this.acked += known;
    this.sent = Math.max(this.sent, this.acked);
  }

  /**
   * After a reconnect: the server has `seq` operations, and gets the rest again. False when that does not fit to what
   * is here (another window wrote): the editor has to take the server's text.
   */
  resume(seq: number): boolean {
    if (seq < this.acked || seq > this.acked + this.pending.length) return false;
    this.acknowledge(seq);
    this.sent = this.acked;
    return true;
  }

  get isSaved(): boolean {
    return this.pending.length === 0;
  }
}
