/** The buttons, the scrubber with its marks, and the list of what happened. */

import { type Description, type Mark, percentOf, type Say, timeText } from "./description.ts";
import type { Playback, Speed } from "./playback.ts";

interface Actions {
  toggle(): void;
  seek(atMs: number): void;
  speed(speed: Speed): void;
  skipIdle(skips: boolean): void;
}

const ICONS: Record<Mark["kind"], string> = { run: "▶", submission: "✓", paste: "+", focus: "◌", typing: "»", like: "≈" };

export class Panel {
  private readonly play: HTMLButtonElement;
  private readonly range: HTMLInputElement;
  private readonly time: HTMLElement;
  private items: { mark: Mark; item: HTMLElement }[] = [];

  constructor(private readonly root: HTMLElement, private readonly say: Say, private readonly actions: Actions) {
    this.play = this.part<HTMLButtonElement>("play");
    this.range = this.part<HTMLInputElement>("scrubber");
    this.time = this.part("time");
    this.play.addEventListener("click", () => actions.toggle());
    this.range.addEventListener("input", () => actions.seek(Number(this.range.value)));
    for (const choice of this.speeds()) choice.addEventListener("change", () => actions.speed(Number(choice.value) as Speed));
    const skip = this.part<HTMLInputElement>("skip");
    skip.addEventListener("change", () => actions.skipIdle(skip.checked));
  }

  /** Once everything is there. */
  fill(description: Description): void {
    this.range.min = String(description.start_ms);
    this.range.max = String(description.end_ms);
    this.range.value = String(description.end_ms);
    this.part("marks").replaceChildren(...description.marks.map((mark) => this.flag(description, mark)));
    const list = this.part("events");
    this.items = description.marks.map((mark) => ({ mark, item: this.item(description, mark) }));
    list.replaceChildren(...this.items.map(({ item }) => item));
    this.part("nothing").hidden = this.items.length > 0;
    this.part("controls").removeAttribute("inert");
  }

  render(description: Description, playback: Playback): void {
    const label = this.say(playback.playing ? "pause" : "play");
    if (this.play.textContent !== label) this.play.textContent = label;
    this.play.dataset["state"] = playback.playing ? "playing" : "paused";
    const shown = this.say("time", { at: timeText(description, playback.position), all: timeText(description, description.end_ms) });
    this.time.textContent = shown;
    this.range.value = String(Math.round(playback.position));
    this.range.setAttribute("aria-valuetext", shown);
    for (const choice of this.speeds()) choice.checked = Number(choice.value) === playback.speed;
    for (const { mark, item } of this.items) item.classList.toggle("is-past", mark.at_ms <= playback.position);
  }

  /** For a screen reader: what a person who looks sees at once. */
  announce(words: string): void {
    this.part("status").textContent = words;
  }

  verdict(words: string, outcome: string): void {
    const line = this.part("verdict");
    line.textContent = words;
    line.dataset["outcome"] = outcome;
  }

  private flag(description: Description, mark: Mark): HTMLElement {
    const flag = document.createElement("span");
    flag.className = `replay-flag kind-${mark.kind}`;
    flag.classList.toggle("is-bad", mark.ok === false);
    flag.style.left = `${percentOf(description, mark.at_ms)}%`;
    flag.title = [timeText(description, mark.at_ms), mark.title, mark.detail].filter(Boolean).join(" · ");
    flag.textContent = ICONS[mark.kind];
    flag.addEventListener("click", () => this.actions.seek(mark.at_ms));
    return flag;
  }

  private item(description: Description, mark: Mark): HTMLElement {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = `replay-event kind-${mark.kind}`;
    button.classList.toggle("is-bad", mark.ok === false);
    button.append(span("when", timeText(description, mark.at_ms)), icon(ICONS[mark.kind]), span("what", mark.title), span("detail", mark.detail));
    button.addEventListener("click", () => this.actions.seek(mark.at_ms));
    item.append(button);
    return item;
  }

  private speeds(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>("input[name=speed]")];
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T {
    const element = this.root.querySelector<T>(`[data-${name}]`);
    if (!element) throw new Error(`The page has no data-${name}`);
    return element;
  }
}

function span(name: string, words: string): HTMLElement {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = words;
  return element;
}

function icon(sign: string): HTMLElement {
  const element = span("sign", sign);
  element.setAttribute("aria-hidden", "true");
  return element;
}
