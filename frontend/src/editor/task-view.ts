/** The task: what is asked, what it is about, and the visible tests. */

import type { Task, VisibleTest } from "../core/protocol.ts";
import { part, setOptional, setText, text } from "../page.ts";
import { element, scrolling } from "./dom.ts";
import { blocksOf, spansOf, type Block } from "./statement.ts";

/** Characters from which input and output do not fit beside each other. */
const LONG_LINE = 16;

export function renderTask(task: Task): void {
  setText(part("task-title"), task.title);
  setOptional(part("task-limits"), limitsOf(task));
  part("task-statement").replaceChildren(...blocksOf(task.statement).map(blockElement));
  part("task-tests").replaceChildren(...examples(task));
}

/** The schema of a query, or the program that the candidate's tests are for. */
export function renderMaterial(task: Task, language: string): void {
  const box = part<HTMLDetailsElement>("task-material");
  const source = task.setup?.trim() || subjectOf(task, language);
  box.hidden = !source;
  setText(part("task-material-title"), text(task.setup?.trim() ? "task_schema" : "task_subject"));
  part("task-material-text").textContent = source.trimEnd();
}

export function isWritten(task: Task): boolean {
  return task.kind === "written" || task.languages[0] === "text";
}

function subjectOf(task: Task, language: string): string {
  const { subject } = task;
  if (!subject) return "";
  return typeof subject === "string" ? subject : (subject[language] ?? "");
}

function limitsOf(task: Task): string {
  const { seconds, memory_mb } = task.limits ?? {};
  if (isWritten(task) || !seconds || !memory_mb) return "";
  return text("task_limits", { seconds, megabytes: memory_mb });
}

function blockElement(block: Block): HTMLElement {
  if (block.kind === "code") return scrolling("listing", text("task_example"), block.text);
  if (block.kind === "paragraph") return element("p", "", ...inline(block.text));
  return element("ul", "", ...block.items.map((item) => element("li", "", ...inline(item))));
}

function inline(words: string): (Node | string)[] {
  return spansOf(words).map((span) => (span.code ? element("code", "", span.text) : span.text));
}

function examples(task: Task): HTMLElement[] {
  const tests = task.visible_tests;
  if (!tests.length) return [];
  return [element("h3", "task-heading", text("visible_tests")), ...tests.map(exampleCard)];
}

function exampleCard(test: VisibleTest): HTMLElement {
  const rows = ([["test_input", test.input], ["test_expected", test.expected]] as const).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const values = rows.flatMap(([label, value]) => [element("dt", "", text(label)), element("dd", "", scrolling("", text(label), shown(value)))]);
  const long = rows.some(([, value]) => shown(value).split("\n").some((line) => line.length > LONG_LINE));
  const card = element("div", long ? "example example-long" : "example");
  if (test.name) card.append(element("h4", "", test.name));
  if (values.length) card.append(element("dl", "", ...values));
  return card;
}

function shown(value: unknown): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).trimEnd() || " ";
}
