/** A task's statement, as plain text with a little Markdown, cut into what is set differently. */

export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "code"; text: string };

export interface Span {
  code: boolean;
  text: string;
}

const FENCE = /^\s*```/;
const INDENTED = /^(?: {4}|\t)/;
const ITEM = /^\s{0,3}[-*•]\s+/;

/** Paragraphs are separated by empty lines; code stands between ``` lines, or is indented by four spaces. */
export function blocksOf(statement: string): Block[] {
  const blocks: Block[] = [];
  const lines = statement.replace(/\r\n?/g, "\n").split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    const length = FENCE.test(line) ? fenced(lines, at, blocks) : line.trim() ? plain(lines, at, blocks) : 1;
    at += length;
  }
  return blocks;
}

/** `code` between backticks is set apart. */
export function spansOf(text: string): Span[] {
  const parts = text.split(/`([^`\n]+)`/);
  return parts.map((part, index) => ({ code: index % 2 === 1, text: part })).filter((span) => span.text);
}

function fenced(lines: string[], at: number, blocks: Block[]): number {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => FENCE.test(line));
  const inside = end < 0 ? rest : rest.slice(0, end);
  blocks.push({ kind: "code", text: inside.join("\n") });
  return inside.length + (end < 0 ? 1 : 2);
}

/** Lines of one kind up to the next empty one. Code goes on over empty lines when it is indented again behind them. */
function plain(lines: string[], at: number, blocks: Block[]): number {
  const first = lines[at] as string;
  if (INDENTED.test(first)) return indented(lines, at, blocks);
  const list = ITEM.test(first);
  const rest = lines.slice(at);
  const end = rest.findIndex((line, index) => index > 0 && (!line.trim() || FENCE.test(line) || (!list && ITEM.test(line))));
  const own = end < 0 ? rest : rest.slice(0, end);
  blocks.push(list ? { kind: "list", items: itemsOf(own) } : { kind: "paragraph", text: own.map((line) => line.trim()).join("\n") });
  return own.length;
}

function indented(lines: string[], at: number, blocks: Block[]): number {
  let end = at;
  for (let line = at; line < lines.length && (INDENTED.test(lines[line] as string) || !(lines[line] as string).trim()); line += 1) {
    if ((lines[line] as string).trim()) end = line;
  }
  const text = lines.slice(at, end + 1).map((line) => line.replace(INDENTED, "")).join("\n");
  blocks.push({ kind: "code", text });
  return end + 1 - at;
}

/** A line without a mark goes on with the item before it. */
function itemsOf(lines: string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ""));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return items;
}
