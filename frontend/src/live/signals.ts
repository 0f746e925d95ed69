/** What the page notices of itself, told to the server as it is: a person judges what it means. */

export type Tell = (name: string, detail: Record<string, unknown>) => void;

export function watchSignals(tell: Tell): void {
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenAt = performance.now();
      tell("tab_hidden", {});
    } else {
      tell("tab_visible", { away_ms: Math.round(performance.now() - hiddenAt) });
    }
  });
  window.addEventListener("blur", () => {
    if (document.visibilityState === "visible") tell("window_blur", {});
  });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) tell("fullscreen_exit", {});
  });
  navigator.mediaDevices?.addEventListener("devicechange", () => tell("devices_changed", {}));
}
