import type { PartyEvents } from "../events/party.ts";
import type { Narrate } from "../narrate.ts";
import { delver, line, who } from "./says.ts";

export const party: { [K in keyof PartyEvents]: Narrate<K> } = {
  paused: (world, { actor }) => line(`${who(world, actor)} calls a halt.`, "system"),
  readied: () => undefined,
  resumed: () => line("Time goes on.", "system"),
  intended: () => undefined,
  intentEnded: (world, { actor, why }) => line(why, "plain", delver(world, actor)),
};
