/** One place for one device. Browsers take seconds to open one, and meanwhile it may not be wanted any more. */

export class Held<Device extends { close(): void }> {
  private device: Device | null = null;
  private wish = 0;

  get current(): Device | null {
    return this.device;
  }

  /**
   * Closes what is held and opens another. Null when it was closed, or another was wished for, before it was open: it
   * is then closed at once, and its error is nobody's.
   */
  async open(opening: () => Promise<Device>): Promise<Device | null> {
    this.close();
    const wish = this.wish;
    try {
      const device = await opening();
      if (wish === this.wish) return (this.device = device);
      device.close();
    } catch (error) {
      if (wish === this.wish) throw error;
    }
    return null;
  }

  close(): void {
    this.wish += 1;
    this.device?.close();
    this.device = null;
  }
}
