/** The editor's operations on their way to the server: numbered, sent in batches, kept until acknowledged. */

import type { EditorEvent } from "../core/protocol.ts";

const MOST_IN_A_BATCH = 200;
/** Of the changes' JSON: a message may have 4 MiB. */
const MOST_CHARACTERS = 500_000;
/** Of the changes: a message may have 50,000, and one operation 10,000. */
const MOST_PARTS = 20_000;

interface Batch {
  base_seq: number;
  /** Of the text after these events. */
  language: string;
  events: EditorEvent[];
}

/** An operation, with the programming language that the text has with it. */
export interface Operation extends EditorEvent {
  language: string;
}

export class EditLog {
  private sent: number;

  /** `acked`: operations that the server has; `pending`: those after them. */
  constructor(private acked: number, private readonly pending: Operation[] = []) {
    this.sent = acked;
  }

  record(changes: unknown, tMs: number, language: string): void {
    this.pending.push({ t_ms: Math.round(tMs), changes, language });
  }

  /** What was not sent yet, or null. It then counts as sent. */
  take(): Batch | null {
    const waiting = this.pending.slice(this.sent - this.acked);
    const language = waiting[0]?.language;
    if (language === undefined) return null;
    const events = waiting.slice(0, portion(waiting, language)).map(({ t_ms, changes }) => ({ t_ms, changes }));
    const batch = { base_seq: this.sent, language, events };
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

  /** The connection is gone: what it did not acknowledge has to be sent again. */
  rewind(): void {
    this.sent = this.acked;
  }

  get ackedSeq(): number {
    return this.acked;
  }

  get unacknowledged(): readonly Operation[] {
    return this.pending;
  }

  get isSaved(): boolean {
    return this.pending.length === 0;
  }
}

/** How many of the operations go in one message: of one language, and not too long. At least one. */
function portion(waiting: Operation[], language: string): number {
  let characters = 0;
  let parts = 0;
  const end = waiting.findIndex((operation, index) => {
    characters += JSON.stringify(operation.changes).length;
    parts += Array.isArray(operation.changes) ? operation.changes.length : 0;
    const tooMuch = index >= MOST_IN_A_BATCH || characters > MOST_CHARACTERS || parts > MOST_PARTS;
    return index > 0 && (tooMuch || operation.language !== language);
  });
  return end < 0 ? waiting.length : end;
}
