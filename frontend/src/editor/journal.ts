/** What was written and is not yet known to be on the server: it survives a reload of the page, in the tab's own storage. */

import type { ClientMessage, StoredCode } from "../core/protocol.ts";
import { applied, storable } from "./changes.ts";
import type { Operation } from "./edit-log.ts";

export type Submission = Extract<ClientMessage, { type: "code_run" | "code_submit" }>;

export interface JournalEntry {
  language: string;
  /** The editor's whole text. */
  text: string;
  /** Operations that the server has acknowledged, and those after them. */
  acked: number;
  pending: readonly Operation[];
  /** What was written in the other programming languages. */
  drafts: Record<string, string>;
  stdin: string;
  /** Handed in, and not yet known to have arrived. */
  submission: Submission | null;
}

export type Keeping = Pick<Storage, "getItem" | "setItem">;

export class Journal {
  private readonly key: string;

  constructor(private readonly storage: Keeping | null, interviewId: string, taskId: string) {
    this.key = `viva.code.${interviewId}.${taskId}`;
  }

  read(): JournalEntry | null {
    try {
      const value: unknown = JSON.parse(this.storage?.getItem(this.key) ?? "null");
      return isEntry(value) ? value : null;
    } catch {
      return null; // not ours, or no storage: as if nothing was kept
    }
  }

  write(entry: JournalEntry): void {
    const smaller = { ...entry, drafts: {} };
    if (!this.keep(entry)) this.keep(smaller);
  }

  private keep(entry: JournalEntry): boolean {
    try {
      this.storage?.setItem(this.key, JSON.stringify(entry));
      return true;
    } catch {
      return false; // the tab's storage is full, or forbidden
    }
  }
}

/** The tab's storage, or null where the browser forbids it. */
export function tabStorage(): Keeping | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * The operations of `entry` that the server, which has `code`, still lacks. Null when the two do not fit together: the
 * text was changed from elsewhere, and that of the server holds.
 */
export function missing(code: StoredCode, entry: Pick<JournalEntry, "acked" | "pending" | "text">): Operation[] | null {
  const known = code.seq - entry.acked;
  if (known < 0 || known > entry.pending.length) return null;
  const rest = entry.pending.slice(known);
  let text: string | null = code.text;
  for (const operation of rest) text = text === null ? null : applied(text, operation.changes);
  return text !== null && storable(text) === storable(entry.text) ? rest : null;
}

/** What of `entry` is still to be handed in. Nothing once the text was changed from elsewhere: it would replace newer work. */
export function submissionOf(entry: JournalEntry | null, rest: Operation[] | null): Submission | null {
  return rest ? (entry?.submission ?? null) : null;
}

function isEntry(value: unknown): value is JournalEntry {
  const entry = value as Partial<JournalEntry> | null;
  return typeof entry?.text === "string" && typeof entry.language === "string" && typeof entry.acked === "number" && Array.isArray(entry.pending);
}
