/** Why a device did not start, as the part of a text's key: `mic_denied`, `camera_missing`, … */

type DeviceProblem = "denied" | "missing" | "failed";

export function problemOf(error: unknown): DeviceProblem {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "failed";
}
