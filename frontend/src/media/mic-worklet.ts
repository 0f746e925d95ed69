/** Runs on the audio thread: microphone blocks in, 40 ms frames of 16 kHz PCM16 out. A static file of its own. */

import { Framer, Resampler } from "./resample.ts";

declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

class MicProcessor extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate);
  private readonly framer = new Framer((frame) => this.port.postMessage(frame.buffer, [frame.buffer]));

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel) this.framer.push(this.resampler.process(channel));
    return true;
  }
}

registerProcessor("viva-mic", MicProcessor);
