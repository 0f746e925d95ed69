/** The text as it was, in an editor that nobody can write in, with the last change marked. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, drawSelection, EditorView, highlightSpecialChars, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { highlighting } from "../editor/languages.ts";
import { difference, type Span } from "./writing.ts";

const style = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier], class: "code-keyword" },
  { tag: [tags.string, tags.regexp], class: "code-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "code-number" },
  { tag: [tags.comment, tags.meta], class: "code-comment" },
  { tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))], class: "code-function" },
  { tag: [tags.typeName, tags.className], class: "code-type" },
]);

const showChange = StateEffect.define<readonly Span[]>();
const inserted = Decoration.mark({ class: "replay-changed" });
const deletedLine = Decoration.line({ class: "replay-deleted" });

const lastChange = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const shown = transaction.effects.find((effect) => effect.is(showChange));
    if (!shown) return marks.map(transaction.changes);
    const doc = transaction.newDoc;
    const spans = (shown.value as readonly Span[]).filter((span) => span.to <= doc.length);
    return Decoration.set(
      spans.map((span) => (span.from < span.to ? inserted.range(span.from, span.to) : deletedLine.range(doc.lineAt(span.from).from))), true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class Screen {
  private readonly view: EditorView;
  private readonly syntax = new Compartment();
  private language = "";

  constructor(parent: HTMLElement, label: string) {
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          EditorState.readOnly.of(true), EditorView.editable.of(false), lineNumbers(), highlightSpecialChars(), drawSelection(),
          EditorState.tabSize.of(4), EditorView.lineWrapping, syntaxHighlighting(style), lastChange, this.syntax.of([]),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        ],
      }),
    });
  }

  show(text: string, changed: readonly Span[]): void {
    const change = difference(this.view.state.doc.toString(), text);
    const place = changed.at(-1)?.to;
    const effects: StateEffect<unknown>[] = [showChange.of(changed)];
    if (place !== undefined && place <= text.length) effects.push(EditorView.scrollIntoView(place, { y: "nearest", yMargin: 40 }));
    this.view.dispatch(change ? { changes: change, effects } : { effects });
  }

  async speak(language: string): Promise<void> {
    if (language === this.language) return;
    this.language = language;
    const extension = await highlighting(language);
    if (this.language === language) this.view.dispatch({ effects: this.syntax.reconfigure(extension ?? []) });
  }
}
