/** The moving parts: the interviewer's presence and the microphone's bar, drawn once a frame. */

import type { Player } from "../media/player.ts";
import { meterPosition } from "../media/resample.ts";
import { part } from "../page.ts";

const FALL = 0.85; // of the level, each frame: a bar that drops at once looks nervous

export class Meters {
  private mic = 0;
  private shownMic = 0;
  private shownVoice = 0;

  constructor(private readonly player: Player) {
    requestAnimationFrame(() => this.draw());
  }

  micLevel(rms: number): void {
    this.mic = meterPosition(rms);
  }

  private draw(): void {
    this.shownMic = Math.max(this.mic, this.shownMic * FALL);
    this.shownVoice = Math.max(meterPosition(this.player.level()), this.shownVoice * FALL);
    part("self-level").style.setProperty("--level", this.shownMic.toFixed(2));
    const presence = part("presence");
    presence.style.setProperty("--level", (presence.dataset["mood"] === "listening" ? this.shownMic : this.shownVoice).toFixed(2));
    requestAnimationFrame(() => this.draw());
  }
}
