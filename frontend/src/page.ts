/** What Django put into the page: data, texts, and the elements that the script fills. */

interface RoomData {
  interview_id: string | number;
  resume_id: string | number;
  language: string;
  position_name: string;
  company_name: string;
  candidate_name: string;
  ws_path: string;
  csrf: string;
  urls: { consents: string; report: string; home: string };
  speech_available: boolean;
  consents: { interview: boolean; recording: boolean };
}

function fromScript<T>(id: string): T {
  const source = document.getElementById(id)?.textContent;
  if (!source) throw new Error(`The page has no ${id}`);
  return JSON.parse(source) as T;
}

export const data: RoomData = fromScript<RoomData>("room-data");
const texts: Record<string, string> = fromScript<Record<string, string>>("room-texts");

/** The text of `key`, with `{name}` filled in. A missing text shows its key: visible, not fatal. */
export function text(key: string, values: Record<string, string | number> = {}): string {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The one element of `[data-name]`. */
export function part<T extends HTMLElement = HTMLElement>(name: string, within: ParentNode = document): T {
  const element = within.querySelector<T>(`[data-${name}]`);
  if (!element) throw new Error(`The page has no data-${name}`);
  return element;
}

/** Writes only what changed: a live region must not be read out again for nothing. */
export function setText(element: HTMLElement, value: string): void {
  if (element.textContent !== value) element.textContent = value;
}

/** A paragraph or badge that is there only while it has something to say. */
export function setOptional(element: HTMLElement, value: string): void {
  setText(element, value);
  element.hidden = !value;
}

type StepName = "consent" | "devices" | "live" | "result";

export function showStep(name: StepName): void {
  for (const section of document.querySelectorAll<HTMLElement>("[data-step]")) {
    section.hidden = section.dataset["step"] !== name;
  }
  document.body.dataset["room"] = name;
  window.scrollTo(0, 0);
}

export function workletUrl(): string {
  const url = document.getElementById("room-script")?.dataset["worklet"];
  if (!url) throw new Error("The page does not name the microphone's worklet");
  return url;
}
