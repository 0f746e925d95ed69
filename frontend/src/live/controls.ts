/** The buttons and the keyboard of the room. */

import type { ControlAction } from "../core/protocol.ts";
import { part } from "../page.ts";
import type { Room } from "./room.ts";

const TYPING_EVERY_MS = 5000;

export function bindControls(room: Room): void {
  for (const button of part("controls").querySelectorAll<HTMLButtonElement>("[data-control]")) {
    button.addEventListener("click", () => press(room, button.dataset["control"] as ControlAction));
  }
  part("type-toggle").addEventListener("click", () => room.toggleTyping());
  part("camera-toggle").addEventListener("click", () => void room.toggleCamera());
  part("voice-toggle").addEventListener("click", () => room.toggleVoice());
  part("banner-button").addEventListener("click", (event) => {
    const action = (event.currentTarget as HTMLElement).dataset["action"];
    if (action === "retry") room.retryNow();
    else location.reload();
  });
  bindTyping(room);
  bindDialog("end", () => room.control("end_interview"));
  bindDialog("skip", () => room.control("skip_question"));
  part("end").addEventListener("click", () => ask("end"));
}

/** A task that was skipped by a slip of the hand would be lost. */
function press(room: Room, action: ControlAction): void {
  if (action === "skip_question" && room.isWorking) ask("skip");
  else room.control(action);
}

function box(): HTMLTextAreaElement {
  return part("typing").querySelector("textarea") as HTMLTextAreaElement;
}

/** Before what is being written there. */
export function putIntoBox(words: string): void {
  const field = box();
  field.value = field.value ? `${words}\n\n${field.value}` : words;
}

function bindTyping(room: Room): void {
  const form = part<HTMLFormElement>("typing");
  const field = box();
  let toldAt = -Infinity;
  field.addEventListener("input", () => {
    if (performance.now() - toldAt < TYPING_EVERY_MS) return;
    toldAt = performance.now();
    room.typing();
  });
  field.addEventListener("paste", (event) => room.pasted(event.clipboardData?.getData("text/plain").length ?? 0));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (words && room.answerInWriting(words)) field.value = "";
  });
}

function ask(name: "end" | "skip"): void {
  const dialog = part<HTMLDialogElement>(`${name}-dialog`);
  dialog.returnValue = "";
  dialog.showModal();
}

function bindDialog(name: "end" | "skip", then: () => void): void {
  const dialog = part<HTMLDialogElement>(`${name}-dialog`);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === name) then();
  });
}
