/** CodeMirror, set up for the code phase. Loaded as a chunk of its own; each language as another. */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Annotation, Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { highlighting, indentOf } from "./languages.ts";

interface CodeEditorOptions {
  parent: HTMLElement;
  text: string;
  language: string;
  label: string;
  /** The id of the help line. */
  describedBy: string;
  /** Each change, as ChangeSet JSON. */
  onChange: (changes: unknown) => void;
  /** Characters pasted, or dropped there. */
  onPaste: (length: number) => void;
  onRun: () => void;
  onTooLong: (most: number) => void;
}

/** What the server takes to run, and stores. */
export const MOST_CHARACTERS = 65_536;

/** Changes that come from the server are not sent back to it. */
const fromServer = Annotation.define<boolean>();

const style = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.function(tags.variableName))], color: "var(--code-function)" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--code-type)" },
]);

export class CodeEditor {
  private readonly view: EditorView;
  private readonly syntax = new Compartment();
  private readonly lock = new Compartment();
  private language = "";
  /** The language's syntax could not be fetched. */
  private isPlain = false;

  constructor(options: CodeEditorOptions) {
    this.view = new EditorView({
      parent: options.parent,
      state: EditorState.create({ doc: options.text, extensions: [...setup(options), this.syntax.of([]), this.lock.of([])] }),
    });
    void this.setLanguage(options.language);
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** The whole text, as one change. */
  replace(text: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** The text that the server has; nothing is sent back. */
  reset(text: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, annotations: fromServer.of(true) });
  }

  async setLanguage(language: string): Promise<void> {
    this.language = language;
    const extension = await highlighting(language);
    if (this.language !== language) return;
    this.isPlain = extension === null;
    this.view.dispatch({ effects: this.syntax.reconfigure([extension ?? [], indentUnit.of(indentOf(language))]) });
  }

  /** The connection is back. */
  reconnected(): void {
    if (this.isPlain) void this.setLanguage(this.language);
  }

  /** Still to be read, scrolled and copied from. */
  setReadOnly(locked: boolean): void {
    if (this.view.state.readOnly === locked) return;
    const extension = locked ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })] : [];
    this.view.dispatch({ effects: this.lock.reconfigure(extension) });
  }

  focus(): void {
    this.view.focus();
  }
}

function setup(options: CodeEditorOptions): Extension[] {
  const prose = options.language === "text";
  return [
    prose ? EditorView.lineWrapping : [lineNumbers(), highlightActiveLineGutter(), bracketMatching(), closeBrackets(), indentOnInput()],
    // What the server would refuse must not be typed here: its copy and ours would part.
    EditorState.changeFilter.of((transaction) => !!transaction.annotation(fromServer) || fits(transaction.newDoc.length, options)),
    highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), syntaxHighlighting(style),
    EditorState.tabSize.of(4),
    // Before CodeMirror's own meaning of these keys.
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { options.onRun(); return true; } }])),
    // CodeMirror lets Escape followed by Tab leave the editor; the page says so.
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...(prose ? [] : [indentWithTab])]),
    EditorView.contentAttributes.of({ "aria-label": options.label, "aria-describedby": options.describedBy, tabindex: "0", spellcheck: prose ? "true" : "false" }),
    EditorView.domEventHandlers({
      paste: (event) => pasted(event.clipboardData, options.onPaste),
      drop: (event) => pasted(event.dataTransfer, options.onPaste),
    }),
    EditorView.updateListener.of((update) => {
      for (const transaction of update.transactions) {
        if (transaction.docChanged && !transaction.annotation(fromServer)) options.onChange(transaction.changes.toJSON());
      }
    }),
  ];
}

function fits(length: number, options: CodeEditorOptions): boolean {
  if (length > MOST_CHARACTERS) options.onTooLong(MOST_CHARACTERS);
  return length <= MOST_CHARACTERS;
}

function pasted(from: DataTransfer | null, tell: (length: number) => void): boolean {
  tell(from?.getData("text/plain").length ?? 0);
  return false;
}
