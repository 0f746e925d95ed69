/** A task on a recruiter's page, set as in the candidate's room. */

import type { Task } from "./core/protocol.ts";
import { languageName } from "./editor/language-names.ts";
import { isWritten, renderMaterial, renderTask } from "./editor/task-view.ts";
import { part, text } from "./page.ts";

const task = JSON.parse(document.getElementById("task-shown")?.textContent ?? "") as Task;
const select = part<HTMLSelectElement>("code-language");

function renderCode(): void {
  renderMaterial(task, select.value);
  part("task-starter").textContent = (task.starter[select.value] ?? "").trimEnd() || " ";
}

renderTask(task);
select.replaceChildren(...task.languages.map((name) => new Option(languageName(name) || text("language_text"), name)));
select.disabled = isWritten(task) || task.languages.length < 2;
select.addEventListener("change", renderCode);
renderCode();
