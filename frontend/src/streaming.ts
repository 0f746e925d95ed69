/** `StreamingInterviewClient` for pages of any kind: `import { StreamingInterviewClient } from "…/static/streaming.js"`. */

import type { SocketLike } from "./core/socket.ts";
import { Player } from "./media/player.ts";
import { StreamingInterview, type Options, type Surroundings } from "./streaming/client.ts";
import { record } from "./streaming/recorder.ts";

export type { EventName, Events, Handler, Options } from "./streaming/client.ts";
export type { Said } from "./streaming/messages.ts";

const BROWSER: Surroundings = {
  socket: (url) => new WebSocket(url) as unknown as SocketLike, // its handlers take whole events; ours, the fields we read
  player: (listener) => new Player(listener),
  record,
  timers: {
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  },
};

export class StreamingInterviewClient extends StreamingInterview {
  constructor(options: Options) {
    super(options, BROWSER);
  }
}
