/** CodeMirror's ChangeSet JSON applied to a text, without CodeMirror: offsets count UTF-16 units, as strings here do. */

/** The new text; null where the changes are none, or for a text of another length. */
export function applied(text: string, changes: unknown): string | null {
  if (!Array.isArray(changes)) return null;
  let at = 0;
  let result = "";
  for (const part of changes as unknown[]) {
    const length = Array.isArray(part) ? (part[0] as unknown) : part;
    if (typeof length !== "number") return null;
    result += Array.isArray(part) ? part.slice(1).join("\n") : text.slice(at, at + length);
    at += length;
  }
  return at === text.length ? result : null;
}

/** No database keeps NUL or half a surrogate pair: the server stores U+FFFD in their place, of the same length. */
export function storable(text: string): string {
  return text.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
