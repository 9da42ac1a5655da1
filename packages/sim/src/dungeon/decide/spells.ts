import type { MonsterSpell, SpellKind } from "../../content.ts";
import { at, distance, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { fellowsOf, nearestTo, spots } from "../minds/sides.ts";
import { cellOf, freeFor, freeNear, levelOf, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Monster } from "../world.ts";
import { actorOf, busy, monsterOf } from "./actors.ts";
import { lay } from "./afflicting.ts";
import { blow } from "./blows.ts";
import { callUp } from "./calling.ts";
import { enter } from "./entering.ts";
import { shift } from "./shifting.ts";
import { heldIn, pour } from "./terrain/pour.ts";

type Spell<K extends SpellKind> = {
  /** Whom it would be cast on now, or nobody when it is of no use. */
  aim(turn: Turn, caster: Monster, prey: Actor, spell: MonsterSpell<K>): Actor | undefined;
  cast(turn: Turn, caster: Monster, target: Actor, spell: MonsterSpell<K>): void;
};

const spells: { [K in SpellKind]: Spell<K> } = {
  mends: {
    aim(turn, caster, _, { range }) {
      const hurt = fellowsOf(turn.world, caster).filter(
        (one) => one.hp * 2 < one.maxHp && distance(one, caster) <= range,
      );
      return hurt.toSorted((a, b) => a.hp - b.hp)[0];
    },
    cast(turn, { id: actor }, target, { amount }) {
      turn.tell({ kind: "healed", actor, target: target.id, amount });
    },
  },
  hexes: {
    aim(turn, caster, prey, { range, effect }) {
      const already = prey.effects.some(({ kind }) => kind === effect);
      return !already && reaches(turn, caster, prey, 1, range) ? prey : undefined;
    },
    cast: (turn, caster, target, { effect, power, lastsMs }) =>
      lay(turn, target, { effect, power, lastsMs }, caster.id),
  },
  rouses: {
    aim: (turn, caster, _, spell) => dull(turn, caster, spell)[0],
    cast(turn, caster, _, spell) {
      const { effect, power, lastsMs } = spell;
      for (const one of dull(turn, caster, spell)) {
        lay(turn, one, { effect, power, lastsMs }, caster.id);
      }
    },
  },
  summons: {
    aim(turn, caster, _, { monster, most }) {
      const here = fellowsOf(turn.world, caster).filter(({ kind }) => kind.id === monster);
      return here.length < most ? caster : undefined;
    },
    cast(turn, caster, _, { monster, count }) {
      callUp(turn, caster, monster, count);
    },
  },
  raises: {
    aim: (turn, caster, _, { range }) =>
      bonesNear(turn, caster, range) === undefined ? undefined : caster,
    cast(turn, caster, _, { range, monster }) {
      const bones = bonesNear(turn, caster, range);
      if (bones === undefined) return;
      const { floor, mood, id: from } = caster;
      const { hp } = turn.world.book.monster(monster);
      turn.tell({ kind: "bonesGone", floor, cell: cellOf(levelOf(turn.world, caster), bones) });
      turn.tell({ kind: "spawned", floor, ...bones, monster, hp, mood, from });
    },
  },
  spits: {
    aim(turn, caster, prey, { range, substance, radius }) {
      if (!reaches(turn, caster, prey, radius + 1, range)) return undefined;
      const level = levelOf(turn.world, prey);
      const held = [0, 1, 2].map((layer) => heldIn(turn.world, level, cellOf(level, prey), layer));
      return held.some((one) => one?.id === substance) ? undefined : prey;
    },
    cast: (turn, caster, { x, y }, { substance, radius }) =>
      pour(turn, caster.floor, { x, y }, radius, substance, caster.id),
  },
  bolts: {
    aim: (turn, caster, prey, { range }) =>
      reaches(turn, caster, prey, 2, range) ? prey : undefined,
    cast(turn, caster, target, { percent }) {
      blow(turn, caster, target, percent, "bolt");
    },
  },
  leaps: {
    aim: (turn, caster, prey, { range }) =>
      reaches(turn, caster, prey, 2, range) && beside(turn, caster, prey) ? prey : undefined,
    cast: comeBeside,
  },
  burrows: {
    aim(turn, caster, prey, { range }) {
      const away = distance(caster, prey);
      return away >= 3 && away <= range && beside(turn, caster, prey) ? prey : undefined;
    },
    cast: comeBeside,
  },
  blinks: {
    aim: (_, caster, prey, { within }) => (distance(caster, prey) <= within ? prey : undefined),
    cast(turn, caster, prey, { within, cells }) {
      const level = levelOf(turn.world, caster);
      const far = freeNear(level, caster, cells).filter((point) => distance(point, prey) > within);
      const goal = far[turn.roll("minds", Math.max(1, far.length))];
      if (goal !== undefined) shift(turn, caster, goal);
    },
  },
  pulls: {
    aim: (turn, caster, prey, { range }) =>
      reaches(turn, caster, prey, 2, range) ? prey : undefined,
    cast(turn, caster, target) {
      const sides = freeNear(levelOf(turn.world, caster), caster, 1);
      const side = nearestTo(target, sides);
      if (side !== undefined) shift(turn, target, side);
    },
  },
  swaps: {
    aim: (turn, caster, prey, { range }) =>
      reaches(turn, caster, prey, 2, range) ? prey : undefined,
    cast(turn, caster, target) {
      turn.tell({ kind: "swapped", actor: caster.id, with: target.id });
      enter(turn, target);
      if (caster.hp > 0) enter(turn, caster);
    },
  },
  regrows: {
    aim: (_, caster) =>
      caster.hp < caster.maxHp && !caster.effects.some(({ kind }) => kind === "burning")
        ? caster
        : undefined,
    cast(turn, { id: actor }, _, { amount }) {
      turn.tell({ kind: "healed", actor, target: actor, amount });
    },
  },
};

/** The first spell of a monster that is of use now; not too soon after its last. */
export function wouldCast(turn: Turn, caster: Monster, prey: Actor): Action | undefined {
  if (turn.world.tick < caster.spellAt) return undefined;
  for (const spell of spellsOf(caster)) {
    const target = aim(turn, caster, prey, spell);
    if (target !== undefined) return { kind: "cast", actor: caster.id, target: target.id, spell };
  }
  return undefined;
}

/** What a monster casts: of its kind, and for a boss of the phases that have begun. */
function spellsOf({ kind: { mind, spells: own }, phase }: Monster): readonly MonsterSpell[] {
  if (mind.kind !== "boss") return own;
  return [...mind.phases.slice(0, phase - 1).flatMap((one) => one.spells), ...own];
}

function aim<K extends SpellKind>(
  turn: Turn,
  caster: Monster,
  prey: Actor,
  spell: MonsterSpell<K>,
): Actor | undefined {
  return spells[spell.kind].aim(turn, caster, prey, spell);
}

export function cast(turn: Turn, { actor, target, spell }: Action<"cast">): void {
  const caster = monsterOf(turn, actor);
  const until = turn.world.tick + ticks(turn.world, spell.everyMs);
  busy(turn, caster, spell.castMs);
  turn.tell({ kind: "spellCast", actor, spell: spell.kind, until });
  castOn(turn, caster, actorOf(turn, target), spell);
}

function castOn<K extends SpellKind>(
  turn: Turn,
  caster: Monster,
  target: Actor,
  spell: MonsterSpell<K>,
): void {
  spells[spell.kind].cast(turn, caster, target, spell);
}

function reaches(turn: Turn, caster: Monster, prey: Actor, least: number, most: number): boolean {
  const away = distance(caster, prey);
  return away >= least && away <= most && spots(turn, caster, prey);
}

/** Fellows in reach who fight and lack what would rouse them. */
function dull(turn: Turn, caster: Monster, { range, effect }: MonsterSpell<"rouses">): Monster[] {
  return fellowsOf(turn.world, caster).filter(
    (one) =>
      one.mood.is === caster.mood.is &&
      distance(one, caster) <= range &&
      !one.effects.some(({ kind }) => kind === effect),
  );
}

function bonesNear(turn: Turn, caster: Monster, range: number): Point | undefined {
  const level = levelOf(turn.world, caster);
  return level.bones
    .filter((cell) => at(level.occupant, cell) === 0 && at(level.walkable, cell) === 1)
    .map((cell) => pointOf(level, cell))
    .find((point) => distance(point, caster) <= range);
}

function beside(turn: Turn, caster: Monster, prey: Point): Point | undefined {
  const level = levelOf(turn.world, caster);
  const sides = freeNear(level, prey, 1).filter((point) => freeFor(level, caster, point));
  return nearestTo(caster, sides);
}

function comeBeside(turn: Turn, caster: Monster, prey: Actor): void {
  const side = beside(turn, caster, prey);
  if (side !== undefined) shift(turn, caster, side);
}
