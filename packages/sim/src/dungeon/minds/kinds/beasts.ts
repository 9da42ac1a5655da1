import type { BeastMinds } from "../../../content/minds/beasts.ts";
import { FAR } from "../../../distances.ts";
import { adjacent, around, at, distance, type Point } from "../../../geometry.ts";
import { lightOf } from "../../light.ts";
import { cellOf, free, inSight, levelOf, roleAt } from "../../reads.ts";
import type { Mind } from "../mind.ts";
import { approach, idle, pathsTo, retreat, stray, walkTo } from "../moves.ts";
import { closeIn, strike } from "./closing.ts";

/** Rats take the free side of their prey that is farthest from their fellows. */
const pack: Mind<"pack"> = (turn, monster, prey) => {
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
const howler: Mind<"howler"> = closeIn;

/** Oozes only ever come on; that they split is part of being hurt. */
const ooze: Mind<"ooze"> = closeIn;

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

export const beasts: { [K in keyof BeastMinds]: Mind<K> } = {
  pack,
  howler,
  ooze,
  flutter,
  digger,
  lurker,
};
