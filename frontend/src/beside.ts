/** Shows where each value of a resume stands in its file: under the pointer, with the keyboard, or touched. */

import { overlap, scrolled, share, type Span } from "./beside/places.ts";

const root = document.querySelector<HTMLElement>("[data-beside]");
const pane = root?.querySelector<HTMLElement>("[data-pane]");
let kept: HTMLElement | null = null; // what was clicked stays shown when the pointer leaves

function clear(): void {
  for (const place of root!.querySelectorAll<HTMLElement>("[data-place]")) place.hidden = true;
  for (const shown of root!.querySelectorAll(".is-on")) shown.classList.remove("is-on");
}

function show(value: HTMLElement): void {
  clear();
  value.classList.add("is-on");
  const place = inPicture(value) ?? inText(value);
  if (place && pane) pane.scrollTop = scrolled(pane.scrollTop, pane.clientHeight, place);
}

/** The place on its page, drawn; the whole page where the file does not say more. */
function inPicture(value: HTMLElement): Span | null {
  const sheet = root!.querySelector<HTMLElement>(`[data-sheet="${value.dataset["at"]}"]`);
  if (!sheet) return null;
  const found = share(value.dataset["box"] ?? "", Number(sheet.dataset["width"]), Number(sheet.dataset["height"]));
  const top = sheet.offsetTop - (pane?.offsetTop ?? 0);
  const place = sheet.querySelector<HTMLElement>("[data-place]");
  if (!found || !place) return { start: top, end: top + 1 };
  for (const edge of ["left", "top", "width", "height"] as const) place.style[edge] = `${found[edge]}%`;
  place.hidden = false;
  const start = top + (sheet.clientHeight * found.top) / 100;
  return { start, end: start + (sheet.clientHeight * found.height) / 100 };
}

function inText(value: HTMLElement): Span | null {
  const wanted = { start: Number(value.dataset["start"]), end: Number(value.dataset["end"]) };
  const lines = [...root!.querySelectorAll<HTMLElement>("[data-line]")].filter((line) =>
    overlap(wanted, { start: Number(line.dataset["line"]), end: Number(line.dataset["end"]) }),
  );
  for (const line of lines) line.classList.add("is-on");
  const [first, last] = [lines.at(0), lines.at(-1)];
  if (!first || !last || !pane) return null;
  return { start: first.offsetTop - pane.offsetTop, end: last.offsetTop + last.offsetHeight - pane.offsetTop };
}

function leave(): void {
  if (kept) show(kept);
  else clear();
}

for (const value of root?.querySelectorAll<HTMLElement>("[data-at]") ?? []) {
  value.addEventListener("mouseenter", () => show(value));
  value.addEventListener("mouseleave", leave);
  value.addEventListener("focus", () => show(value));
  value.addEventListener("blur", leave);
  value.addEventListener("click", () => {
    kept = kept === value ? null : value;
    show(value);
  });
}
