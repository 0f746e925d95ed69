/** The microphone: 40 ms frames of 16 kHz mono PCM16 and a level for the meter. */

import { loudness, TARGET_RATE } from "./resample.ts";

interface MicListeners {
  /** Little-endian bytes of one frame (every platform that browsers run on is little-endian). */
  onFrame: (bytes: Uint8Array) => void;
  /** Root mean square of that frame, 0 to 1. */
  onLevel: (rms: number) => void;
  /** The device was unplugged or its permission withdrawn. */
  onLost: () => void;
}

const CONSTRAINTS: MediaTrackConstraints = {
  channelCount: 1,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

  /** Rejects with a `DOMException` (`NotAllowedError`, `NotFoundError`, …) as `getUserMedia` does. */
  static async open(workletUrl: string, deviceId: string, listeners: MicListeners): Promise<Microphone> {
    const device = deviceId ? { deviceId: { exact: deviceId } } : {};
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...CONSTRAINTS, ...device } });
    try {
      return await Microphone.over(stream, workletUrl, listeners);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
  }

  private static async over(stream: MediaStream, workletUrl: string, listeners: MicListeners): Promise<Microphone> {
    const { context, source } = connectable(stream);
    const microphone = new Microphone(stream, context);
    try {
      await microphone.listen(workletUrl, source, listeners);
    } catch (error) {
      microphone.close();
      throw error;
    }
    return microphone;
  }

  get label(): string {
    return this.stream.getAudioTracks()[0]?.label ?? "";
  }

  get deviceId(): string {
    return this.stream.getAudioTracks()[0]?.getSettings().deviceId ?? "";
  }

  close(): void {
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void this.context.close();
  }

  private async listen(workletUrl: string, source: AudioNode, listeners: MicListeners): Promise<void> {
    await this.context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(this.context, "viva-mic", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      listeners.onLevel(loudness(new Int16Array(event.data)));
      listeners.onFrame(new Uint8Array(event.data));
    };
    source.connect(node);
    const [track] = this.stream.getAudioTracks();
    if (track) track.onended = () => listeners.onLost();
    await this.context.resume();
  }
}

/** Firefox cannot connect a stream to a context of another rate: there the worklet resamples. */
function connectable(stream: MediaStream): { context: AudioContext; source: AudioNode } {
  const context = new AudioContext({ sampleRate: TARGET_RATE });
  try {
    return { context, source: context.createMediaStreamSource(stream) };
  } catch {
    void context.close();
    const usual = new AudioContext();
    return { context: usual, source: usual.createMediaStreamSource(stream) };
  }
}
