/** Step 2: the candidate sees and hears that everything works, or chooses to write. */

import { Camera } from "../media/camera.ts";
import { Held } from "../media/held.ts";
import { Microphone } from "../media/mic.ts";
import type { Player } from "../media/player.ts";
import { problemOf } from "../media/problems.ts";
import { meterPosition } from "../media/resample.ts";
import { data, part, setOptional, setText, showStep, text, workletUrl } from "../page.ts";

export interface ChosenDevices {
  input: "voice" | "text";
  micId: string;
  /** Perhaps still opening: `cameraReady` tells when that is over. */
  camera: Held<Camera>;
  cameraReady: Promise<void>;
}

const HEARD_RMS = 0.01;

export function chooseDevices(player: Player): Promise<ChosenDevices> {
  showStep("devices");
  return new DeviceCheck(player).run();
}

class DeviceCheck {
  private readonly mic = new Held<Microphone>();
  private readonly camera = new Held<Camera>();
  private cameraReady = Promise.resolve();
  private joined = false;
  private readonly written = part<HTMLInputElement>("written");
  private readonly micSelect = part<HTMLSelectElement>("mic-select");
  private readonly cameraSelect = part<HTMLSelectElement>("camera-select");
  private readonly join = part<HTMLButtonElement>("join");
  private readonly check = part<HTMLButtonElement>("check-devices");

  constructor(private readonly player: Player) {}

  async run(): Promise<ChosenDevices> {
    const allowed = await alreadyAllowed();
    this.prepare(); // which may let the candidate enter: from here on nothing waits before the click is listened to
    if (allowed) void this.start();
    return new Promise((resolve) => {
      this.join.addEventListener("click", () => {
        void this.player.unlock();
        resolve(this.chosen());
      }, { once: true });
    });
  }

  private prepare(): void {
    const secure = window.isSecureContext && !!navigator.mediaDevices;
    if (!secure) setOptional(part("insecure"), text("insecure"));
    if (!data.speech_available) setOptional(part("engine-note"), text("engine_none"));
    this.written.checked = !data.speech_available || !secure;
    this.written.disabled = this.written.checked;
    this.check.disabled = !secure;
    this.check.addEventListener("click", () => void this.start());
    this.written.addEventListener("change", () => void this.startMic());
    this.micSelect.addEventListener("change", () => void this.startMic());
    this.cameraSelect.addEventListener("change", () => void this.restartCamera());
    part("test-sound").addEventListener("click", () => void this.player.testSound());
    this.refresh();
  }

  private async start(): Promise<void> {
    this.check.disabled = true;
    await this.startMic();
    if (this.joined) return;
    await this.restartCamera();
    await this.listDevices();
    this.check.disabled = false;
    this.check.hidden = !!this.camera.current && (!!this.mic.current || this.written.checked);
  }

  private async startMic(): Promise<void> {
    const chosen = this.micSelect.value;
    this.mic.close();
    this.showLevel(0);
    if (!this.written.checked) {
      setText(part("mic-state"), text("mic_silent"));
      await this.openMic(chosen);
    }
    this.refresh();
  }

  private async openMic(deviceId: string): Promise<void> {
    const state = part("mic-state");
    try {
      await this.mic.open(() => Microphone.open(workletUrl(), deviceId, {
        onFrame: () => undefined,
        onLevel: (rms) => this.heard(rms),
        onLost: () => void this.startMic(),
      }));
    } catch (error) {
      setText(state, text(`mic_${problemOf(error)}`));
    }
  }

  private restartCamera(): Promise<void> {
    this.cameraReady = this.startCamera(this.cameraSelect.value);
    return this.cameraReady;
  }

  private async startCamera(deviceId: string): Promise<void> {
    try {
      const camera = await this.camera.open(() => Camera.open(deviceId));
      if (!camera || this.joined) return;
      camera.onLost = () => void this.restartCamera();
      setText(part("camera-state"), text("camera_on"));
    } catch (error) {
      setText(part("camera-state"), text(`camera_${problemOf(error)}`));
    }
    part<HTMLVideoElement>("preview").srcObject = this.camera.current?.stream ?? null;
    part("preview-off").hidden = !!this.camera.current;
  }

  private async listDevices(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    fill(this.micSelect, devices, "audioinput", "mic_name", this.mic.current?.deviceId);
    fill(this.cameraSelect, devices, "videoinput", "camera_name", this.camera.current?.deviceId);
  }

  private heard(rms: number): void {
    this.showLevel(rms);
    if (rms > HEARD_RMS) setText(part("mic-state"), text("mic_heard"));
  }

  private showLevel(rms: number): void {
    part("level").style.setProperty("--level", meterPosition(rms).toFixed(2));
  }

  private refresh(): void {
    if (this.written.checked) setText(part("mic-state"), text("mic_written"));
    this.join.disabled = !this.mic.current && !this.written.checked;
  }

  /** The microphone is opened anew in the room, with the room's listeners. */
  private chosen(): ChosenDevices {
    const micId = this.mic.current?.deviceId ?? "";
    this.joined = true;
    this.mic.close();
    part<HTMLVideoElement>("preview").srcObject = null;
    return { input: this.written.checked ? "text" : "voice", micId, camera: this.camera, cameraReady: this.cameraReady };
  }
}

function fill(select: HTMLSelectElement, devices: MediaDeviceInfo[], kind: MediaDeviceKind, nameKey: string, current = ""): void {
  const options = devices.filter((device) => device.kind === kind && device.deviceId);
  select.replaceChildren(
    ...options.map((device, index) => new Option(device.label || text(nameKey, { number: index + 1 }), device.deviceId)),
  );
  select.disabled = options.length < 1;
  if (current) select.value = current;
}

/** Whether the browser would start the devices without asking; then there is no need for a click. */
async function alreadyAllowed(): Promise<boolean> {
  try {
    const name = "microphone" as PermissionName; // not in TypeScript's list, but in browsers
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
}
