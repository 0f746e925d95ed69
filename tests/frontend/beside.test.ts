import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { overlap, scrolled, share } from "../../frontend/src/beside/places.ts";

describe("places in a file", () => {
  it("turns points from below into percent from above", () => {
    assert.deepEqual(share("50,700,150,800", 500, 1000), { left: 10, top: 20, width: 20, height: 10 });
  });

  it("shows nothing for what is no box", () => {
    for (const box of ["", "1,2,3", "a,b,c,d"]) assert.equal(share(box, 500, 1000), null);
    assert.equal(share("1,2,3,4", 0, 1000), null);
  });

  it("finds lines that have a character in common with a value", () => {
    assert.equal(overlap({ start: 5, end: 9 }, { start: 8, end: 20 }), true);
    assert.equal(overlap({ start: 5, end: 8 }, { start: 8, end: 20 }), false);
    assert.equal(overlap({ start: 5, end: 8 }, { start: 6, end: 6 }), true);
  });

  it("scrolls only what is out of view, into the middle", () => {
    assert.equal(scrolled(100, 400, { start: 150, end: 200 }), 100);
    assert.equal(scrolled(100, 400, { start: 900, end: 1000 }), 750);
    assert.equal(scrolled(500, 400, { start: 20, end: 40 }), 0);
  });
});
