/** Syntax of the programming languages, each fetched when it is chosen. */

import { StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

type Load = () => Promise<Extension>;

const cpp: Load = async () => (await import("@codemirror/lang-cpp")).cpp();

const LOADERS: Record<string, Load> = {
  python: async () => (await import("@codemirror/lang-python")).python(),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  java: async () => (await import("@codemirror/lang-java")).java(),
  c: cpp,
  cpp,
  go: async () => (await import("@codemirror/lang-go")).go(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  ruby: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  php: async () => (await import("@codemirror/lang-php")).php(),
  bash: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/shell")).shell),
  sql: async () => {
    const { sql, SQLite } = await import("@codemirror/lang-sql");
    return sql({ dialect: SQLite });
  },
};

/** What one step of indentation is; four spaces elsewhere. */
const INDENTS: Record<string, string> = { javascript: "  ", typescript: "  ", ruby: "  ", bash: "  ", go: "\t" };

/** Nothing for a language that is not known; null where it could not be fetched, as when the connection is gone. */
export async function highlighting(language: string): Promise<Extension | null> {
  try {
    return (await LOADERS[language]?.()) ?? [];
  } catch {
    return null;
  }
}

export function indentOf(language: string): string {
  return INDENTS[language] ?? "    ";
}
