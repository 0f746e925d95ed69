/** The camera: a self view, and one JPEG a second for the proctoring worker. */

import { FIRST_SETTINGS, nextSettings, type JpegSettings } from "./jpeg-budget.ts";

const EVERY_MS = 1000;

export class Camera {
  private settings: JpegSettings = FIRST_SETTINGS;
  private readonly canvas = document.createElement("canvas");
  private readonly video = document.createElement("video");
  private timer: ReturnType<typeof setInterval> | undefined;
  private encoding = false;
  /** Unplugged, or permission withdrawn. Whoever has the camera now wants to know. */
  onLost: () => void = () => undefined;

  private constructor(readonly stream: MediaStream) {
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = stream;
  }

  /** Rejects with a `DOMException` as `getUserMedia` does. */
  static async open(deviceId: string): Promise<Camera> {
    const device = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "user" };
    const video = { ...device, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video });
    const camera = new Camera(stream);
    const [track] = stream.getVideoTracks();
    if (track) track.onended = () => camera.onLost();
    try {
      await camera.video.play();
    } catch (error) {
      camera.close(); // a stream that nobody holds would stay on
      throw error;
    }
    return camera;
  }

  get deviceId(): string {
    return this.stream.getVideoTracks()[0]?.getSettings().deviceId ?? "";
  }

  /** Hands out a frame each second; `mayTake` false skips one (the connection is busy with speech). */
  start(mayTake: () => boolean, onFrame: (jpeg: Uint8Array) => void): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (mayTake() && !this.encoding) void this.take(onFrame);
    }, EVERY_MS);
  }

  close(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    this.video.srcObject = null;
  }

  private async take(onFrame: (jpeg: Uint8Array) => void): Promise<void> {
    this.encoding = true;
    try {
      const jpeg = await this.encode();
      if (!jpeg) return;
      this.settings = nextSettings(this.settings, jpeg.size);
      onFrame(new Uint8Array(await jpeg.arrayBuffer()));
    } finally {
      this.encoding = false;
    }
  }

  private encode(): Promise<Blob | null> {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth || !videoHeight) return Promise.resolve(null);
    // Fit into the settings' box without distortion: a phone's camera may stand upright.
    const scale = Math.min(1, this.settings.width / videoWidth, this.settings.height / videoHeight);
    this.canvas.width = Math.round(videoWidth * scale);
    this.canvas.height = Math.round(videoHeight * scale);
    this.canvas.getContext("2d")?.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", this.settings.quality));
  }
}
