/** Plays the interviewer's PCM16 chunks without gaps and reports what was heard. */

import { pcm16ToFloats } from "../core/base64.ts";
import { Utterance, type PlaybackListener } from "./playback.ts";

const WATCH_EVERY_MS = 50;

export class Player {
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  private analyser: AnalyserNode | null = null;
  private readonly utterances = new Map<string, Utterance>();
  private readonly sources = new Map<string, Set<AudioBufferSourceNode>>();
  /** Stopped before their last chunk: chunks still on their way are not to be heard. */
  private readonly silenced = new Set<string>();
  /** Where an utterance goes on that was interrupted, in milliseconds. */
  private readonly goingOn = new Map<string, number>();
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly listener: PlaybackListener) {}

  /** To be called inside a click: browsers allow sound only after one. */
  async unlock(): Promise<void> {
    const context = this.context ?? this.create();
    if (context.state !== "running") await context.resume();
  }

  setMuted(muted: boolean): void {
    if (this.gain) this.gain.gain.value = muted ? 0 : 1;
  }

  /** An utterance begins, or goes on from `fromMs` after it was interrupted. */
  begin(utteranceId: string, fromMs = 0): void {
    this.silenced.delete(utteranceId);
    this.goingOn.set(utteranceId, fromMs);
  }

  /** One chunk of 16-bit little-endian mono samples. */
  chunk(utteranceId: string, bytes: Uint8Array, sampleRate: number): void {
    if (this.silenced.has(utteranceId)) return;
    const context = this.context ?? this.create();
    const floats = pcm16ToFloats(bytes);
    if (!floats.length || !this.gain) return;
    const buffer = context.createBuffer(1, floats.length, sampleRate);
    buffer.copyToChannel(floats, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(this.gain);
    source.start(this.utterance(utteranceId).schedule(buffer.duration, context.currentTime, this.busyUntil(utteranceId)));
    this.remember(utteranceId, source);
    this.startWatching();
  }

  /** The last chunk of the utterance was sent. */
  end(utteranceId: string): void {
    if (this.silenced.has(utteranceId)) return;
    this.utterance(utteranceId).close();
    this.startWatching();
  }

  /** Silence at once: one utterance, or all. */
  stop(utteranceId?: string): void {
    const now = this.context?.currentTime ?? 0;
    if (utteranceId !== undefined) this.silenced.add(utteranceId);
    for (const [id, utterance] of this.utterances) {
      if (utteranceId !== undefined && id !== utteranceId) continue;
      for (const source of this.sources.get(id) ?? []) source.stop();
      utterance.stop(now);
      this.silenced.add(id);
      this.forget(id);
    }
  }

  get isBusy(): boolean {
    return this.utterances.size > 0;
  }

  /** Loudness of what sounds now, 0 to 1, for the animation. */
  level(): number {
    if (!this.analyser || !this.utterances.size) return 0;
    const samples = new Float32Array(this.analyser.fftSize);
    this.analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  }

  /** Two soft notes, for the speaker test. */
  async testSound(): Promise<void> {
    await this.unlock();
    const { context, gain } = this;
    if (!context || !gain) return;
    for (const [index, frequency] of [523.25, 659.25].entries()) beep(context, gain, frequency, context.currentTime + index * 0.28);
  }

  close(): void {
    this.stop();
    clearInterval(this.watch);
    void this.context?.close();
    this.context = null;
  }

  private create(): AudioContext {
    const context = new AudioContext();
    this.gain = new GainNode(context);
    this.analyser = new AnalyserNode(context, { fftSize: 512 });
    this.gain.connect(this.analyser).connect(context.destination);
    this.context = context;
    return context;
  }

  private utterance(id: string): Utterance {
    const known = this.utterances.get(id) ?? new Utterance(id, this.listener, this.goingOn.get(id));
    this.utterances.set(id, known);
    return known;
  }

  /** The end of whatever else is queued: utterances sound one after another. */
  private busyUntil(id: string): number {
    const others = [...this.utterances.values()].filter((one) => one.id !== id);
    return Math.max(0, ...others.map((one) => one.endsAt));
  }

  private remember(id: string, source: AudioBufferSourceNode): void {
    const sources = this.sources.get(id) ?? new Set();
    sources.add(source);
    this.sources.set(id, sources);
    source.onended = () => sources.delete(source);
  }

  private startWatching(): void {
    this.watch ??= setInterval(() => this.advance(), WATCH_EVERY_MS);
  }

  private advance(): void {
    const now = this.context?.currentTime ?? 0;
    for (const utterance of this.utterances.values()) {
      utterance.advance(now);
      if (utterance.isOver) this.forget(utterance.id);
    }
    if (this.utterances.size) return;
    clearInterval(this.watch);
    this.watch = undefined;
  }

  private forget(id: string): void {
    this.utterances.delete(id);
    this.sources.delete(id);
    this.goingOn.delete(id);
  }
}

function beep(context: AudioContext, into: AudioNode, frequency: number, at: number): void {
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, at);
  envelope.gain.linearRampToValueAtTime(0.2, at + 0.02);
  envelope.gain.exponentialRampToValueAtTime(0.001, at + 0.45);
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(envelope).connect(into);
  tone.start(at);
  tone.stop(at + 0.5);
}
