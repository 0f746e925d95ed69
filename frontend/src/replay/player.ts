/** A replay that is loaded: what its controls and its keys do, and what is shown at each moment. */

import type { Description } from "./description.ts";
import { languageAt } from "./description.ts";
import type { Command } from "./keys.ts";
import { busyTimes, Playback, SPEEDS, type Speed } from "./playback.ts";
import type { Span, Writing } from "./writing.ts";

const JUMP_MS = 5_000;

export interface Shown {
  text: string;
  changed: readonly Span[];
  language: string;
}

export class Player {
  readonly playback: Playback;
  private count = -1;

  constructor(readonly description: Description, private readonly writing: Writing) {
    const marks = description.marks.map((mark) => mark.at_ms);
    this.playback = new Playback(description.start_ms, description.end_ms, busyTimes(writing.times, marks));
    this.playback.seek(this.playback.end); // what came of it is seen first; to play begins anew
  }

  /** What there is to see now; null where it is what was shown before. */
  look(): Shown | null {
    const count = this.writing.countAt(this.playback.position);
    if (count === this.count) return null;
    this.count = count;
    return {
      text: this.writing.textAt(count).toString(),
      changed: this.writing.changedBy(count),
      language: languageAt(this.description.languages, this.writing.seqOf(count)),
    };
  }

  do(command: Command): void {
    const { playback } = this;
    switch (command) {
      case "toggle": return playback.toggle();
      case "back": return playback.seek(playback.position - JUMP_MS);
      case "forward": return playback.seek(playback.position + JUMP_MS);
      case "previous": return playback.step(-1);
      case "next": return playback.step(1);
      case "start": return playback.seek(playback.start);
      case "end": return playback.seek(playback.end);
      case "faster": return this.change(1);
      case "slower": return this.change(-1);
    }
  }

  private change(by: 1 | -1): void {
    const index = SPEEDS.indexOf(this.playback.speed) + by;
    this.playback.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index))] as Speed;
  }
}
