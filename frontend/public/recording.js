// Plays the sides of a turn together, from its beginning or from an utterance. Without it each side has its own controls.
"use strict";

const TICK_MS = 100;
/** Sides further apart than this are brought together again. */
const DRIFT_S = 0.25;
let playing = null;

class Turn {
  constructor(box) {
    this.sides = [...box.querySelectorAll("audio, video")].map((element) => ({
      element,
      start: Number(element.dataset.start),
      end: Number(element.dataset.end),
    }));
    this.start = Math.min(...this.sides.map((side) => side.start));
    this.end = Math.max(...this.sides.map((side) => side.end));
  }

  /** Between these wall times of the interview; `button` stops it when it is pressed again. */
  play(from, to, button) {
    stop();
    playing = this;
    this.button = button;
    this.to = Math.min(to, this.end);
    this.wall = from;
    this.at = performance.now();
    button.setAttribute("aria-pressed", "true");
    for (const side of this.sides) side.begun = false;
    this.tick();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.timer);
    for (const side of this.sides) side.element.pause();
    this.button.setAttribute("aria-pressed", "false");
  }

  tick() {
    const now = performance.now();
    // While a side is still being fetched, time stands still for the others too.
    if (!this.sides.some((side) => side.begun && !side.element.error && side.element.readyState < 3 && !side.element.ended)) {
      this.wall += now - this.at;
    }
    this.at = now;
    if (this.wall >= this.to) {
      stop();
      return;
    }
    for (const side of this.sides) this.keep(side);
  }

  /** Begins a side when its time has come, and keeps it in step. */
  keep(side) {
    const { element, start, end } = side;
    if (this.wall < start || this.wall >= end) {
      if (side.begun) element.pause();
      return;
    }
    const place = (this.wall - start) / 1000;
    if (!side.begun) {
      side.begun = true;
      element.currentTime = place;
      element.play().catch(() => {});
    } else if (element.readyState >= 3 && !element.ended && Math.abs(element.currentTime - place) > DRIFT_S) {
      element.currentTime = place;
    }
  }
}

function stop() {
  const turn = playing;
  playing = null;
  turn?.stop();
}

function setUp() {
  for (const box of document.querySelectorAll("[data-recording]")) {
    const turn = new Turn(box);
    for (const button of (box.closest("li") ?? box).querySelectorAll("button[data-play]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-pressed") === "true") stop();
        else turn.play(Number(button.dataset.from ?? turn.start), Number(button.dataset.to ?? turn.end), button);
      });
    }
  }
}

// The admin puts scripts into the head.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", setUp);
else setUp();
