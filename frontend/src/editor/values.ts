/** What a function returned, made readable: JSON over several lines, however the program wrote it. */

/** `text` as indented JSON, or as it is where it is none. */
export function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What a function's test wrote: first what it printed by itself, in its last line the value that it returned. */
export function returned(stdout: string): { printed: string; value: string } {
  const lines = stdout.trimEnd().split("\n");
  return { printed: lines.slice(0, -1).join("\n"), value: indented(lines.at(-1) ?? "") };
}
