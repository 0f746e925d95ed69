/** What the page notices of itself, told to the server as it is: a person judges what it means. */

type Tell = (name: string, detail: Record<string, unknown>) => void;

export interface Surroundings {
  page: EventTarget & { readonly visibilityState: string; readonly fullscreenElement: unknown };
  window: EventTarget;
  devices?: EventTarget | undefined;
  /** Runs later; the answer cancels that. */
  after(ms: number, run: () => void): () => void;
}

/** A page that is reloaded or left is hidden too, a moment before or after it says so: what outlasts this is another tab. */
const LEAVING_MS = 500;

export function watchSignals(tell: Tell, around: Surroundings): void {
  const { page, window, devices } = around;
  watchHiding(tell, around);
  window.addEventListener("blur", () => {
    if (page.visibilityState === "visible") tell("window_blur", {});
  });
  page.addEventListener("fullscreenchange", () => {
    if (!page.fullscreenElement) tell("fullscreen_exit", {});
  });
  devices?.addEventListener("devicechange", () => tell("devices_changed", {}));
}

function watchHiding(tell: Tell, { page, window, after }: Surroundings): void {
  let left = false;
  let cancel = (): void => undefined;
  page.addEventListener("visibilitychange", () => {
    if (page.visibilityState !== "hidden" || left) return;
    cancel();
    cancel = after(LEAVING_MS, () => tell("tab_hidden", {}));
  });
  window.addEventListener("pagehide", () => {
    left = true;
    cancel();
  });
  window.addEventListener("pageshow", () => {
    left = false;
  });
}
