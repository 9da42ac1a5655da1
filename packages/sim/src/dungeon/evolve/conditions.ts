import type { ConditionsEvents } from "../events/conditions.ts";
import type { Evolve } from "../evolve.ts";
import { actorRow } from "./rows.ts";

/** An actor is in a condition once; a new instance takes the place of the old. */
export const conditions: { [K in keyof ConditionsEvents]: Evolve<K> } = {
  effectBegan(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = [...row.effects.filter((one) => one.kind !== effect.kind), { ...effect }];
  },
  effectChanged(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = row.effects.map((one) => (one.kind === effect.kind ? { ...effect } : one));
  },
  effectEnded(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = row.effects.filter((one) => one.kind !== effect);
  },
};
