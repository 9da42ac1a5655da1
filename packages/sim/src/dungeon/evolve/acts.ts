import { endOf } from "../ending.ts";
import type { ActsEvents } from "../events/acts.ts";
import type { Evolve } from "../evolve.ts";
import { ticks } from "../reads.ts";
import { delverRow } from "./rows.ts";

/** Events of what delvers do over time, and how they grow by it. */
export const acts: { [K in keyof ActsEvents]: Evolve<K> } = {
  buffered(world, { actor, seq, command }) {
    delverRow(world, actor).waiting = { seq, command };
  },
  unbuffered(world, { actor }) {
    delverRow(world, actor).waiting = undefined;
  },
  spent(world, { actor, amount }) {
    const delver = delverRow(world, actor);
    delver.resource -= amount;
    const every = ticks(world, delver.class.resource.everyMs);
    if (delver.refreshAt === 0) delver.refreshAt = world.tick + every;
  },
  cooled(world, { actor, slot, until }) {
    delverRow(world, actor).cooldowns[slot] = until;
  },
  exhausted(world, { actor, slot, floor }) {
    delverRow(world, actor).exhausted.push({ slot, floor });
  },
  abilityUsed() {},
  mended(world, { actor, hp, nextAt }) {
    Object.assign(delverRow(world, actor), { hp, healAt: nextAt });
  },
  refreshed(world, { actor, resource, nextAt }) {
    Object.assign(delverRow(world, actor), { resource, refreshAt: nextAt });
  },
  learned(world, { actor, xp }) {
    delverRow(world, actor).xp += xp;
  },
  rose(world, { actor, level }) {
    const delver = delverRow(world, actor);
    const { levelHp, levelAttack, levelsPerDefence } = world.book.content.rules;
    delver.level = level;
    delver.maxHp += levelHp;
    if (delver.condition.is === "up") delver.hp += levelHp;
    delver.attack += levelAttack;
    if (level % levelsPerDefence === 0) delver.defence += 1;
  },
  actBegan(world, { actor, act }) {
    delverRow(world, actor).act = { ...act };
  },
  actChanged(world, { actor, act }) {
    delverRow(world, actor).act = { ...act };
  },
  actEnded(world, { actor }) {
    delverRow(world, actor).act = undefined;
  },
  runEnded(world, { outcome }) {
    world.end = { outcome, summary: endOf(world, outcome) };
  },
};
