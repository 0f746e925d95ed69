/** The code phase: writing, saving as one writes, running, handing in. Loaded with CodeMirror when there is a task. */

import { secondsLeft } from "../core/clock.ts";
import type { ClientMessage, ServerMessage, StoredCode, Task } from "../core/protocol.ts";
import type { RoomState } from "../core/state.ts";
import { part, setOptional, setText, text } from "../page.ts";
import { CodeEditor } from "./code-editor.ts";
import { EditLog, type Operation } from "./edit-log.ts";
import { Errands } from "./errands.ts";
import { Journal, missing, submissionOf, tabStorage, type JournalEntry, type Submission } from "./journal.ts";
import { languageName } from "./language-names.ts";
import { renderResult, summaryOf } from "./result-view.ts";
import { stateKey, stateLook, type Saving } from "./state-words.ts";
import { isWritten, renderMaterial, renderTask } from "./task-view.ts";
import { minutesToAnnounce } from "./time-left.ts";
import { Views } from "./views.ts";
import { wordCount } from "./word-count.ts";

export interface WorkspaceHost {
  interviewId: string;
  /** False where there is no stream now: nothing was sent. */
  send(message: ClientMessage): boolean;
  /** Milliseconds since the room was entered. */
  now(): number;
  changed(): void;
  pasted(length: number): void;
  /** Shown for a few seconds, and read out. */
  notice(text: string): void;
}

const SAVE_EVERY_MS = 800;
/** As in code.css: the workspace stands below the interviewer. */
const ONE_COLUMN = "(max-width: 56rem)";
/** Errors of sound and picture, which answer nothing that was asked here. */
const OF_MEDIA = new Set(["bad_image", "no_recognition", "recognition_failed", "voice_failed", "too_fast", "editor_gap"]);

export class Workspace {
  private readonly editor: CodeEditor;
  private readonly journal: Journal;
  private readonly errands = new Errands((message) => this.host.send(message));
  private readonly views = new Views();
  private log: EditLog;
  private language: string;
  /** What was written in the languages that are not shown now. */
  private drafts: Record<string, string>;
  private readonly select = part<HTMLSelectElement>("code-language");
  private readonly stdin = part<HTMLTextAreaElement>("stdin-text");
  private readonly dialog = part<HTMLDialogElement>("submit-dialog");
  private results = 0;
  /** The code with which the connection ended for good. */
  private closedWith: number | null = null;
  private online = true;
  /** False from the loss of a connection until it is known what the server has: before that nothing may be handed in. */
  private inStep = true;
  private left: number | null = null;
  /** The text of the last run of the visible tests. */
  private testedText: string | null = null;

  /** `code` is what the server has of the task. */
  constructor(private readonly host: WorkspaceHost, private readonly task: Task, code: StoredCode | null) {
    const first = task.languages[0] ?? "text";
    const stored = code?.task_id === task.task_id ? code : { task_id: task.task_id, language: first, text: task.starter[first] ?? "", seq: 0 };
    this.journal = new Journal(tabStorage(), host.interviewId, task.task_id);
    const kept = this.journal.read();
    const rest = kept && missing(stored, kept);
    if (kept && !rest && !kept.submission && kept.text !== stored.text) host.notice(text("code_elsewhere"));
    this.log = new EditLog(stored.seq, rest ?? []);
    this.language = (rest && kept?.language) || stored.language || first;
    this.drafts = kept?.drafts ?? {};
    this.stdin.value = kept?.stdin ?? "";
    this.editor = this.makeEditor(rest && kept ? kept.text : stored.text);
    this.handInAgain(kept, rest);
    this.renderOnce();
    this.listen();
  }

  /** What is to be read first. The editor would open a phone's keyboard. */
  focus(): void {
    part("task").focus({ preventScroll: true });
    if (this.errands.handInState !== "done" && matchMedia(ONE_COLUMN).matches) part("workspace").scrollIntoView({ block: "start" });
  }

  received(message: ServerMessage): void {
    if (message.type === "editor_ack" && message.task_id === this.task.task_id) {
      this.log.acknowledge(message.seq);
      this.keep();
    }
    if (message.type !== "error" || OF_MEDIA.has(message.code ?? "")) return;
    if (this.errands.failed(message.code ?? "")) this.keep();
  }

  lost(): void {
    this.inStep = false;
    this.errands.lost();
    this.log.rewind();
  }

  /** After a reconnect: send what the server does not have, or take what it has. */
  resumed(code: StoredCode | null): void {
    this.inStep = true;
    this.editor.reconnected();
    if (!code || code.task_id !== this.task.task_id) return;
    const rest = missing(code, this.entry());
    this.log = new EditLog(code.seq, rest ?? []);
    if (!rest) this.takeOver(code);
    this.keep();
  }

  render(state: RoomState): void {
    this.takeResults(state);
    if (state.handedIn && this.errands.handInState !== "done") this.finished();
    this.online = state.connection.name === "open";
    if (this.online && this.inStep && state.newestSeq >= state.oldSeq) this.flush();
    this.closedWith = state.connection.name === "closed" ? state.connection.code : null;
    this.editor.setReadOnly(this.isLocked);
    if (this.isLocked && this.dialog.open) this.dialog.close("");
    this.renderState(state);
    this.renderTime(secondsLeft(state.taskClock, this.host.now()));
    this.renderResult(state);
  }

  /** Handed in, or no longer connected to what would save it. */
  private get isLocked(): boolean {
    const { handInState } = this.errands;
    return this.closedWith !== null || handInState === "done" || handInState === "sent";
  }

  // --- once ----------------------------------------------------------------------------------------------------

  private makeEditor(source: string): CodeEditor {
    return new CodeEditor({
      parent: part("editor"), text: source, language: this.language, label: text("editor"), describedBy: part("editor-help").id,
      onChange: (changes) => this.changed(changes),
      onPaste: (length) => this.host.pasted(length),
      onRun: () => this.runTests(),
      onTooLong: (most) => this.host.notice(text("code_too_long", { most })),
    });
  }

  private renderOnce(): void {
    const written = isWritten(this.task);
    renderTask(this.task);
    renderMaterial(this.task, this.language);
    this.select.replaceChildren(...this.task.languages.map((name) => new Option(languageName(name) || text("language_text"), name)));
    this.select.value = this.language;
    this.select.hidden = written;
    this.select.disabled = this.task.languages.length < 2;
    setText(part("editor-help"), text(written ? "editor_help_text" : "editor_help"));
    setText(part("stdin-label"), text(stdinLabel(this.task)));
    part("stdin").hidden = written || this.task.kind === "testing";
    part("code-run").hidden = written;
    this.views.begin(written);
  }

  private listen(): void {
    this.select.addEventListener("change", () => this.chooseLanguage(this.select.value));
    this.stdin.addEventListener("input", () => this.keep());
    this.stdin.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.runWithInput();
    });
    part("code-run").addEventListener("click", () => this.runTests());
    part("stdin-run").addEventListener("click", () => this.runWithInput());
    part("code-submit").addEventListener("click", () => this.askToHandIn());
    this.dialog.addEventListener("close", () => {
      if (this.dialog.returnValue === "submit") this.handIn();
    });
    setInterval(() => this.save(), SAVE_EVERY_MS);
    window.addEventListener("pagehide", () => this.save());
  }

  // --- writing -------------------------------------------------------------------------------------------------

  private changed(changes: unknown): void {
    this.log.record(changes, this.host.now(), this.language);
    this.keep();
    this.host.changed();
  }

  private chooseLanguage(language: string): void {
    if (language === this.language) return;
    this.drafts[this.language] = this.editor.text;
    this.language = language;
    this.editor.replace(this.drafts[language] ?? this.task.starter[language] ?? "");
    void this.editor.setLanguage(language);
    renderMaterial(this.task, language);
    this.save();
  }

  /** Sends what was typed since the last time; without a connection it stays in the log. */
  private save(): void {
    if (!this.online || this.errands.handInState === "done") return;
    for (let batch = this.log.take(); batch; batch = this.log.take()) {
      if (this.host.send({ type: "editor_events", task_id: this.task.task_id, ...batch })) continue;
      this.log.rewind();
      return;
    }
  }

  private takeOver(code: StoredCode): void {
    const other = code.text !== this.editor.text;
    this.language = code.language || this.language;
    this.select.value = this.language;
    this.editor.reset(code.text);
    void this.editor.setLanguage(this.language);
    if (this.errands.drop()) this.host.notice(text("code_not_handed_in"));
    else if (other) this.host.notice(text("code_elsewhere"));
  }

  private entry(): JournalEntry {
    return {
      language: this.language, text: this.editor.text, acked: this.log.ackedSeq, pending: this.log.unacknowledged,
      drafts: this.drafts, stdin: this.stdin.value, submission: this.errands.pendingSubmission,
    };
  }

  private keep(): void {
    this.journal.write(this.entry());
  }

  // --- running and handing in ----------------------------------------------------------------------------------

  /** What was written goes before what is handed in. */
  private flush(): void {
    if (this.errands.pendingSubmission) this.save();
    this.errands.flush();
  }

  private runTests(): void {
    this.testedText = this.editor.text;
    this.run({});
  }

  private runWithInput(): void {
    this.run({ stdin: this.stdin.value });
  }

  private run(input: { stdin?: string }): void {
    if (isWritten(this.task)) return;
    const message = this.isLocked ? null : this.solution("code_run", input);
    if (!message) return;
    this.errands.run(message);
    this.announce(text(this.errands.isWaiting ? "code_queued" : "code_running"));
    this.views.show("result");
    this.host.changed();
  }

  private askToHandIn(): void {
    if (!this.solution("code_submit", {})) return;
    setOptional(part("submit-note"), isWritten(this.task) || this.testedText === this.editor.text ? "" : text("submit_untested"));
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  private handIn(): void {
    const message = this.isLocked ? null : this.solution("code_submit", {});
    if (!message) return;
    this.save();
    this.errands.handIn(message);
    this.keep();
    this.host.changed();
  }

  /** What was handed in before a reload, unless newer work was saved since. */
  private handInAgain(kept: JournalEntry | null, rest: Operation[] | null): void {
    const submission = submissionOf(kept, rest);
    if (submission) this.errands.handIn(submission);
    else if (kept?.submission) this.host.notice(text("code_not_handed_in"));
  }

  private finished(): void {
    this.errands.settled();
    this.keep();
    this.views.show("editor");
    this.announce(text("code_done"));
  }

  private solution(type: "code_run" | "code_submit", input: { stdin?: string }): Submission | null {
    const source = this.editor.text;
    if (source.trim()) return { type, task_id: this.task.task_id, language: this.language, source, run_id: randomId(), ...input };
    this.host.notice(text("code_empty"));
    return null;
  }

  private takeResults(state: RoomState): void {
    const fresh = state.codeResults.slice(this.results);
    this.results = state.codeResults.length;
    for (const result of fresh) this.errands.answered(result.run_id ?? "");
    const last = fresh.at(-1);
    if (!last) return;
    if (!isWritten(this.task)) this.announce(summaryOf(last));
    this.keep();
  }

  // --- what is shown -------------------------------------------------------------------------------------------

  private renderState(state: RoomState): void {
    const { handInState, isRunning, isWaiting } = this.errands;
    const closed = this.isLocked;
    const saving: Saving = { handIn: handInState, saved: this.log.isSaved, online: this.online, closedWith: this.closedWith };
    const words = text(stateKey(saving));
    if (part("code-state").textContent !== words && !this.online) this.announce(words);
    setText(part("code-state"), words);
    part("code-state").dataset["state"] = stateLook(saving);
    part("code-actions").hidden = handInState === "done";
    part("stdin").toggleAttribute("data-closed", closed);
    for (const name of ["code-submit", "code-run", "stdin-run"]) part<HTMLButtonElement>(name).disabled = closed;
    this.select.disabled = closed || this.task.languages.length < 2;
    part("code-run").setAttribute("aria-busy", String(isRunning));
    const running = isRunning && !closed ? text(runKey(isWaiting, this.online)) : "";
    setOptional(part("run-state"), this.online && this.isJudging(state) ? text("code_judging") : running);
    setOptional(part("word-count"), isWritten(this.task) ? text("word_count", { count: wordCount(this.editor.text) }) : "");
    setOptional(part("code-after"), handInState === "done" ? text(state.prompt?.kind === "task" ? "code_done" : "code_asked") : "");
  }

  /** A run's result says little of what was handed in: that is judged with all tests. */
  private renderResult(state: RoomState): void {
    const last = state.codeResults.at(-1) ?? null;
    const judging = this.isJudging(state);
    const running = this.errands.isRunning || judging;
    renderResult(last, this.task, { running, old: running || (state.handedIn && last?.kind !== "submission") });
  }

  private isJudging(state: RoomState): boolean {
    return this.errands.isJudging && !state.codeResults.some((result) => result.kind === "submission");
  }

  private renderTime(left: number | null): void {
    const minutes = minutesToAnnounce(this.left, left);
    this.left = left;
    if (minutes !== null && this.errands.handInState !== "done") this.host.notice(text(minutes === 1 ? "time_one_minute" : "time_five_minutes"));
  }

  /** To screen readers; the page shows it in its own place. */
  private announce(words: string): void {
    setText(part("code-live"), words);
  }
}

function runKey(waiting: boolean, online: boolean): string {
  if (!online) return "code_run_later";
  return waiting ? "code_queued" : "code_running";
}

function stdinLabel(task: Task): string {
  if (task.kind === "sql") return "stdin_sql";
  return task.kind === "function" ? "stdin_function" : "stdin_program";
}

/** `crypto.randomUUID` is missing on pages without HTTPS. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
