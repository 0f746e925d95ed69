/** The page on which a recruiter looks on while code is written. */

import { verdict } from "./replay/description.ts";
import { commandOf } from "./replay/keys.ts";
import { fromServer, load, type Source } from "./replay/load.ts";
import { Panel } from "./replay/panel.ts";
import { Player } from "./replay/player.ts";
import { Screen } from "./replay/screen.ts";

interface Page {
  source: Source;
  texts: Record<string, string>;
}

const root = document.querySelector<HTMLElement>("[data-replay]") as HTMLElement;
const page = JSON.parse(document.getElementById("replay-page")?.textContent ?? "") as Page;

function say(key: string, values: Record<string, string | number> = {}): string {
  return (page.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

async function begin(): Promise<void> {
  let player: Player | null = null;
  const screen = new Screen(root.querySelector<HTMLElement>("[data-screen]") as HTMLElement, say("code"));
  const act = (change: (player: Player) => void): void => {
    if (player) change(player);
    draw();
  };
  const panel = new Panel(root, say, {
    toggle: () => act((it) => it.do("toggle")),
    seek: (atMs) => act((it) => it.playback.seek(atMs)),
    speed: (speed) => act((it) => (it.playback.speed = speed)),
    skipIdle: (skips) => act((it) => (it.playback.skipsIdle = skips)),
  });

  function draw(): void {
    if (!player) return;
    const shown = player.look();
    if (shown) {
      screen.show(shown.text, shown.changed);
      void screen.speak(shown.language);
    }
    panel.render(player.description, player.playback);
  }

  let before = performance.now();
  function frame(now: number): void {
    if (player?.playback.playing) {
      player.playback.advance(now - before);
      draw();
    }
    before = now;
    requestAnimationFrame(frame);
  }

  root.addEventListener("keydown", (event) => {
    const command = commandOf(event);
    if (!player || !command || wantsKey(event.target, command)) return;
    event.preventDefault();
    act((it) => it.do(command));
    if (command === "toggle") panel.announce(say(player.playback.playing ? "playing" : "paused"));
  });

  try {
    const loaded = await load(page.source, fromServer, (done, all) => panel.announce(say("loading", { done, all })));
    player = new Player(loaded.description, loaded.writing);
    panel.fill(loaded.description);
    panel.verdict(verdict(loaded.description, say), loaded.description.comparison?.outcome ?? "none");
    panel.announce("");
    draw();
    requestAnimationFrame(frame);
  } catch {
    panel.announce(say("failed"));
  }
}

/** Buttons, links and choices keep the keys that they have everywhere; the code keeps those that move in it. */
function wantsKey(target: EventTarget | null, command: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(".cm-content")) return command !== "toggle";
  if (command === "toggle") return target.matches("button, a, summary, input[type=checkbox], input[type=radio]");
  return target.matches("input[type=radio]");
}

void begin();
