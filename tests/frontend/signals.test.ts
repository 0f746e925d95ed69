import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { watchSignals } from "../../frontend/src/live/signals.ts";

class Page extends EventTarget {
  visibilityState = "visible";
  fullscreenElement: unknown = null;

  turn(visibilityState: string): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

describe("what the page tells of itself", () => {
  let page: Page;
  let window: EventTarget;
  let told: string[];
  let waiting: Set<() => void>;

  beforeEach(() => {
    [page, window, told, waiting] = [new Page(), new EventTarget(), [], new Set()];
    const after = (_ms: number, run: () => void): (() => void) => {
      waiting.add(run);
      return () => waiting.delete(run);
    };
    watchSignals((name) => told.push(name), { page, window, after });
  });

  function pass(): void {
    for (const run of waiting) run();
    waiting.clear();
  }

  it("is another tab, which was hidden for longer than leaving takes; coming back is no news", () => {
    page.turn("hidden");
    assert.deepEqual(told, []);
    pass();
    page.turn("visible");
    pass();
    assert.deepEqual(told, ["tab_hidden"]);
  });

  it("is another tab also where the candidate was back at once", () => {
    page.turn("hidden");
    page.turn("visible");
    pass();
    assert.deepEqual(told, ["tab_hidden"]);
  });

  it("is nothing where the page is reloaded, in whichever order the browser says so", () => {
    page.turn("hidden");
    window.dispatchEvent(new Event("pagehide"));
    pass();
    window.dispatchEvent(new Event("pageshow"));
    page.turn("visible");
    window.dispatchEvent(new Event("pagehide"));
    page.turn("hidden");
    pass();
    assert.deepEqual(told, []);
  });

  it("is the loss of the focus only while the page is seen", () => {
    window.dispatchEvent(new Event("blur"));
    page.turn("hidden");
    window.dispatchEvent(new Event("blur"));
    assert.deepEqual(told, ["window_blur"]);
  });
});
