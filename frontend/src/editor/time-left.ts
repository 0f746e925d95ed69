/** When the time left of a task is said aloud. */

const MINUTES = [5, 1] as const;

/** The minutes to announce as the time left goes from `before` to `now` (seconds; null: no limit), or null. */
export function minutesToAnnounce(before: number | null, now: number | null): number | null {
  if (now === null || now <= 0) return null;
  return MINUTES.findLast((minutes) => now <= minutes * 60 && (before === null || before > minutes * 60)) ?? null;
}
