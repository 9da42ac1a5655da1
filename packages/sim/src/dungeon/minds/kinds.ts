import { FAR } from "../../distances.ts";
import { adjacent, around, at, between, distance, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { actorAt, cellOf, free, levelOf, roleAt, sees, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Monster } from "../world.ts";
import type { Mind } from "./mind.ts";
import { approach, flee, pathsTo, retreat, stray, walkTo } from "./moves.ts";

/** Rats take the free side of their prey that is farthest from their fellows. */
export const pack: Mind<"pack"> = (turn, monster, prey) => {
  if (adjacent(monster, prey)) return strike(monster, prey);
  const level = levelOf(turn.world, monster);
  const fellows = [...level.monsters.values()].filter(
    (one) => one.id !== monster.id && one.kind.mind.kind === "pack" && distance(one, prey) <= 2,
  );
  const spread = (point: Point) =>
    fellows.reduce((sum, one) => sum + distance(one, point), 0) * 4 - distance(point, monster);
  const sides = around(prey).filter((point) => free(level, point));
  const best = sides.toSorted((a, b) => spread(b) - spread(a))[0];
  return approach(turn, monster, best ?? prey);
};

/** Jackals are fast and come together; the howl is part of noticing. */
export const howler: Mind<"howler"> = closeIn;

/** Oozes only ever come on; that they split is part of being hurt. */
export const ooze: Mind<"ooze"> = closeIn;

export const mimic: Mind<"mimic"> = closeIn;

/** Archers shoot from afar and give ground to whoever comes near. */
export const archer: Mind<"archer"> = (turn, monster, prey, { range, keep }) => {
  const away = distance(monster, prey);
  const back = away < keep ? retreat(turn, monster, prey) : undefined;
  if (back !== undefined) return back;
  const clear = away <= range && sees(turn.world, prey, monster) && !blocked(turn, monster, prey);
  if (clear && away > 1) return { kind: "shoot", actor: monster.id, target: prey.id };
  return closeIn(turn, monster, prey);
};

/** Thieves want gold, not blood, and run when they have it. */
export const thief: Mind<"thief"> = (turn, monster, prey) => {
  if (monster.gold > 0) return flee(turn, monster);
  if (adjacent(monster, prey) && prey.gold > 0) {
    return { kind: "steal", actor: monster.id, target: prey.id };
  }
  return closeIn(turn, monster, prey);
};

/** Bats come and go as they like. */
export const flutter: Mind<"flutter"> = (turn, monster, prey, mind) => {
  if (turn.roll("minds", 100) < mind.stray) return stray(turn, monster);
  return closeIn(turn, monster, prey);
};

/** Sappers run up and light the fuse; who sees it burn can step away or be quick. */
export const sapper: Mind<"sapper"> = (turn, monster, prey, { fuseMs }) =>
  adjacent(monster, prey)
    ? { kind: "loom", actor: monster.id, ms: fuseMs }
    : closeIn(turn, monster, prey);

/** Diggers go straight for what they hear, through rock where no way is short. */
export const digger: Mind<"digger"> = (turn, monster, prey) => {
  if (adjacent(monster, prey)) return strike(monster, prey);
  const level = levelOf(turn.world, monster);
  const paths = pathsTo(turn, level, monster, prey);
  const steps = at(paths, cellOf(level, monster));
  if (steps !== FAR && steps <= distance(monster, prey) + 3) return approach(turn, monster, prey);
  const point = {
    x: monster.x + Math.sign(prey.x - monster.x),
    y: monster.y + Math.sign(prey.y - monster.y),
  };
  if (free(level, point)) return walkTo(monster, point);
  const rock = roleAt(turn.world, level, point) === "wall";
  return rock ? { kind: "dig", actor: monster.id, ...point } : approach(turn, monster, prey);
};

/** The Foreman hammers, and every so often lifts the hammer for all who stand around it. */
export const foreman: Mind<"foreman"> = (turn, monster, prey, { slamMs, slamEveryMs }) => {
  const rested = turn.world.tick - monster.loomedAt >= ticks(turn.world, slamEveryMs);
  if (adjacent(monster, prey) && rested) return { kind: "loom", actor: monster.id, ms: slamMs };
  return closeIn(turn, monster, prey);
};

function closeIn(turn: Turn, monster: Monster, prey: Delver): Action {
  return adjacent(monster, prey) ? strike(monster, prey) : approach(turn, monster, prey);
}

function strike(monster: Monster, prey: Delver): Action {
  return { kind: "strike", actor: monster.id, target: prey.id };
}

/** Monsters do not shoot through their own. */
function blocked(turn: Turn, monster: Monster, prey: Delver): boolean {
  const level = levelOf(turn.world, monster);
  return between(monster, prey).some((cell) => actorAt(turn.world, level, cell)?.is === "monster");
}
