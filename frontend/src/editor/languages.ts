/** Syntax of the programming languages, each fetched when it is chosen. */

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
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
};

/** No highlighting for a language that is not known. */
export async function highlighting(language: string): Promise<Extension> {
  return (await LOADERS[language]?.()) ?? [];
}
