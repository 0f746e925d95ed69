/** When to connect again, and whether to. */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Another window took the interview over. */
export const SUPERSEDED = 4409;
/** 1000: over. 4400: our messages were refused. 4401: not signed in. 4429: too fast. */
const FINAL_CODES = new Set([1000, 4400, 4401, SUPERSEDED, 4429]);

export function mayReconnect(closeCode: number): boolean {
  return !FINAL_CODES.has(closeCode);
}

/** Doubles with each attempt (0, 1, …); half of it is random so that a restarted server is not stormed. */
export function delayMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
