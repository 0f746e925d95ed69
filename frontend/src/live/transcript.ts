/** The transcript: grows at its end, and follows it unless the reader has scrolled back. */

import type { Entry } from "../core/state.ts";
import { part, text } from "../page.ts";

const NEAR_THE_END_PX = 40;

export class Transcript {
  private readonly list = part("entries");
  private following = true;

  constructor() {
    this.list.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.list;
      this.following = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
    });
    // The code phase makes the list smaller, which is no scrolling of the reader's.
    new ResizeObserver(() => this.follow()).observe(this.list);
  }

  render(entries: Entry[]): void {
    const shown = [...this.list.children] as HTMLElement[];
    const same = shown.every((element, index) => element.dataset["id"] === entries[index]?.id);
    if (same && shown.length === entries.length) return;
    if (!same) this.list.replaceChildren();
    this.list.append(...entries.slice(this.list.children.length).map(entryElement));
    this.follow();
  }

  private follow(): void {
    if (this.following) this.list.scrollTop = this.list.scrollHeight;
  }
}

function entryElement(entry: Entry): HTMLElement {
  const element = document.createElement("p");
  const name = document.createElement("span");
  element.className = `entry entry-${entry.who}`;
  element.dataset["id"] = entry.id;
  name.className = "entry-name";
  name.textContent = text(entry.who === "candidate" ? "you" : "interviewer");
  element.append(name, entry.text);
  return element;
}
