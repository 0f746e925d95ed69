/** Step 1: who interviews, what is processed, and the candidate's decision. */

import { data, part, setOptional, showStep, text } from "../page.ts";

/** The version of the texts shown; a new wording gets a new one. */
const VERSION = "2026-11";

/** Resolves once the candidate has agreed (at once, if that was before). */
export async function askConsent(): Promise<void> {
  if (data.consents.interview) return;
  showStep("consent");
  const form = part<HTMLFormElement>("consent-form");
  checkbox(form, "recording").checked = data.consents.recording;
  await new Promise<void>((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void submit(form, resolve);
    });
  });
}

async function submit(form: HTMLFormElement, done: () => void): Promise<void> {
  const error = part("consent-error");
  setOptional(error, "");
  try {
    await storeConsent("interview", checkbox(form, "interview").checked);
    await storeConsent("recording", checkbox(form, "recording").checked);
    done();
  } catch {
    setOptional(error, text("consent_failed"));
  }
}

function checkbox(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

/** Adds a decision: the newest holds. Throws where it could not be stored. */
export async function storeConsent(kind: "interview" | "recording", granted: boolean): Promise<void> {
  const answer = await fetch(data.urls.consents, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": data.csrf },
    body: JSON.stringify({ kind, version: VERSION, granted }),
  });
  if (!answer.ok) throw new Error(`consents answered ${answer.status}`);
}
