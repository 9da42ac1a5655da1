import type { ConditionsEvents } from "../events/conditions.ts";
import type { Evolve } from "../evolve.ts";
import { lookAround } from "../looking.ts";
import type { DungeonWorld } from "../world.ts";
import { actorRow, levelRow } from "./rows.ts";

/** An actor is in a condition once; a new instance takes the place of the old. */
export const conditions: { [K in keyof ConditionsEvents]: Evolve<K> } = {
  effectBegan(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = [...row.effects.filter((one) => one.kind !== effect.kind), { ...effect }];
    lookAgain(world, actor, effect.kind);
  },
  effectChanged(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = row.effects.map((one) => (one.kind === effect.kind ? { ...effect } : one));
  },
  effectEnded(world, { actor, effect }) {
    const row = actorRow(world, actor);
    row.effects = row.effects.filter((one) => one.kind !== effect);
    lookAgain(world, actor, effect);
  },
};

/** The blind see less, and those who were blind more. */
export function lookAgain(world: DungeonWorld, actor: number, effect: string): void {
  const delver = world.delvers.get(actor);
  const blinds = world.book.effect(effect).does.some(({ kind }) => kind === "blinds");
  if (delver !== undefined && blinds) lookAround(world, levelRow(world, delver.floor));
}
