/** What is said of a test, by the key of its words. */

import type { Task } from "../core/protocol.ts";

/**
 * Tests of a candidate's own have to accept the correct program, which comes first, and to catch the faulty ones. The first
 * is "wrong" where they accept it and catch nothing, as tests would that test nothing; where they refuse it, they broke off.
 */
export function testKey(status: string, kind: Task["kind"], index: number): string {
  if (kind === "testing" && status === "wrong_answer") return index ? "result_not_caught" : "result_accepts_only";
  if (kind === "testing" && status === "runtime_error" && !index) return "result_refused";
  return status === "ok" ? "status_ok_test" : `result_${status}`;
}
