import type { BeastMinds } from "../../../content/minds/beasts.ts";
import { FAR } from "../../../distances.ts";
import { adjacent, around, at, distance, type Point, toward } from "../../../geometry.ts";
import { lightOf } from "../../light.ts";
import {
  actorAt,
  cellOf,
  free,
  freeFor,
  inSight,
  levelOf,
  pointOf,
  roleAt,
  ticks,
} from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Level, Monster } from "../../world.ts";
import type { Calm, Mind, Minds } from "../mind.ts";
import {
  approach,
  idle,
  isHeld,
  isOpenFor,
  lineTo,
  liquidNear,
  pathsTo,
  retreat,
  stray,
  walkTo,
} from "../moves.ts";
import { nearestTo } from "../sides.ts";
import { closeIn, strike } from "./closing.ts";

/** R-MON-6: a pack takes the free side of its prey that is farthest from its fellows. */
const pack: Mind<"pack"> = (turn, monster, prey) => {
  if (adjacent(monster, prey)) return strike(monster, prey);
  // From afar all of them share the way to the prey itself.
  if (distance(monster, prey) > 3) return approach(turn, monster, prey);
  const level = levelOf(turn.world, monster);
  const fellows = around(prey)
    .map((point) => actorAt(turn.world, level, point))
    .filter((one) => one?.is === "monster" && one.kind.mind.kind === "pack");
  const spread = (point: Point) =>
    fellows.reduce((sum, one) => sum + (one === undefined ? 0 : distance(one, point)), 0) * 4 -
    distance(point, monster);
  const sides = around(prey).filter((point) => free(level, point));
  const best = sides.toSorted((a, b) => spread(b) - spread(a))[0];
  return best === undefined ? approach(turn, monster, prey) : stepAround(turn, monster, prey, best);
};

/** A step nearer to a side of the prey, without a map. */
function stepAround(turn: Turn, monster: Monster, prey: Actor, side: Point) {
  const level = levelOf(turn.world, monster);
  const open = around(monster).filter((point) => isOpenFor(turn, level, monster, point));
  const nearer = open.filter((point) => distance(point, side) < distance(monster, side));
  const step = nearestTo(side, nearer);
  return step === undefined || isHeld(turn, monster)
    ? approach(turn, monster, prey)
    : walkTo(monster, step);
}

/** Bats come and go as they like. */
const flutter: Mind<"flutter"> = (turn, monster, prey, mind) => {
  if (turn.roll("minds", 100) < mind.stray) return stray(turn, monster);
  return closeIn(turn, monster, prey);
};

/** Diggers go straight for what they hear, through rock where no way is short. */
const digger: Mind<"digger"> = (turn, monster, prey) => {
  if (adjacent(monster, prey)) return strike(monster, prey);
  const level = levelOf(turn.world, monster);
  const paths = pathsTo(turn, level, monster, prey);
  const steps = at(paths, cellOf(level, monster));
  if (steps !== FAR && steps <= distance(monster, prey) + 3) return approach(turn, monster, prey);
  if (isHeld(turn, monster)) return idle(monster);
  const point = {
    x: monster.x + Math.sign(prey.x - monster.x),
    y: monster.y + Math.sign(prey.y - monster.y),
  };
  if (free(level, point)) return walkTo(monster, point);
  const rock = roleAt(turn.world, level, point) === "wall";
  return rock ? { kind: "dig", actor: monster.id, ...point } : approach(turn, monster, prey);
};

/** R-MON-12: lurkers do not follow prey into the light; they draw back from it and wait. */
const lurker: Mind<"lurker"> = (turn, monster, prey, { dimmest }) => {
  const level = levelOf(turn.world, monster);
  const bright = lightOf(turn.world.book, level, cellOf(level, prey)) >= dimmest;
  if (!bright) return closeIn(turn, monster, prey);
  if (!inSight(level, monster)) return idle(monster);
  return retreat(turn, monster, prey) ?? closeIn(turn, monster, prey);
};

/** R-MON-26: a skirmisher that has struck keeps away for a while. */
const skirmisher: Mind<"skirmisher"> = (turn, monster, prey, { awayMs }) => {
  const { tick } = turn.world;
  const fresh = monster.struckAt >= 0 && tick - monster.struckAt < ticks(turn.world, awayMs);
  if (!fresh) return closeIn(turn, monster, prey);
  if (distance(monster, prey) > 4) return idle(monster);
  return retreat(turn, monster, prey) ?? closeIn(turn, monster, prey);
};

const HOME_CELLS = 12;

/** R-MON-21: an ambusher comes out for what is near, and else goes back under. */
const ambusher: Mind<"ambusher"> = (turn, monster, prey, { within }) => {
  if (distance(monster, prey) <= within) return closeIn(turn, monster, prey);
  return goUnder(turn, monster) ?? idle(monster);
};
const lieInWait: Calm<"ambusher"> = (turn, monster) => goUnder(turn, monster) ?? idle(monster);

function goUnder(turn: Turn, monster: Monster) {
  const level = levelOf(turn.world, monster);
  if (at(level.liquid, cellOf(level, monster)) !== 0) return undefined;
  const home = liquidNear(level, monster, HOME_CELLS);
  return home === undefined ? undefined : approach(turn, monster, home);
}

/** R-MON-22: a charger that has its prey in line paws the ground before it runs. */
const charger: Mind<"charger"> = (turn, monster, prey, { range, windMs }) => {
  const away = distance(monster, prey);
  const level = levelOf(turn.world, monster);
  if (away >= 2 && away <= range && !isHeld(turn, monster) && isRun(level, monster, prey)) {
    return { kind: "loom", actor: monster.id, ms: windMs };
  }
  return closeIn(turn, monster, prey);
};

function isRun(level: Level, monster: Monster, prey: Point): boolean {
  const direction = lineTo(monster, prey);
  if (direction === undefined) return false;
  let point: Point = toward(monster, direction);
  while (distance(point, prey) > 0) {
    if (!freeFor(level, monster, point)) return false;
    point = toward(point, direction);
  }
  return true;
}

/** R-MON-23: a grazer leaves the party alone until it is hurt, and eats the floor's ore. */
const graze: Calm<"grazer"> = (turn, monster, { smells }) => {
  const { world } = turn;
  const level = levelOf(world, monster);
  const mined = new Set([...world.delvers.values()].map(({ act }) => veinOf(act)));
  const best = nearestTo(
    monster,
    [...level.veins].flatMap(([cell, { spawn }]) => {
      // What is one of a kind is for delvers: R-LEG-1.
      const leaves = mined.has(cell) || level.spawns[spawn]?.legacy !== undefined;
      return leaves ? [] : [pointOf(level, cell)];
    }),
  );
  if (best === undefined || distance(best, monster) > smells) return undefined;
  if (adjacent(best, monster)) {
    return { kind: "graze", actor: monster.id, vein: cellOf(level, best) };
  }
  const side = around(best).find((point) => free(level, point));
  return side === undefined ? undefined : approach(turn, monster, side);
};
const grazer: Mind<"grazer"> = (turn, monster, prey, mind) => {
  const angry = Object.keys(monster.threat).length > 0;
  return (angry ? undefined : graze(turn, monster, mind)) ?? closeIn(turn, monster, prey);
};

function veinOf(act: { readonly is: string; readonly vein?: number } | undefined): number {
  return act?.vein ?? -1;
}

/** R-MON-24: what is rooted strikes what comes near, and never leaves its place. */
const rooted: Mind<"rooted"> = (_, monster, prey) =>
  adjacent(monster, prey) ? strike(monster, prey) : idle(monster);

const SHY_CELLS = 5;

/** R-MON-25: a scavenger circles out of reach until its prey is hurt enough. */
const scavenger: Mind<"scavenger"> = (turn, monster, prey, { percent }) => {
  if (prey.hp * 100 < prey.maxHp * percent) return closeIn(turn, monster, prey);
  const away = distance(monster, prey);
  if (away < SHY_CELLS) {
    return retreat(turn, monster, prey) ?? closeIn(turn, monster, prey);
  }
  return away > SHY_CELLS + 2 ? approach(turn, monster, prey) : idle(monster);
};

export const beasts: Minds<BeastMinds> = {
  brute: { hunts: closeIn },
  pack: { hunts: pack },
  /** Jackals are fast and come together; the howl is part of noticing. */
  howler: { hunts: closeIn },
  /** Oozes only ever come on; that they split is part of being hurt. */
  ooze: { hunts: closeIn },
  flutter: { hunts: flutter },
  digger: { hunts: digger },
  lurker: { hunts: lurker },
  skirmisher: { hunts: skirmisher },
  ambusher: { hunts: ambusher, calm: lieInWait },
  charger: { hunts: charger },
  grazer: { hunts: grazer, calm: graze },
  rooted: { hunts: rooted, calm: (_, monster) => idle(monster) },
  scavenger: { hunts: scavenger },
};
