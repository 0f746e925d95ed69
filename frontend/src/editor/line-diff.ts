/** Two outputs side by side, line by line. */

export interface Row {
  same: boolean;
  /** Null where the side has no line here. */
  expected: string | null;
  actual: string | null;
}

/** Beyond this many lines between the first and the last difference, lines are compared by their place. */
const MOST_ALIGNED = 300;

/** White space at line ends and at the end does not count, as in the judge's comparison. */
export function rowsOf(expected: string, actual: string): Row[] {
  const [ours, theirs] = [linesOf(expected), linesOf(actual)];
  let start = 0;
  while (start < Math.min(ours.length, theirs.length) && alike(ours[start], theirs[start])) start += 1;
  let end = 0;
  while (end < Math.min(ours.length, theirs.length) - start && alike(ours.at(-1 - end), theirs.at(-1 - end))) end += 1;
  const middle = aligned(ours.slice(start, ours.length - end), theirs.slice(start, theirs.length - end));
  const shared = (from: number, to: number, shift: number): Row[] =>
    ours.slice(from, to).map((line, index) => ({ same: true, expected: line, actual: theirs[from + shift + index] ?? line }));
  return [...shared(0, start, 0), ...middle, ...shared(ours.length - end, ours.length, theirs.length - ours.length)];
}

function linesOf(text: string): string[] {
  const whole = text.trimEnd();
  return whole ? whole.split("\n") : [];
}

function alike(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.trimEnd() === other.trimEnd();
}

function aligned(expected: string[], actual: string[]): Row[] {
  if (Math.max(expected.length, actual.length) > MOST_ALIGNED) return paired(expected, actual);
  const rows: Row[] = [];
  let [from, to] = [0, 0];
  for (const [here, there] of [...common(expected, actual), [expected.length, actual.length] as const]) {
    rows.push(...paired(expected.slice(from, here), actual.slice(to, there)));
    if (here < expected.length) rows.push({ same: true, expected: expected[here] ?? "", actual: actual[there] ?? "" });
    [from, to] = [here + 1, there + 1];
  }
  return rows;
}

function paired(expected: string[], actual: string[]): Row[] {
  return Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) => ({
    same: alike(expected[index], actual[index]), expected: expected[index] ?? null, actual: actual[index] ?? null,
  }));
}

/** Places of a longest common subsequence of the lines. */
function common(one: string[], other: string[]): (readonly [number, number])[] {
  const longest = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  const at = (row: number, column: number): number => longest[row]?.[column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      const best = alike(one[row], other[column]) ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (longest[row] as Uint16Array)[column] = best;
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < one.length && column < other.length; ) {
    if (alike(one[row], other[column])) places.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return places;
}
