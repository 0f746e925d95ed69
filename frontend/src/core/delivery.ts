/**
 * What the candidate decided or wrote, until the server has shown that it took it. A socket can die with a message in
 * it: then the stored transcript tells whether it arrived, and what did not is sent again, once, if it still fits.
 */

import type { ClientMessage, ControlAction, ServerMessage } from "./protocol.ts";
import { openPrompt, timesTyped, type StoredTurn } from "./stored-turns.ts";

export type Errand = { type: "text_answer"; text: string } | { type: "control"; action: ControlAction };

/** The page's name of a typed answer, and its words. */
export interface Returned {
  id: string;
  text: string;
}

interface DeliveryHost {
  /** False where there is no stream. */
  send(message: ClientMessage): boolean;
  /** The stored transcript; null if it could not be read. */
  storedTurns(): Promise<StoredTurn[] | null>;
  /** How many typed answers with these words the page lists. */
  listed(text: string): number;
  /** These did not arrive, or nobody knows, and they must not be sent unasked. */
  giveBack(answers: Returned[]): void;
  /** The same of a button's press. */
  stepLost(): void;
}

interface Item {
  errand: Errand;
  id: string;
  /** What was asked when it was given. */
  prompt: string;
  sent: boolean;
}

const ASKING = new Set(["prompt", "question", "follow_up", "task", "closing"]);
/** After a break these are said or granted anew; nothing is gained by insisting. */
const FORGETTABLE = new Set<ControlAction>(["typing", "repeat_question"]);

export class Delivery {
  private items: Item[] = [];
  private live = false;
  private connection = 0;

  constructor(private readonly host: DeliveryHost) {}

  /** Sends it, or keeps it until that is possible. `prompt`: what it answers. */
  give(errand: Errand, id: string, prompt: string): void {
    this.items.push({ errand, id, prompt, sent: false });
    this.flush();
  }

  get isWaiting(): boolean {
    return this.items.length > 0;
  }

  /** Whether a button was pressed that ends a turn: it must not be pressed again before that is settled. */
  get isDeciding(): boolean {
    return this.items.some(({ errand }) => errand.type === "control" && errand.action !== "need_time");
  }

  /** The stream is there, and what was said before has gone out: what is kept may follow. */
  async opened(): Promise<void> {
    const connection = ++this.connection;
    if (this.items.some((item) => item.sent)) {
      const turns = await this.host.storedTurns();
      if (connection !== this.connection) return; // lost again meanwhile: the next one asks anew
      this.settle(turns);
    }
    this.live = true;
    this.flush();
  }

  lost(): void {
    this.connection += 1;
    this.live = false;
    this.items = this.items.filter(({ errand }) => errand.type !== "control" || !FORGETTABLE.has(errand.action));
  }

  /** There will be no other connection: what is not known to have arrived goes back. */
  over(): void {
    this.lost();
    this.giveBack(this.items.splice(0));
  }

  /** The interviewer goes on: what was sent before has been taken. */
  received(message: ServerMessage): void {
    if (message.type === "interview_complete") this.items = [];
    if (message.type === "error" && message.code === "answer_full") this.refused();
    if (message.type !== "interview_message" || message.repeat) return;
    const asking = ASKING.has(message.kind ?? "question");
    this.items = this.items.filter((item) => !item.sent || (!asking && !isRequest(item)));
  }

  /** There is no room for the answer that went out last: it is the candidate's again. */
  private refused(): void {
    const at = this.items.findLastIndex(({ errand, sent }) => sent && errand.type === "text_answer");
    if (at >= 0) this.giveBack(this.items.splice(at, 1));
  }

  private flush(): void {
    if (!this.live) return;
    for (const item of this.items) item.sent ||= this.host.send(item.errand);
  }

  /** Of what went into the lost connection: forget what is stored, send again what still fits, give back the rest. */
  private settle(turns: StoredTurn[] | null): void {
    const missing = this.items.filter((item) => item.sent && !(turns && this.isStored(item, turns)));
    const fits = (item: Item): boolean => turns !== null && (openPrompt(turns) === item.prompt || isEnd(item));
    const again = new Set(missing.filter(fits));
    this.items = this.items.filter((item) => !item.sent || again.has(item));
    for (const item of again) item.sent = false;
    this.giveBack(missing.filter((item) => !again.has(item) && (turns === null || !isRequest(item))));
  }

  /** Of equal answers the page lists more than are stored: those that were given last are the missing ones. */
  private isStored(item: Item, turns: StoredTurn[]): boolean {
    const { errand } = item;
    if (errand.type !== "text_answer") return false;
    const equal = this.items.filter((one) => one.errand.type === "text_answer" && one.errand.text === errand.text);
    const confirmed = this.host.listed(errand.text) - equal.length;
    return timesTyped(turns, errand.text) > confirmed + equal.indexOf(item);
  }

  private giveBack(items: Item[]): void {
    const answers = items.flatMap(({ errand, id }) => (errand.type === "text_answer" ? [{ id, text: errand.text }] : []));
    if (answers.length) this.host.giveBack(answers);
    else if (items.length) this.host.stepLost();
  }
}

function isRequest(item: Item): boolean {
  return item.errand.type === "control";
}

function isEnd({ errand }: Item): boolean {
  return errand.type === "control" && errand.action === "end_interview";
}
