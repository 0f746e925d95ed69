/** The admin's pages of imports: sending many files, and following one import. */

import { follow, type Progress } from "./imports/follow.ts";
import { portions } from "./imports/portions.ts";
import { Refused, send } from "./imports/send.ts";

const MOST_BYTES = 24 * 1024 * 1024; // of a request; the server takes 64 MiB
const MOST_FILES = 50; // of a request; Django takes 100

function one<T extends HTMLElement>(selector: string, within: ParentNode = document): T {
  const element = within.querySelector<T>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

async function post(url: string, files: readonly File[], token: string): Promise<unknown> {
  const body = new FormData();
  for (const file of files) body.append("resumes", file, file.name);
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  const told = (await answer.json().catch(() => ({}))) as { message?: string };
  if (answer.ok) return told;
  if (told.message) throw new Refused(told.message);
  throw new Error(`The server answered ${answer.status}`);
}

function sending(form: HTMLFormElement): void {
  const input = one<HTMLInputElement>("input[type=file]", form);
  const state = one("[data-sending-state]", form);
  const trouble = one("[data-sending-error]", form);
  const button = one<HTMLInputElement>("input[type=submit]", form);
  const token = one<HTMLInputElement>("[name=csrfmiddlewaretoken]", form).value;

  form.addEventListener("submit", (event) => {
    const files = [...(input.files ?? [])];
    if (!files.length) return; // the server says what is missing
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    state.hidden = false;
    show(0, files.length);
    send(portions(files, MOST_BYTES, MOST_FILES), (url, some) => post(url, some, token), location.href, (count) => show(count, files.length))
      .then((page) => location.assign(page))
      .catch((error: unknown) => {
        button.disabled = false;
        state.hidden = true;
        trouble.textContent = error instanceof Refused ? error.message : (form.dataset["failed"] ?? "");
        trouble.hidden = false;
      });
  });

  function show(sent: number, total: number): void {
    one<HTMLProgressElement>("progress", state).value = (100 * sent) / total;
    const text = form.dataset["sending"] ?? "";
    one("[role=status]", state).textContent = text.replace("{sent}", String(sent)).replace("{total}", String(total));
  }
}

function following(page: HTMLElement, url: string): void {
  const line = one("[data-import-line]", page);
  let shown = -1;
  void follow({
    async ask() {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
      return (await answer.json()) as Progress;
    },
    show(progress) {
      one<HTMLProgressElement>("[data-import-bar]", page).value = progress.percent;
      one("[data-import-percent]", page).textContent = String(progress.percent);
      if (line.textContent !== progress.line) line.textContent = progress.line;
      if (progress.settled !== shown || progress.finished) void renew(page);
      shown = progress.settled;
    },
    lost() {
      line.textContent = page.dataset["lost"] ?? "";
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

let renewing = false;

/** The list of files as the server now tells it; where somebody reads in it with the keyboard it stays. */
async function renew(page: HTMLElement): Promise<void> {
  const list = one("[data-import-files]", page);
  if (renewing || list.contains(document.activeElement)) return;
  renewing = true;
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-import-files]");
    if (answer.ok && fresh) list.replaceWith(document.adoptNode(fresh));
  } catch {
    // the next look says whether the server is there
  } finally {
    renewing = false;
  }
}

const form = document.querySelector<HTMLFormElement>("[data-import-form]");
if (form) sending(form);
const page = document.querySelector<HTMLElement>("[data-import]");
const url = page?.dataset["progressUrl"];
if (page && url) following(page, url);
