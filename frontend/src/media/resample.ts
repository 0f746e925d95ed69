/** Bringing a microphone's rate to 16 kHz, and cutting it into frames. Plain arithmetic: it runs inside the worklet. */

export const TARGET_RATE = 16_000;
const FRAME_SAMPLES = 640; // 40 ms

const LOBES = 8; // zero crossings of the sinc on each side, in output samples

/**
 * A windowed-sinc resampler that keeps its place from block to block. It filters below half of the lower rate, so that
 * a 48 kHz microphone's upper octaves do not fold into speech.
 */
export class Resampler {
  private readonly step: number;
  private readonly cutoff: number;
  private readonly reach: number;
  private history: Float32Array;
  /** Where the next output sample lies, in input samples from the start of `history`. */
  private position: number;

  constructor(inputRate: number, outputRate: number = TARGET_RATE) {
    this.step = inputRate / outputRate;
    this.cutoff = Math.min(1, 1 / this.step) * 0.95;
    this.reach = Math.ceil(LOBES * Math.max(1, this.step));
    this.history = new Float32Array(this.reach);
    this.position = this.reach;
  }

  process(block: Float32Array): Float32Array {
    if (this.step === 1) return block;
    const input = new Float32Array(this.history.length + block.length);
    input.set(this.history);
    input.set(block, this.history.length);
    const output: number[] = [];
    while (this.position + this.reach < input.length) {
      output.push(this.at(input, this.position));
      this.position += this.step;
    }
    const drop = Math.max(0, Math.floor(this.position) - this.reach);
    this.history = input.slice(drop);
    this.position -= drop;
    return Float32Array.from(output);
  }

  private at(input: Float32Array, position: number): number {
    const centre = Math.floor(position);
    let sum = 0;
    let weights = 0;
    for (let index = centre - this.reach + 1; index <= centre + this.reach; index += 1) {
      const distance = index - position;
      const weight = sinc(distance * this.cutoff) * hann(distance / this.reach);
      sum += (input[index] ?? 0) * weight;
      weights += weight;
    }
    return sum / weights;
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function hann(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}

/** Collects samples into whole frames of 16-bit integers. */
export class Framer {
  private frame = new Int16Array(FRAME_SAMPLES);
  private filled = 0;

  constructor(private readonly onFrame: (frame: Int16Array<ArrayBuffer>) => void) {}

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.frame[this.filled] = toInt16(sample);
      this.filled += 1;
      if (this.filled === FRAME_SAMPLES) this.emit();
    }
  }

  private emit(): void {
    const whole = this.frame;
    this.frame = new Int16Array(FRAME_SAMPLES);
    this.filled = 0;
    this.onFrame(whole);
  }
}

function toInt16(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff);
}

/** Root mean square of a frame, from 0 to 1. */
export function loudness(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.length)) / 0x8000;
}

/** How far a level bar goes: 0 at -60 dB, 1 at -10 dB. */
export function meterPosition(rms: number): number {
  if (rms <= 0) return 0;
  return Math.max(0, Math.min(1, (20 * Math.log10(rms) + 60) / 50));
}
