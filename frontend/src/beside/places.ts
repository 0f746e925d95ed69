/** Where a value stands in its file: arithmetic, without a browser. */

interface Share {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** `left,bottom,right,top` in points from the lower left corner, as percent of the page from its upper left one. */
export function share(box: string, width: number, height: number): Share | null {
  const [left = NaN, bottom = NaN, right = NaN, top = NaN] = box.split(",").map(Number);
  if (![left, bottom, right, top].every(Number.isFinite) || width <= 0 || height <= 0) return null;
  return {
    left: (100 * left) / width,
    top: (100 * (height - top)) / height,
    width: (100 * (right - left)) / width,
    height: (100 * (top - bottom)) / height,
  };
}

export interface Span {
  start: number;
  end: number;
}

/** Whether two pieces of a text have a character in common. */
export function overlap(one: Span, two: Span): boolean {
  return one.start < two.end && two.start < one.end;
}

/** How far a pane is to be scrolled so that a place stands in its middle; where all of it is in view already, as it is. */
export function scrolled(now: number, height: number, place: Span): number {
  if (place.start >= now && place.end <= now + height) return now;
  return Math.max(0, (place.start + place.end - height) / 2);
}
