/** Asks how far an import is until it has finished, more rarely while the server does not answer. */

export interface Progress {
  finished: boolean;
  percent: number;
  line: string;
  total: number;
  settled: number;
}

interface Followed {
  ask(): Promise<Progress>;
  show(progress: Progress): void;
  /** The server did not answer. */
  lost(): void;
  wait(ms: number): Promise<void>;
}

const EVERY_MS = 1000;
const RARELY_MS = 15_000;

export async function follow(followed: Followed): Promise<void> {
  let pause = EVERY_MS;
  for (;;) {
    try {
      const progress = await followed.ask();
      followed.show(progress);
      if (progress.finished) return;
      pause = EVERY_MS;
    } catch {
      followed.lost();
      pause = Math.min(pause * 2, RARELY_MS);
    }
    await followed.wait(pause);
  }
}
