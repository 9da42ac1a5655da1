import { type Point, toward } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { lineTo } from "../minds/moves.ts";
import { howl } from "../minds/notice.ts";
import { actorAt, freeFor, levelOf, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Monster } from "../world.ts";
import { busy, delverOf, monsterOf } from "./actors.ts";
import { lay } from "./afflicting.ts";
import { blow } from "./blows.ts";
import { enter } from "./entering.ts";
import { slay } from "./harm.ts";
import { makeNoise } from "./noise.ts";
import { push, shift } from "./shifting.ts";
import { shock } from "./shock.ts";

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
  shock(turn, boss, mind.slamRadius, mind.slamDamage, "slam");
  busy(turn, boss, boss.kind.strikeMs);
}

/** What was in an egg is out. */
export function hatch(turn: Turn, { actor }: Action<"hatch">): void {
  const { mind } = monsterOf(turn, actor).kind;
  if (mind.kind !== "egg") return;
  const { hp } = turn.world.book.monster(mind.monster);
  turn.tell({ kind: "hatched", actor, monster: mind.monster, hp });
}

/** Those who ran into a wall need so long to find their feet. */
const DAZED_MS = 2500;

/** R-MON-22: straight to where its prey stood, and over whoever stands there now. */
export function rush(turn: Turn, { actor }: Action<"rush">): void {
  const monster = monsterOf(turn, actor);
  const { mind } = monster.kind;
  if (mind.kind !== "charger") return;
  const { at, met, walled } = runOf(turn, monster, mind.range);
  turn.tell({ kind: "rushed", actor, ...at });
  busy(turn, monster, monster.kind.strikeMs);
  if (met !== undefined) {
    if (blow(turn, monster, met, mind.percent, "rush") && met.hp > 0) push(turn, monster, met);
  } else if (walled) {
    lay(turn, monster, { effect: "stunned", power: 1, lastsMs: DAZED_MS }, 0);
  }
  if (monster.hp > 0) enter(turn, monster);
}

function runOf(
  turn: Turn,
  monster: Monster,
  range: number,
): { at: Point; met?: Actor; walled: boolean } {
  const level = levelOf(turn.world, monster);
  const { mood } = monster;
  const direction = mood.is === "hunting" ? lineTo(monster, mood) : undefined;
  let here: Point = { x: monster.x, y: monster.y };
  if (direction === undefined) return { at: here, walled: false };
  for (let run = 0; run < range; run += 1) {
    const next = toward(here, direction);
    const met = actorAt(turn.world, level, next);
    if (met !== undefined) return { at: here, met, walled: false };
    if (!freeFor(level, monster, next)) return { at: here, walled: true };
    here = next;
  }
  return { at: here, walled: false };
}

/** Steps back and takes whom it holds along. */
export function drag(turn: Turn, { actor, target, x, y }: Action<"drag">): void {
  const jailer = monsterOf(turn, actor);
  const victim = delverOf(turn, target);
  const { mind } = jailer.kind;
  const left = { x: jailer.x, y: jailer.y };
  turn.tell({ kind: "moved", actor, x, y });
  turn.tell({ kind: "dragged", actor, target });
  shift(turn, victim, left);
  busy(turn, jailer, mind.kind === "jailer" ? mind.dragMs : jailer.kind.stepMs);
  if (jailer.hp > 0) enter(turn, jailer);
}

/** R-MON-32: all fellows that hear it wake and come. */
export function cry(turn: Turn, { actor }: Action<"cry">): void {
  const crier = monsterOf(turn, actor);
  const { mind } = crier.kind;
  if (mind.kind === "crier") howl(turn, crier, mind.carries);
  makeNoise(turn, crier.floor, crier, turn.world.book.content.rules.noise.fight);
  busy(turn, crier, crier.kind.strikeMs);
}

/** R-MON-23: a vein is eaten whole. */
export function graze(turn: Turn, { actor, vein }: Action<"graze">): void {
  const grazer = monsterOf(turn, actor);
  const { floor } = grazer;
  const { mind } = grazer.kind;
  const level = levelOf(turn.world, grazer);
  const row = level.veins.get(vein);
  if (row === undefined || mind.kind !== "grazer") return;
  const { book } = turn.world;
  const tile = book.tileNumber(book.region(book.floor(floor).region).floor);
  turn.tell({ kind: "ate", actor, spawn: row.spawn, amount: row.amount });
  turn.tell({ kind: "tileChanged", floor, ...pointOf(level, vein), tile });
  turn.tell({ kind: "veinEmptied", floor, vein });
  busy(turn, grazer, mind.eatMs);
}

/** Goes as it came. */
export function vanish(turn: Turn, { actor }: Action<"vanish">): void {
  turn.tell({ kind: "vanished", actor });
}
