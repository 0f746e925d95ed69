/** Fetches a replay: its description, then its operations piece by piece. */

import type { Description } from "./description.ts";
import { type Operation, Writing } from "./writing.ts";

export interface Source {
  description: string;
  operations: string;
}

interface Piece {
  operations: Operation[];
  next: number | null;
}

/** Answers the JSON of an address. Rejects where there is none. */
type Fetch = (address: string) => Promise<unknown>;

export async function load(
  source: Source, fetchJson: Fetch, progress: (done: number, all: number) => void,
): Promise<{ description: Description; writing: Writing }> {
  const description = (await fetchJson(source.description)) as Description;
  const writing = new Writing();
  let after: number | null = -1;
  while (after !== null) {
    const piece = (await fetchJson(withAfter(source.operations, after))) as Piece;
    writing.add(piece.operations);
    progress(writing.length, description.operations);
    after = piece.next;
  }
  return { description, writing };
}

function withAfter(address: string, after: number): string {
  return after < 0 ? address : `${address}${address.includes("?") ? "&" : "?"}after=${after}`;
}

export async function fromServer(address: string): Promise<unknown> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
