/** Step 2: the candidate sees and hears that everything works, or chooses to write. */

import { Camera } from "../media/camera.ts";
import { Microphone } from "../media/mic.ts";
import type { Player } from "../media/player.ts";
import { problemOf } from "../media/problems.ts";
import { meterPosition } from "../media/resample.ts";
import { data, part, setOptional, setText, showStep, text, workletUrl } from "../page.ts";

export interface ChosenDevices {
  input: "voice" | "text";
  micId: string;
  camera: Camera | null;
}

const HEARD_RMS = 0.01;

export function chooseDevices(player: Player): Promise<ChosenDevices> {
  showStep("devices");
  return new DeviceCheck(player).run();
}

class DeviceCheck {
  private mic: Microphone | null = null;
  private camera: Camera | null = null;
  private readonly written = part<HTMLInputElement>("written");
  private readonly micSelect = part<HTMLSelectElement>("mic-select");
  private readonly cameraSelect = part<HTMLSelectElement>("camera-select");
  private readonly join = part<HTMLButtonElement>("join");
  private readonly check = part<HTMLButtonElement>("check-devices");

  constructor(private readonly player: Player) {}

  async run(): Promise<ChosenDevices> {
    this.prepare();
    if (await alreadyAllowed()) void this.start();
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
    this.cameraSelect.addEventListener("change", () => void this.startCamera());
    part("test-sound").addEventListener("click", () => void this.player.testSound());
    this.refresh();
  }

  private async start(): Promise<void> {
    this.check.disabled = true;
    await this.startMic();
    await this.startCamera();
    await this.listDevices();
    this.check.disabled = false;
    this.check.hidden = !!this.camera && (!!this.mic || this.written.checked);
  }

  private async startMic(): Promise<void> {
    const chosen = this.micSelect.value;
    this.mic?.close();
    this.mic = null;
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
      this.mic = await Microphone.open(workletUrl(), deviceId, {
        onFrame: () => undefined,
        onLevel: (rms) => this.heard(rms),
        onLost: () => void this.startMic(),
      });
    } catch (error) {
      setText(state, text(`mic_${problemOf(error)}`));
    }
  }

  private async startCamera(): Promise<void> {
    const chosen = this.cameraSelect.value;
    this.camera?.close();
    this.camera = null;
    try {
      this.camera = await Camera.open(chosen, () => void this.startCamera());
      setText(part("camera-state"), text("camera_on"));
    } catch (error) {
      setText(part("camera-state"), text(`camera_${problemOf(error)}`));
    }
    part<HTMLVideoElement>("preview").srcObject = this.camera?.stream ?? null;
    part("preview-off").hidden = !!this.camera;
  }

  private async listDevices(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    fill(this.micSelect, devices, "audioinput", "mic_name", this.mic?.deviceId);
    fill(this.cameraSelect, devices, "videoinput", "camera_name", this.camera?.deviceId);
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
    this.join.disabled = !this.mic && !this.written.checked;
  }

  /** The microphone is opened anew in the room, with the room's listeners. */
  private chosen(): ChosenDevices {
    const micId = this.mic?.deviceId ?? "";
    this.mic?.close();
    part<HTMLVideoElement>("preview").srcObject = null;
    return { input: this.written.checked ? "text" : "voice", micId, camera: this.camera };
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
