/** Time left, counted here between the server's messages. Milliseconds of one local clock. */

export interface Clock {
  /** Set while it runs. */
  endsAt: number | null;
  /** Set while it stands still. */
  leftMs: number | null;
}

export const STOPPED: Clock = { endsAt: null, leftMs: null };

/** A clock that runs down from `seconds`; stopped where there is no limit. */
export function runningClock(seconds: number | null | undefined, at: number): Clock {
  return typeof seconds === "number" ? { endsAt: at + seconds * 1000, leftMs: null } : STOPPED;
}

/** Whole seconds left, or null where there is no limit. */
export function secondsLeft(clock: Clock, at: number): number | null {
  const left = clock.endsAt === null ? clock.leftMs : clock.endsAt - at;
  return left === null ? null : Math.max(0, Math.ceil(left / 1000));
}

/** The same clock, standing still from now on. */
export function paused(clock: Clock, at: number): Clock {
  return clock.endsAt === null ? clock : { endsAt: null, leftMs: Math.max(0, clock.endsAt - at) };
}

/** The smaller of two limits, either of which may be absent. */
export function shortest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

/** "12:05"; "1:02:05" above an hour. */
export function clockText(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
