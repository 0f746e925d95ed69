/** After the interview: what happens next, and the report when it is there. */

import type { RoomState } from "../core/state.ts";
import { data, part, setText, showStep, text } from "../page.ts";

const ASK_EVERY_MS = 3000;
const ASK_TIMES = 60;

export function showResult(state: RoomState): void {
  setText(part("result-title"), text(titleKey(state.outcome)));
  setText(part("result-summary"), state.summary);
  part("stepper").hidden = false;
  part("room-tools").hidden = true;
  showStep("result");
  document.querySelector<HTMLElement>("[data-step='result']")?.focus();
  void followReport();
}

function titleKey(outcome: string): string {
  return outcome === "completed" || outcome === "stopped" ? `ended_${outcome}` : "ended_other";
}

async function followReport(): Promise<void> {
  setText(part("report-state"), text("report_pending"));
  const ready = await reportIsReady();
  part("report-progress").hidden = true;
  part("report-link").hidden = !ready;
  part("result-summary").hidden = ready; // it says that the report is being prepared
  setText(part("report-state"), text(ready ? "report_ready" : "report_later"));
}

async function reportIsReady(): Promise<boolean> {
  for (let asked = 0; asked < ASK_TIMES; asked += 1) {
    const status = await reportStatus();
    if (status === "ready") return true;
    if (status === "failed" || status === "hidden") return false;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return false;
}

/** `pending`, `ready` or `failed`; `hidden` where the company does not share it. */
async function reportStatus(): Promise<string> {
  const url = `/api/v1/analysis/report/${data.resume_id}/?interview_id=${data.interview_id}`;
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.status === 403) return "hidden";
    if (!answer.ok) return "pending";
    return String(((await answer.json()) as { status?: unknown }).status ?? "pending");
  } catch {
    return "pending";
  }
}
