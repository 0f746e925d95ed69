/** What came of a run: a sentence, a row a test, what differs, and what the program wrote. */

import type { CodeResult, CodeTestResult, Task, VisibleTest } from "../core/protocol.ts";
import { data, part, text } from "../page.ts";
import { element, icon, scrolling, unseen } from "./dom.ts";
import { rowsOf, type Row } from "./line-diff.ts";
import { testKey } from "./test-words.ts";
import { indented, returned } from "./values.ts";

/** Beyond this a page full of differences helps nobody. */
const MOST_ROWS = 60;
const HINTED = new Set(["compile_error", "runtime_error", "time_limit", "memory_limit", "output_limit"]);
const ICONS: Record<string, string> = { ok: "good", time_limit: "slow", unavailable: "none" };

/** One sentence: how it went. */
export function summaryOf(result: CodeResult): string {
  const { hidden } = result;
  const parts = [result.tests?.length ? text("result_tests", { passed: passed(result), total: result.tests.length }) : runText(result.status)];
  if (hidden?.total) parts.push(text("result_hidden", { passed: hidden.passed, total: hidden.total }));
  return parts.join(" ");
}

/** `running`: another is on its way. `old`: the result is not of what stands in the editor, or soon will not be. */
export function renderResult(result: CodeResult | null, task: Task, { running, old }: { running: boolean; old: boolean }): void {
  part("result-empty").hidden = result !== null || running;
  part("code-result").setAttribute("aria-busy", String(running));
  const box = part("result-body");
  box.toggleAttribute("data-old", old);
  const shown = result ? JSON.stringify([result.run_id, result.seq, result.status]) : "";
  if (box.dataset["shown"] === shown) return;
  box.dataset["shown"] = shown;
  box.replaceChildren(...(result ? bodyOf(result, task) : []));
}

function bodyOf(result: CodeResult, task: Task): HTMLElement[] {
  const tests = result.tests ?? [];
  const body = [headline(result)];
  const hint = hintOf(result, task);
  if (hint) body.push(element("p", "result-hint", hint));
  if (tests.length) body.push(rowsOfTests(tests, task, !result.hidden?.total));
  return [...body, ...outputs(result)];
}

/** The first failing test is open, as long as there is something to be done about it. */
function rowsOfTests(tests: CodeTestResult[], task: Task, open: boolean): HTMLElement {
  const rows = element("ul", "test-rows", ...tests.map((test, index) => testRow(test, task, index)));
  const first = rows.querySelector("details");
  if (first && open) first.open = true;
  return rows;
}

function headline(result: CodeResult): HTMLElement {
  const good = result.status === "ok" && passed(result) === (result.tests?.length ?? 0);
  const words = element("span", "", element("strong", "", summaryOf(result)), " ", element("span", "muted small", usedText(result.time_ms, result.memory_kb)));
  return element("p", "result-summary", icon(good ? "good" : (ICONS[result.status] ?? "bad")), words);
}

/** What to do about it. */
function hintOf(result: CodeResult, task: Task): string {
  if (result.status === "unavailable") return result.text || text("code_run_unavailable");
  const worst = result.status === "ok" ? result.tests?.find((test) => test.status !== "ok")?.status : result.status;
  const limits = { seconds: task.limits?.seconds ?? 2, megabytes: task.limits?.memory_mb ?? 256 };
  return worst && HINTED.has(worst) ? text(`hint_${worst}`, limits) : "";
}

function passed(result: CodeResult): number {
  return (result.tests ?? []).filter((test) => test.status === "ok").length;
}

function runText(status: string): string {
  return text(status === "ok" ? "status_ok_run" : `result_${status}`);
}

function usedText(timeMs?: number | null, memoryKb?: number | null): string {
  const time = typeof timeMs === "number" ? measured(Math.round(timeMs), "millisecond") : "";
  const memory = typeof memoryKb === "number" && memoryKb > 0 ? measured(memoryKb / 1024, "megabyte") : "";
  return [time, memory].filter(Boolean).join(" · ");
}

function measured(amount: number, unit: "millisecond" | "megabyte"): string {
  return new Intl.NumberFormat(data.language, { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}

/** Null where the candidate wrote the tests: there is nothing to compare. */
function visibleTest(task: Task, test: CodeTestResult, index: number): VisibleTest | null {
  if (task.kind === "testing") return null;
  return task.visible_tests.find((one) => one.name === test.name) ?? task.visible_tests[index] ?? null;
}

function testRow(test: CodeTestResult, task: Task, index: number): HTMLElement {
  const row = element("li", "test-row");
  row.dataset["status"] = test.status;
  const line = [
    icon(ICONS[test.status] ?? "bad"), element("span", "test-name", test.name), element("span", "test-status", text(testKey(test.status, task.kind, index))),
    element("span", "test-used muted small", usedText(test.time_ms, test.memory_kb)),
  ];
  const details = test.status === "ok" ? [] : detailsOf(test, task, visibleTest(task, test, index));
  row.append(details.length ? folded(line, details) : element("div", "test-line", ...line));
  return row;
}

function folded(line: (Node | string)[], details: HTMLElement[]): HTMLElement {
  const summary = element("summary", "test-line", ...line);
  return element("details", "", summary, ...details);
}

function detailsOf(test: CodeTestResult, task: Task, visible: VisibleTest | null): HTMLElement[] {
  const details: HTMLElement[] = [];
  const output = test.stdout ?? "";
  const own = task.kind === "function" ? returned(output) : { printed: "", value: output };
  const compared = visible?.expected !== undefined && (test.status === "wrong_answer" || !!output);
  if (compared) details.push(comparison(task.kind === "function" ? indented(asText(visible.expected)) : asText(visible.expected), own.value));
  const printed = compared ? own.printed : output;
  if (printed) details.push(labelled(text("test_output"), printed));
  if (test.stderr) details.push(labelled(text("test_errors"), test.stderr));
  if (visible?.input) details.push(labelled(text("test_input"), asText(visible.input)));
  return details;
}

function comparison(expected: string, actual: string): HTMLElement {
  const rows = rowsOf(expected, actual);
  const body = element("tbody", "", ...rows.slice(0, MOST_ROWS).map(diffRow));
  const head = element("tr", "", heading("test_expected"), heading("test_actual"));
  const table = element("table", "diff", element("caption", "visually-hidden", text("diff_caption")), element("thead", "", head), body);
  const box = element("div", "diff-wrap", table);
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", text("diff_caption"));
  if (rows.length > MOST_ROWS) box.append(element("p", "small muted", text("diff_more", { count: rows.length - MOST_ROWS })));
  return box;
}

function heading(key: string): HTMLElement {
  const cell = element("th", "", text(key));
  cell.scope = "col";
  return cell;
}

function diffRow(row: Row): HTMLElement {
  const made = element("tr", row.same ? "" : "differs", side(row.expected, row.same), side(row.actual, row.same));
  return made;
}

function side(line: string | null, same: boolean): HTMLElement {
  const cell = element("td", line === null ? "absent" : "");
  if (!same && line !== null) cell.append(unseen(`${text("diff_differs")} `));
  cell.append(line === null ? unseen(text("diff_absent")) : line);
  return cell;
}

function outputs(result: CodeResult): HTMLElement[] {
  const shown: [string, string | null | undefined][] = [["compile_output", result.compile_output], ["test_output", result.stdout], ["test_errors", result.stderr]];
  const boxes = shown.filter(([, words]) => words?.trim()).map(([key, words]) => labelled(text(key), words ?? ""));
  const silent = result.status === "ok" && !result.tests?.length && !boxes.length;
  return silent ? [element("p", "muted", text("output_empty"))] : boxes;
}

function labelled(label: string, words: string): HTMLElement {
  return element("div", "output", element("p", "output-label", label), scrolling("listing", label, words.trimEnd() || " "));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
