import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Held } from "../../frontend/src/media/held.ts";

class Device {
  closed = 0;

  close(): void {
    this.closed += 1;
  }
}

/** A device that the browser opens when the test says so. */
function slow(): { opening: () => Promise<Device>; opens: (device: Device) => void; fails: (error: Error) => void } {
  let opens: (device: Device) => void = () => undefined;
  let fails: (error: Error) => void = () => undefined;
  const promise = new Promise<Device>((resolve, reject) => {
    opens = resolve;
    fails = reject;
  });
  return { opening: () => promise, opens, fails };
}

describe("a device", () => {
  it("is closed with its holder", async () => {
    const held = new Held<Device>();
    const device = await held.open(async () => new Device());
    held.close();
    assert.deepEqual([device?.closed, held.current], [1, null]);
  });

  it("that opens after the room was left is closed at once", async () => {
    const held = new Held<Device>();
    const browser = slow();
    const device = new Device();
    const opened = held.open(browser.opening);
    held.close();
    browser.opens(device);
    assert.deepEqual([await opened, device.closed, held.current], [null, 1, null]);
  });

  it("gives way to another", async () => {
    const held = new Held<Device>();
    const [first, second] = [slow(), slow()];
    const devices = [new Device(), new Device()] as const;
    const opened = [held.open(first.opening), held.open(second.opening)];
    second.opens(devices[1]);
    first.opens(devices[0]);
    await Promise.all(opened);
    assert.deepEqual([devices[0].closed, devices[1].closed, held.current === devices[1]], [1, 0, true]);
  });

  it("that could not be opened is an error only for who still wants it", async () => {
    const held = new Held<Device>();
    const browser = slow();
    const opened = held.open(browser.opening);
    held.close();
    browser.fails(new Error("NotAllowedError"));
    assert.equal(await opened, null);
    await assert.rejects(held.open(() => Promise.reject(new Error("NotFoundError"))), /NotFoundError/);
  });
});
