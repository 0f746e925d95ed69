/** What the server tells of a replay, and how its parts are called. */

import { clockText } from "../core/clock.ts";

export interface Mark {
  kind: "run" | "submission" | "paste" | "focus" | "typing" | "like";
  at_ms: number;
  title: string;
  detail: string;
  ok: boolean | null;
}

interface Comparison {
  outcome: "equal" | "different" | "broken";
  byte: number | null;
  line: number | null;
  column: number | null;
  seq: number | null;
}

export interface Description {
  task_id: string;
  title: string;
  operations: number;
  start_ms: number;
  end_ms: number;
  languages: { seq: number; at_ms: number; language: string }[];
  marks: Mark[];
  submission: { run_id: string; at_ms: number; language: string; text: string } | null;
  comparison: Comparison | null;
}

export type Say = (key: string, values?: Record<string, string | number>) => string;

/** The language that is written in after operation `seq`. */
export function languageAt(languages: Description["languages"], seq: number): string {
  return languages.filter((row) => row.seq <= seq).at(-1)?.language ?? languages[0]?.language ?? "";
}

/** Minutes and seconds since the beginning. */
export function timeText(description: Pick<Description, "start_ms">, atMs: number): string {
  return clockText(Math.floor(Math.max(0, atMs - description.start_ms) / 1000));
}

/** Where a time stands between beginning and end, in percent. */
export function percentOf(description: Pick<Description, "start_ms" | "end_ms">, atMs: number): number {
  const all = description.end_ms - description.start_ms;
  return all > 0 ? Math.min(100, Math.max(0, (100 * (atMs - description.start_ms)) / all)) : 0;
}

/** Whether what was written is what was handed in. */
export function verdict(description: Pick<Description, "submission" | "comparison">, say: Say): string {
  const { submission, comparison } = description;
  if (!submission) return say("not_handed_in");
  if (!comparison) return say("not_compared");
  if (comparison.outcome === "equal") return say("equal");
  const place = { line: comparison.line ?? 0, column: comparison.column ?? 0, byte: comparison.byte ?? 0, seq: comparison.seq ?? 0 };
  return say(comparison.outcome, place);
}
