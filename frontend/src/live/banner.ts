/** What the room says of its connection, and the one button that helps. */

import { SUPERSEDED } from "../core/backoff.ts";
import type { ConnectionStatus } from "../core/socket.ts";
import { part, setOptional, setText, text } from "../page.ts";

interface Banner {
  words: string;
  button: string;
  action: "retry" | "reload";
}

const CLOSED: Record<number, Banner> = {
  4401: { words: "connection_signed_out", button: "reload", action: "reload" },
  [SUPERSEDED]: { words: "connection_superseded", button: "continue_here", action: "reload" },
};
const CLOSED_OTHERWISE: Banner = { words: "connection_closed", button: "reload", action: "reload" };
const UNREACHABLE: Banner = { words: "connection_unreachable", button: "try_now", action: "retry" };
const LOST: Banner = { words: "connection_lost", button: "try_now", action: "retry" };

/** Null while there is nothing to say. The first attempt to come back is usually over before one could read it. */
function bannerOf(status: ConnectionStatus, everOpen: boolean): Banner | null {
  if (status.name === "closed") return CLOSED[status.code] ?? CLOSED_OTHERWISE;
  if (status.name !== "reconnecting") return null;
  return everOpen ? LOST : UNREACHABLE;
}

/** `everOpen`: there was a connection before. */
export function renderBanner(status: ConnectionStatus, everOpen: boolean): void {
  const banner = bannerOf(status, everOpen);
  const box = part("banner");
  if (status.name === "connecting" && !box.hidden) return; // between two attempts: no flicker
  box.hidden = !banner;
  setText(part("banner-text"), banner ? text(banner.words) : "");
  setOptional(part("banner-button"), banner ? text(banner.button) : "");
  part("banner-button").dataset["action"] = banner?.action ?? "";
}
