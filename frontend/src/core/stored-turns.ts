/** The stored transcript, and how it completes the one that the messages gave: typed answers come over no socket. */

import type { Entry } from "./state.ts";

/** A turn of `GET /api/v1/interviews/{id}/`, as far as it is used. */
export interface StoredTurn {
  phase: string;
  prompt: string;
  /** How it ended; empty while it goes on. */
  outcome: string;
  utterances: StoredUtterance[];
}

export interface StoredUtterance {
  utterance_id: string;
  text: string;
  source: "voice" | "text";
}

/** The transcript in the call's answer; null where it has none that can be read. */
export function turnsOf(answer: unknown): StoredTurn[] | null {
  const turns = (answer as { transcript?: unknown } | null)?.transcript;
  return Array.isArray(turns) && turns.every(isTurn) ? turns : null;
}

function isTurn(value: unknown): value is StoredTurn {
  const turn = value as Partial<StoredTurn> | null;
  return typeof turn?.prompt === "string" && typeof turn.outcome === "string" && Array.isArray(turn.utterances);
}

/** The prompt that waits for an answer, by the stored transcript; null where nothing is asked. */
export function openPrompt(turns: StoredTurn[]): string | null {
  const last = turns.at(-1);
  return last && !last.outcome ? last.prompt : null;
}

/** How often this was typed, by the stored transcript. */
export function timesTyped(turns: StoredTurn[], text: string): number {
  const typed = turns.flatMap((turn) => turn.utterances).filter((said) => said.source === "text");
  return typed.filter((said) => said.text === text).length;
}

/** `entries` with the utterances that they lack, each in its turn. Nothing is listed twice. */
export function withStored(entries: Entry[], turns: StoredTurn[]): Entry[] {
  const merge = new Merge(entries);
  for (const turn of turns) merge.take(turn);
  return merge.result();
}

class Merge {
  private readonly entries: Entry[];
  private readonly taken = new Set<string>();
  private cursor = 0;
  private changed = false;

  constructor(private readonly before: Entry[]) {
    this.entries = [...before];
  }

  take(turn: StoredTurn): void {
    const asked = this.entries.findIndex((entry, at) => at >= this.cursor && entry.who === "interviewer" && entry.text === turn.prompt);
    if (asked >= 0) this.cursor = asked + 1;
    turn.utterances.forEach((said, index) => this.place(said, turn, turn.utterances.slice(index + 1)));
  }

  result(): Entry[] {
    return this.changed ? this.entries : this.before;
  }

  private place(said: StoredUtterance, turn: StoredTurn, later: StoredUtterance[]): void {
    const known = this.find(said);
    if (known >= 0) {
      this.taken.add((this.entries[known] as Entry).id);
      this.cursor = Math.max(this.cursor, known + 1);
      return;
    }
    const before = later.map((one) => this.find(one)).find((at) => at >= this.cursor);
    const at = before ?? this.endOf(turn);
    const id = said.source === "text" ? `t:${said.utterance_id}` : `c:${said.utterance_id}`;
    this.entries.splice(at, 0, { id, who: "candidate", text: said.text });
    this.taken.add(id);
    this.cursor = at + 1;
    this.changed = true;
  }

  /** What was typed on this page has an id of the page's own: there the words decide. */
  private find(said: StoredUtterance): number {
    if (said.source !== "text") return this.entries.findIndex((entry) => entry.id === `c:${said.utterance_id}`);
    return this.entries.findIndex((entry) => entry.id.startsWith("t:") && entry.text === said.text && !this.taken.has(entry.id));
  }

  /** Notices of the same phase (a reminder, "take your time") were said before the answer came. */
  private endOf(turn: StoredTurn): number {
    const rest = this.entries.slice(this.cursor);
    const next = rest.findIndex((entry) => entry.who === "interviewer" && (entry.kind !== "notice" || entry.phase !== turn.phase));
    return next < 0 ? this.entries.length : this.cursor + next;
  }
}
