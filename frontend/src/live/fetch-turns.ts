/** Reads the stored transcript. */

import { turnsOf, type StoredTurn } from "../core/stored-turns.ts";
import { data } from "../page.ts";

const PATIENCE_MS = 8000;

/** Null where it cannot be had now. */
export async function fetchTurns(): Promise<StoredTurn[] | null> {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(`/api/v1/interviews/${data.interview_id}/`, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? turnsOf(await answer.json()) : null;
  } catch {
    return null;
  }
}
