/** The sign that this interview is recorded, and the candidate's way to end that. */

import type { ServerMessage } from "../core/protocol.ts";
import { part, setOptional, text } from "../page.ts";
import { storeConsent } from "../steps/consent.ts";

export class RecordingSign {
  constructor() {
    part("recording-stop").addEventListener("click", () => void this.stop());
  }

  /** The server says whether it records; nobody else knows. */
  received(message: ServerMessage): void {
    if (message.type === "stream_created") this.show(message.state?.recording === true);
    if (message.type === "recording") this.show(message.active);
  }

  private show(active: boolean): void {
    part("recording").hidden = !active;
  }

  private async stop(): Promise<void> {
    const button = part<HTMLButtonElement>("recording-stop");
    button.disabled = true;
    setOptional(part("recording-error"), "");
    try {
      await storeConsent("recording", false);
    } catch {
      setOptional(part("recording-error"), text("consent_failed"));
    }
    button.disabled = false;
  }
}
