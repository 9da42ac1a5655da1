import { distance } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import type { How } from "../events.ts";
import { delversOn, isUp, levelOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";
import { busy, delverOf, monsterOf } from "./actors.ts";
import { slay } from "./harm.ts";
import { makeNoise } from "./noise.ts";

/** A thief takes gold instead of blood, and is off with it. */
export function steal(turn: Turn, { actor, target }: Action<"steal">): void {
  const thief = monsterOf(turn, actor);
  const victim = delverOf(turn, target);
  const { mind } = thief.kind;
  if (mind.kind !== "thief") return;
  const amount = Math.min(victim.gold, mind.most);
  const until = turn.world.tick + ticks(turn.world, mind.fleeMs);
  turn.tell({ kind: "stolen", actor, target, amount });
  turn.tell({ kind: "felt", actor, mood: { is: "fleeing", until } });
  busy(turn, thief, thief.kind.strikeMs);
}

/** Shows what is coming, so that those who look can step aside. */
export function loom(turn: Turn, { actor, ms }: Action<"loom">): void {
  turn.tell({ kind: "loomed", actor, until: turn.world.tick + ticks(turn.world, ms) });
}

export function explode(turn: Turn, { actor }: Action<"explode">): void {
  const sapper = monsterOf(turn, actor);
  const { mind } = sapper.kind;
  if (mind.kind !== "sapper") return;
  turn.tell({ kind: "burst", actor });
  makeNoise(turn, sapper.floor, sapper, turn.world.book.content.rules.noise.blast);
  shock(turn, sapper, mind.radius, mind.damage, "blast");
  if (sapper.hp > 0) slay(turn, 0, sapper);
}

export function slam(turn: Turn, { actor }: Action<"slam">): void {
  const boss = monsterOf(turn, actor);
  const { mind } = boss.kind;
  if (mind.kind !== "boss") return;
  turn.tell({ kind: "slammed", actor });
  makeNoise(turn, boss.floor, boss, turn.world.book.content.rules.noise.blast);
  shock(turn, boss, 1, mind.slamDamage, "slam");
  busy(turn, boss, boss.kind.strikeMs);
}

/** Hits all around a monster: delvers, and for a blast other monsters too. */
function shock(turn: Turn, from: Monster, radius: number, damage: number, how: How): void {
  for (const delver of delversOn(turn.world, from.floor)) {
    if (isUp(delver) && distance(delver, from) <= radius) turn.hurt(from.id, delver, damage, how);
  }
  if (how !== "blast") return;
  for (const other of levelOf(turn.world, from).monsters.values()) {
    if (other.id === from.id || distance(other, from) > radius) continue;
    turn.hurt(from.id, other, damage, how);
  }
}
