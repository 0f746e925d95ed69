import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fromBase64, pcm16ToFloats, toBase64 } from "../../frontend/src/core/base64.ts";
import { FIRST_SETTINGS, nextSettings, type JpegSettings } from "../../frontend/src/media/jpeg-budget.ts";
import { Utterance, type PlaybackListener } from "../../frontend/src/media/playback.ts";
import { Framer, loudness, meterPosition, Resampler } from "../../frontend/src/media/resample.ts";

function tone(hertz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / rate));
}

/** Resampled in the 128-sample blocks of an AudioWorklet. */
function resampled(input: Float32Array, rate: number): Float32Array {
  const resampler = new Resampler(rate);
  const output: number[] = [];
  for (let at = 0; at < input.length; at += 128) output.push(...resampler.process(input.subarray(at, at + 128)));
  return Float32Array.from(output);
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
}

describe("resampling to 16 kHz", () => {
  for (const rate of [44_100, 48_000, 8_000]) {
    it(`keeps the duration and a voice's frequencies from ${rate} Hz`, () => {
      const output = resampled(tone(440, rate, 1), rate);
      assert.ok(Math.abs(output.length - 16_000) < 40, `${output.length} samples`);
      assert.ok(Math.abs(rms(output.subarray(500)) - 0.5 / Math.SQRT2) < 0.005);
    });
  }

  it("suppresses what would fold into speech", () => {
    assert.ok(rms(resampled(tone(11_000, 48_000, 1), 48_000).subarray(500)) < 0.005);
  });

  it("is continuous over block borders", () => {
    const output = resampled(tone(440, 48_000, 1), 48_000).subarray(100, -100);
    const largest = output.reduce((most, one, at) => Math.max(most, at ? Math.abs(one - output[at - 1]!) : 0), 0);
    assert.ok(largest < 0.5 * ((2 * Math.PI * 440) / 16_000) * 1.05);
  });

  it("passes 16 kHz through", () => {
    const block = tone(440, 16_000, 0.01);
    assert.equal(new Resampler(16_000).process(block), block);
  });
});

describe("frames", () => {
  it("are whole: 640 samples each, the rest kept", () => {
    const frames: Int16Array[] = [];
    const framer = new Framer((frame) => frames.push(frame));
    for (let block = 0; block < 11; block += 1) framer.push(new Float32Array(128).fill(block / 20));
    assert.deepEqual(frames.map((frame) => frame.length), [640, 640]);
    assert.deepEqual([frames[0]![0], frames[0]![639], frames[1]![0]], [0, Math.round(0.2 * 0x7fff), Math.round(0.25 * 0x7fff)]);
  });

  it("clip instead of wrapping around", () => {
    const frames: Int16Array[] = [];
    new Framer((frame) => frames.push(frame)).push(new Float32Array(640).fill(-3));
    assert.equal(frames[0]![0], -0x7fff);
  });

  it("have a loudness that a meter can show", () => {
    assert.equal(loudness(new Int16Array(640)), 0);
    assert.ok(Math.abs(loudness(new Int16Array(640).fill(0x4000)) - 0.5) < 1e-9);
    assert.deepEqual([0, 0.001, 0.5].map(meterPosition), [0, 0, 1]);
  });
});

describe("base64", () => {
  it("goes both ways beyond one step", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => at % 251);
    assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  });

  it("reads little-endian samples", () => {
    assert.deepEqual([...pcm16ToFloats(Uint8Array.of(0, 0x40, 0, 0x80, 7))], [0.5, -1]);
  });
});

describe("the size of a camera frame", () => {
  function settled(bytesAt: (settings: JpegSettings) => number): JpegSettings {
    let settings = FIRST_SETTINGS;
    for (let frame = 0; frame < 20; frame += 1) settings = nextSettings(settings, bytesAt(settings));
    return settings;
  }

  it("stays at its best when small", () => {
    assert.deepEqual(settled(() => 30_000), FIRST_SETTINGS);
  });

  it("loses quality first, then size", () => {
    assert.deepEqual(nextSettings(FIRST_SETTINGS, 100_000), { ...FIRST_SETTINGS, quality: 0.7 });
    assert.deepEqual(settled(() => 200_000), { width: 480, height: 360, quality: 0.4 });
  });

  it("settles near its aim", () => {
    const settings = settled(({ quality, width }) => 120_000 * quality * (width / 640) ** 2);
    assert.ok(120_000 * settings.quality * (settings.width / 640) ** 2 <= 72 * 1024);
  });

  it("comes back when the picture gets simpler", () => {
    const small: JpegSettings = { width: 480, height: 360, quality: 0.4 };
    let settings = small;
    for (let frame = 0; frame < 20; frame += 1) settings = nextSettings(settings, 10_000);
    assert.deepEqual(settings, FIRST_SETTINGS);
  });
});

describe("playback", () => {
  function recorded(fromMs?: number): { events: string[]; utterance: Utterance } {
    const events: string[] = [];
    const listener: PlaybackListener = {
      started: (id) => events.push(`${id} started`),
      progress: (id, ms) => events.push(`${id} progress ${ms}`),
      ended: (id, ms) => events.push(`${id} ended ${ms}`),
      stopped: (id, ms) => events.push(`${id} stopped ${ms}`),
    };
    return { events, utterance: new Utterance("a1", listener, fromMs) };
  }

  it("joins chunks without a gap", () => {
    const { utterance } = recorded();
    const starts = [10, 10.01, 10.02].map((now) => utterance.schedule(0.1, now, 0));
    assert.deepEqual(starts.map((at) => Number(at.toFixed(3))), [10.12, 10.22, 10.32]);
  });

  it("counts on where it goes on after an interruption", () => {
    const { events, utterance } = recorded(1_200);
    utterance.schedule(1, 10, 0);
    utterance.advance(10.2);
    utterance.stop(10.37);
    assert.deepEqual(events, ["a1 started", "a1 stopped 1450"]);
  });

  it("waits for the utterance before it", () => {
    assert.equal(recorded().utterance.schedule(0.1, 10, 12.5), 12.5);
  });

  it("tells start, progress and end on the audio clock", () => {
    const { events, utterance } = recorded();
    utterance.schedule(1, 10, 0);
    for (const now of [10.05, 10.12, 10.4, 10.62, 11.1]) utterance.advance(now);
    assert.deepEqual(events, ["a1 started", "a1 progress 500"]);
    utterance.close();
    utterance.advance(11.2);
    assert.deepEqual(events.at(-1), "a1 ended 1000");
    assert.equal(utterance.isOver, true);
  });

  it("counts only what was heard when it is cut off", () => {
    const { events, utterance } = recorded();
    utterance.schedule(1, 10, 0);
    utterance.advance(10.2);
    utterance.stop(10.37);
    utterance.stop(10.5);
    assert.deepEqual(events, ["a1 started", "a1 stopped 250"]);
  });

  it("does not count the gap before a late chunk", () => {
    const { utterance } = recorded();
    utterance.schedule(0.1, 10, 0);
    utterance.schedule(0.1, 11, 0);
    assert.equal(utterance.heardMs(12), 200);
  });

  it("ends at once when there was no sound at all", () => {
    const { events, utterance } = recorded();
    utterance.close();
    utterance.advance(3);
    assert.deepEqual(events, ["a1 ended 0"]);
  });
});
