/** Where there is no room for task, editor and result beside each other, one of them is shown at a time. */

import { part, setText, text } from "../page.ts";

type View = "task" | "editor" | "result";

export class Views {
  private readonly box = part("workspace");
  private readonly buttons = [...part("views").querySelectorAll<HTMLButtonElement>("[data-view-button]")];

  constructor() {
    for (const button of this.buttons) button.addEventListener("click", () => this.show(button.dataset["viewButton"] as View));
  }

  /** A written case has no result. */
  begin(written: boolean): void {
    for (const button of this.buttons) {
      if (button.dataset["viewButton"] === "result") button.hidden = written;
      if (button.dataset["viewButton"] === "editor") setText(button, text(written ? "view_text" : "view_editor"));
    }
    part("code-result").hidden = written;
    this.show("task");
  }

  show(view: View): void {
    this.box.dataset["view"] = view;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset["viewButton"] === view));
  }
}
