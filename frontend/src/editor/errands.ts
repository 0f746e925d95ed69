/** Runs and the submission on their way: one at a time, sent again after a break until there is an answer. */

import type { Submission } from "./journal.ts";

/** `sent`: handed in, the server has not said yet that it has it. */
export type HandIn = "no" | "sent" | "refused" | "done";

interface Errand {
  message: Submission;
  sent: boolean;
  tries: number;
}

/** Errors that only a run gets. */
const OF_RUNS = new Set(["run_under_way", "runs_wait", "too_many_runs"]);
/** A message that the server never answers must not be repeated for ever. */
const MOST_TRIES = 4;

export class Errands {
  private running: Errand | null = null;
  private next: Submission | null = null;
  private submission: Errand | null = null;
  private refused = false;
  private done = false;
  /** Of what was handed in here, until there is its result. */
  private judged: string | null = null;

  /** `send` says whether there was a stream to send on. */
  constructor(private readonly send: (message: Submission) => boolean) {}

  /** One that waits is replaced: only the newest text is worth a run. */
  run(message: Submission): void {
    if (this.running) this.next = message;
    else this.running = errand(message);
  }

  handIn(message: Submission): void {
    this.next = null;
    this.refused = false;
    this.submission = errand(message);
    this.judged = message.run_id;
  }

  /** Whatever has to go out now, and can. */
  flush(): void {
    this.giveUp();
    this.forward(this.running);
    this.forward(this.submission);
  }

  lost(): void {
    for (const one of [this.running, this.submission]) if (one) one.sent = false;
  }

  /** The text was changed from elsewhere. True when there was something that is not handed in now. */
  drop(): boolean {
    const dropped = this.submission !== null;
    if (dropped) this.submission = this.judged = null;
    return dropped;
  }

  /** There is a result of this run. */
  answered(runId: string): void {
    if (this.submission?.message.run_id === runId) this.settled();
    if (this.judged === runId) this.judged = null;
    if (this.running?.message.run_id === runId) this.proceed();
  }

  /** The server has taken the solution, or the time was over: nothing can be handed in any more. */
  settled(): void {
    this.submission = this.next = null;
    this.done = true;
  }

  /** An error came. True when it answers something of ours. */
  failed(code: string): boolean {
    const ofRun = OF_RUNS.has(code);
    if (this.submission?.sent && !ofRun) {
      this.refuse();
      return true;
    }
    if (!this.running?.sent) return false;
    this.running = this.next = null;
    return true;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  /** Handed in here, and its result has not come. */
  get isJudging(): boolean {
    return this.judged !== null;
  }

  get isWaiting(): boolean {
    return this.next !== null;
  }

  get pendingSubmission(): Submission | null {
    return this.submission?.message ?? null;
  }

  get handInState(): HandIn {
    if (this.done) return "done";
    if (this.submission) return "sent";
    return this.refused ? "refused" : "no";
  }

  private giveUp(): void {
    if (isSpent(this.running)) this.proceed();
    if (isSpent(this.submission)) this.refuse();
  }

  private refuse(): void {
    this.submission = this.judged = null;
    this.refused = true;
  }

  private proceed(): void {
    this.running = this.next ? errand(this.next) : null;
    this.next = null;
  }

  private forward(one: Errand | null): void {
    if (!one || one.sent) return;
    one.sent = this.send(one.message);
    if (one.sent) one.tries += 1;
  }
}

function isSpent(one: Errand | null): boolean {
  return one !== null && !one.sent && one.tries >= MOST_TRIES;
}

function errand(message: Submission): Errand {
  return { message, sent: false, tries: 0 };
}
