import { adjacent, around, at, distance, type Point, toward } from "../../geometry.ts";
import type { MovingCommand } from "../commands/moving.ts";
import { isPrevented } from "../conditions.ts";
import { abilityCost, HELD, refuseAbility } from "../decide/abilities.ts";
import { placeAt, refuseFixture } from "../decide/fixtures.ts";
import { refuseGate } from "../decide/heart.ts";
import { refuseFooting } from "../footing.ts";
import { firstStep, isFar, knownWays } from "../intents/ways.ts";
import type { Judge, Judgement } from "../judge.ts";
import { cap } from "../narrate/says.ts";
import {
  actorAt,
  cellOf,
  foesInSight,
  foesShown,
  guardOf,
  inside,
  isAllied,
  isUp,
  levelOf,
  nameOf,
  packed,
  roleAt,
} from "../reads.ts";
import type { Actor, Delver, Level, Monster, Scene } from "../world.ts";
import { foeAt, friendBetween, outOfReach } from "./reach.ts";

const NO_FOE = "There is no enemy there.";

export const moving: { [K in MovingCommand["do"]]: Judge<K> } = {
  wait: (_, { id }) => ({ kind: "wait", actor: id }),
  search: (_, { id }) => ({ kind: "search", actor: id }),
  step: judgeStep,
  close(world, delver, { dir }) {
    const level = levelOf(world, delver);
    const point = toward(delver, dir);
    if (roleAt(world, level, point) !== "openDoor") return "There is no open door there.";
    if (actorAt(world, level, point) !== undefined) return "Somebody stands in the doorway.";
    return { kind: "close", actor: delver.id, ...point };
  },
  stairs(world, delver) {
    if (isPrevented(world, delver, "walking") !== undefined) return HELD;
    const role = roleAt(world, levelOf(world, delver), delver);
    if (role === "stairsDown") {
      const guard = guardOf(world, delver);
      if (guard !== undefined) return `The ${guard.kind.name} stands over these stairs.`;
      return { kind: "stairs", actor: delver.id, floor: delver.floor + 1 };
    }
    if (role !== "stairsUp") return "There are no stairs here.";
    if (delver.floor === 1) {
      return refuseGate(world, delver) ?? { kind: "stairs", actor: delver.id, floor: 0 };
    }
    return { kind: "stairs", actor: delver.id, floor: delver.floor - 1 };
  },
  interact(world, delver, { dir }) {
    const level = levelOf(world, delver);
    const point = dir === undefined ? delver : toward(delver, dir);
    const place = inside(level, point) ? placeAt(level, cellOf(level, point)) : undefined;
    const found = place !== undefined && level.fixtures.get(place.cell)?.found === true;
    if (place === undefined || !found) return "There is nothing to use there.";
    const refused = refuseFixture(world, delver, place);
    return refused ?? { kind: "interact", actor: delver.id, cell: place.cell };
  },
  ability(world, delver, { slot, x, y }) {
    const spec = world.book.abilities(delver.class.id).find((one) => one.slot === slot);
    if (spec === undefined) return "You have no such ability.";
    if ((delver.cooldowns[slot] ?? 0) > world.tick) return `${spec.name} is not ready yet.`;
    if (delver.resource < abilityCost(world, delver, spec))
      return `You have too little ${delver.class.resource.name}.`;
    const at = x === undefined || y === undefined ? { x: delver.x, y: delver.y } : { x, y };
    const refused = refuseAbility(world, delver, spec, at);
    return refused ?? { kind: "ability", actor: delver.id, ability: spec, ...at };
  },
  shoot(world, delver, { x, y }) {
    const row = packed(delver, delver.weapon);
    const spec = row === undefined ? undefined : world.book.item(row.kind);
    if (spec?.use === "weapon" && spec.reach > 1)
      return thrust(world, delver, { x, y }, spec.reach);
    if (spec?.use !== "weapon" || spec.range === 0) return "You hold nothing to shoot with.";
    const far = outOfReach(world, delver, { x, y }, spec.range);
    if (far !== undefined) return far;
    const foe = foeAt(world, delver, { x, y });
    if (foe === undefined) return NO_FOE;
    const friend = friendBetween(world, delver, { x, y });
    // R-PAR-2: with friendly fire it hits whoever is in its way.
    if (friend !== undefined && !world.options.friendlyFire) return inTheWay(friend);
    return { kind: "shoot", actor: delver.id, target: (friend ?? foe).id };
  },
  attackNearest(world, delver) {
    const weapon = packed(delver, delver.weapon);
    const spec = weapon === undefined ? undefined : world.book.item(weapon.kind);
    const range = spec?.use === "weapon" ? Math.max(spec.reach, spec.range) : 1;
    const foe = nearest(delver, foesInSight(world, delver, range));
    if (foe === undefined) return approachNearest(world, delver);
    if (adjacent(delver, foe)) return { kind: "strike", actor: delver.id, target: foe.id };
    const friend = friendBetween(world, delver, foe);
    if (friend !== undefined) return inTheWay(friend);
    return moving.shoot(world, delver, { do: "shoot", x: foe.x, y: foe.y });
  },
};

function inTheWay(friend: Actor): string {
  return `${cap(nameOf(friend))} is in the way.`;
}

/**
 * R-INT-4: a step nearer to the nearest enemy, by ways that the party knows; to one that only
 * others of the party see as well, since it stands on the screen.
 */
function approachNearest(world: Scene, delver: Delver): Judgement {
  const own = foesInSight(world, delver, world.book.content.rules.sightCells);
  const foe = nearest(delver, own) ?? nearest(delver, foesShown(world, delver));
  if (foe === undefined) return "Nobody of the party sees an enemy here.";
  const level = levelOf(world, delver);
  const steps = knownWays(world, delver);
  const sides = around(foe).filter((point) => inside(level, point));
  const cells = sides.map((point) => cellOf(level, point));
  const best = cells.toSorted((a, b) => at(steps, a) - at(steps, b))[0] ?? 0;
  const dir = isFar(at(steps, best)) ? undefined : firstStep(level, steps, delver, best);
  return dir === undefined ? "There is no way to the enemy." : judgeStep(world, delver, { dir });
}

/** Long weapons strike past whoever stands between. */
function thrust(world: Scene, delver: Delver, at: Point, reach: number): Judgement {
  const far = outOfReach(world, delver, at, reach);
  if (far !== undefined) return far;
  const foe = foeAt(world, delver, at);
  return foe === undefined ? NO_FOE : { kind: "strike", actor: delver.id, target: foe.id };
}

function nearest(delver: Delver, foes: readonly Monster[]): Monster | undefined {
  return foes.toSorted((a, b) => distance(a, delver) - distance(b, delver))[0];
}

function judgeStep(world: Scene, delver: Delver, { dir }: { dir: number }): Judgement {
  const level = levelOf(world, delver);
  const point = toward(delver, dir);
  const actor = delver.id;
  if (!inside(level, point) || (point.x === delver.x && point.y === delver.y)) {
    return "There is no way there.";
  }
  const other = actorAt(world, level, point);
  if (other?.is === "monster" && !isAllied(other)) {
    return { kind: "strike", actor, target: other.id };
  }
  if (other !== undefined) return judgeSwap(world, delver, other);
  if (isPrevented(world, delver, "walking") !== undefined) return HELD;
  const fixed = level.fixtures.get(cellOf(level, point));
  if (fixed?.found === true && fixed.kind.blocks) {
    return moving.interact(world, delver, { do: "interact", dir });
  }
  const role = roleAt(world, level, point);
  if (role === "door") return { kind: "open", actor, ...point };
  if (role === "vein") return "An ore vein: survey it, or mine it.";
  // Whoever walks into a wall finds out that it is none.
  if (role === "secretDoor") return { kind: "open", actor, ...point };
  return refuseGround(world, level, point) ?? { kind: "walk", actor, ...point };
}

function refuseGround(world: Scene, level: Level, point: Point): string | undefined {
  const cell = cellOf(level, point);
  return at(level.walkable, cell) === 1 ? undefined : refuseFooting(world, level, cell);
}

/** R-MON-5: friends change places, unless one of them cannot walk or has no hand free. */
function judgeSwap(world: Scene, delver: Delver, other: Actor): Judgement {
  const name = nameOf(other);
  if (other.is === "delver") {
    if (!isUp(other)) return `${name} lies there.`;
    // Nobody is pushed about in the middle of an act; two who walk the same way would swap for ever.
    if (other.act !== undefined || other.readyAt > world.tick) return `${name} is busy there.`;
  }
  if (isPrevented(world, delver, "walking") !== undefined) return HELD;
  // Who flies hangs over what nobody walks into.
  const ground = refuseGround(world, levelOf(world, delver), other);
  if (ground !== undefined) return ground;
  const held = isPrevented(world, other, "walking") !== undefined;
  return held ? `${cap(name)} is held fast.` : { kind: "swap", actor: delver.id, with: other.id };
}
