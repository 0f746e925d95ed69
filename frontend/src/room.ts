/** The interview room's entry: consent, device check, interview. */

import type { PlaybackEvent } from "./core/protocol.ts";
import { Room } from "./live/room.ts";
import { Player } from "./media/player.ts";
import { askConsent } from "./steps/consent.ts";
import { chooseDevices } from "./steps/devices.ts";

let room: Room | null = null;

function report(utteranceId: string, event: PlaybackEvent, ms: number): void {
  room?.playback(utteranceId, event, ms);
}

const player = new Player({
  started: (id) => report(id, "started", 0),
  progress: (id, ms) => report(id, "progress", ms),
  ended: (id, ms) => report(id, "ended", ms),
  stopped: (id, ms) => report(id, "stopped", ms),
});

await askConsent();
room = new Room(player, await chooseDevices(player));
room.start();
