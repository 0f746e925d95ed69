/** What the editor's bar says of the text: where it is, and whether it can still be changed. */

import { SUPERSEDED } from "../core/backoff.ts";
import type { HandIn } from "./errands.ts";

export interface Saving {
  handIn: HandIn;
  saved: boolean;
  online: boolean;
  /** The code with which the connection ended for good, or null. */
  closedWith: number | null;
}

/** The key of its words. */
export function stateKey({ handIn, saved, online, closedWith }: Saving): string {
  if (handIn === "done") return "code_sent";
  if (closedWith !== null) return closedWith === SUPERSEDED ? "code_goes_on_elsewhere" : "code_closed";
  if (handIn === "sent") return online ? "code_sending" : "code_sent_later";
  if (handIn === "refused") return "code_refused";
  if (saved) return "code_saved";
  return online ? "code_saving" : "code_waiting";
}

/** The name of its colour and sign in code.css. */
export function stateLook({ handIn, saved, online, closedWith }: Saving): string {
  if (closedWith !== null && handIn !== "done") return "waiting";
  if (handIn !== "no") return handIn;
  if (saved) return "saved";
  return online ? "saving" : "waiting";
}
