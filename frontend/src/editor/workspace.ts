/** The code phase: the task's text, the editor, saving as one types, handing in. */

import type { ClientMessage, CodeResult, StoredCode, Task, VisibleTest } from "../core/protocol.ts";
import type { RoomState } from "../core/state.ts";
import { part, setText, text } from "../page.ts";
import type { CodeEditor } from "./code-editor.ts";
import { EditLog } from "./edit-log.ts";
import { languageName } from "./language-names.ts";

export interface WorkspaceHost {
  /** Whether there is a stream now. */
  isLive(): boolean;
  send(message: ClientMessage): void;
  /** Milliseconds since the room was entered. */
  now(): number;
  changed(): void;
  pasted(length: number): void;
  submitted(): void;
  fault(text: string): void;
}

const SAVE_EVERY_MS = 800;

export class Workspace {
  private task: Task | null = null;
  private editor: CodeEditor | null = null;
  private log = new EditLog(0);
  private language = "";
  /** What was written in the languages that are not shown now. */
  private readonly drafts = new Map<string, string>();
  private readonly select = part<HTMLSelectElement>("code-language");

  constructor(private readonly host: WorkspaceHost) {
    this.select.addEventListener("change", () => this.chooseLanguage(this.select.value));
    part("code-submit").addEventListener("click", () => this.submit());
    part("code-run").addEventListener("click", () => this.run());
    setInterval(() => this.save(), SAVE_EVERY_MS);
    window.addEventListener("pagehide", () => this.save());
  }

  /** Shows `task` the first time it is seen; `code` is what the server has of it. */
  async open(task: Task, code: StoredCode | null): Promise<void> {
    if (this.task?.task_id === task.task_id) return;
    this.task = task;
    const stored = code?.task_id === task.task_id ? code : null;
    this.language = stored?.language || task.languages[0] || "text";
    this.log = new EditLog(stored?.seq ?? 0);
    this.renderTask(task);
    await this.loadEditor(stored?.text ?? task.starter[this.language] ?? "");
  }

  /** After a reconnect: send what the server does not have, or take what it has. */
  resumed(code: StoredCode | null): void {
    if (!this.editor || !code || code.task_id !== this.task?.task_id || this.log.resume(code.seq)) return;
    this.log = new EditLog(code.seq);
    this.editor.reset(code.text);
  }

  acknowledged(seq: number): void {
    this.log.acknowledge(seq);
  }

  render(state: RoomState): void {
    setText(part("code-state"), text(this.stateKey(state)));
    part<HTMLButtonElement>("code-submit").disabled = state.handIn === "sent";
    renderResult(state.codeResult);
  }

  private stateKey(state: RoomState): string {
    if (state.handIn !== "no") return `code_${state.handIn}`;
    if (this.log.isSaved) return "code_saved";
    return state.connection.name === "open" ? "code_saving" : "code_waiting";
  }

  private async loadEditor(source: string): Promise<void> {
    try {
      const { CodeEditor } = await import("./code-editor.ts");
      this.editor = new CodeEditor({
        parent: part("editor"), text: source, language: this.language, label: text("editor"),
        onChange: (changes) => {
          this.log.record(changes, this.host.now());
          this.host.changed();
        },
        onPaste: (length) => this.host.pasted(length),
      });
      this.editor.focus();
    } catch {
      this.host.fault(text("code_failed"));
    }
  }

  private renderTask(task: Task): void {
    setText(part("task-title"), task.title);
    part("task-statement").replaceChildren(...task.statement.split(/\n{2,}/).map(paragraph));
    part("task-tests").replaceChildren(...task.visible_tests.map(exampleCard));
    this.select.replaceChildren(...task.languages.map((name) => new Option(languageName(name) || text("language_text"), name)));
    this.select.value = this.language;
    this.select.hidden = task.languages.length < 2;
    part("code-run").hidden = task.languages[0] === "text";
    part("editor-help").hidden = task.languages[0] === "text";
  }

  private chooseLanguage(language: string): void {
    const { editor, task } = this;
    if (!editor || !task || language === this.language) return;
    this.save();
    this.drafts.set(this.language, editor.text);
    this.language = language;
    editor.replace(this.drafts.get(language) ?? task.starter[language] ?? "");
    void editor.setLanguage(language);
    this.save();
  }

  /** Sends what was typed since the last time; without a connection it stays in the log. */
  private save(): void {
    if (!this.task || !this.host.isLive()) return;
    for (let batch = this.log.take(); batch; batch = this.log.take()) {
      this.host.send({ type: "editor_events", task_id: this.task.task_id, language: this.language, ...batch });
    }
  }

  private run(): void {
    const message = this.solution("code_run");
    if (message) this.host.send(message);
  }

  private submit(): void {
    const message = this.solution("code_submit");
    if (!message) return;
    this.save();
    this.host.send(message);
    this.host.submitted();
  }

  private solution(type: "code_run" | "code_submit"): ClientMessage | null {
    const source = this.editor?.text ?? "";
    if (!this.task || !source.trim()) {
      this.host.fault(text("code_empty"));
      return null;
    }
    return { type, task_id: this.task.task_id, language: this.language, source, run_id: randomId() };
  }
}

/** `crypto.randomUUID` is missing on pages without HTTPS. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function paragraph(words: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

function exampleCard(test: VisibleTest): HTMLElement {
  const card = document.createElement("dl");
  card.className = "example";
  for (const [label, value] of [[text("test_input"), test.input], [text("test_expected"), test.expected]] as const) {
    if (value === undefined) continue;
    const name = document.createElement("dt");
    const shown = document.createElement("dd");
    name.textContent = label;
    shown.textContent = (typeof value === "string" ? value : JSON.stringify(value)).trimEnd();
    card.append(name, shown);
  }
  return card;
}

function renderResult(result: CodeResult | null): void {
  const box = part("code-result");
  box.hidden = !result;
  if (!result) return;
  const output = [result.stdout, result.stderr].filter(Boolean).join("\n");
  const unavailable = result.status === "unavailable" ? text("code_run_unavailable") : "";
  setText(box, output || result.text || unavailable || `${text("code_result")}: ${result.status}`);
}
