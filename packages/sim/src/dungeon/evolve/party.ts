import type { PartyEvents } from "../events/party.ts";
import type { Evolve } from "../evolve.ts";
import { delverRow } from "./rows.ts";

export const party: { [K in keyof PartyEvents]: Evolve<K> } = {
  paused(world, { actor, from, until }) {
    const { floor } = delverRow(world, actor);
    const count = world.pauses.floor === floor ? world.pauses.count + 1 : 1;
    world.pauses = { floor, count, lastAt: world.tick };
    world.pause = { from, until, ready: [] };
  },
  readied(world, { actor }) {
    const { pause } = world;
    if (pause !== undefined) world.pause = { ...pause, ready: [...pause.ready, actor] };
  },
  resumed(world, { stood }) {
    world.pause = undefined;
    world.stood += stood;
  },
  intended(world, { actor, intent }) {
    delverRow(world, actor).intent = { ...intent };
  },
  intentEnded(world, { actor }) {
    delverRow(world, actor).intent = undefined;
  },
};
