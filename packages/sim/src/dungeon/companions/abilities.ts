import type { AbilityDeed, AbilitySpec } from "../../content.ts";
import { adjacent, around, distance, type Point } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { abilityCost } from "../decide/abilities.ts";
import { cellOf, free, isUp, sees } from "../reads.ts";
import type { Delver, Monster } from "../world.ts";
import { health, type Sense } from "./sense.ts";

/** When an ability is thought of: to get away, for others, or against the enemy. */
export type Purpose = "escape" | "care" | "fight";
type Wish = {
  readonly purpose: Purpose;
  /** Where to use it now, the best place first; none when it is not worth it. */
  aim(sense: Sense, spec: AbilitySpec): readonly Point[];
};

/** All abilities of a delver that are worth using now; what cannot be used is judged so. */
export function* worthwhile(sense: Sense, purpose: Purpose): Generator<TimedCommand> {
  const { world, me } = sense;
  for (const spec of world.book.abilities(me.class.id)) {
    const wish = wishes[spec.does];
    if (wish?.purpose !== purpose || (me.cooldowns[spec.slot] ?? 0) > world.tick) continue;
    if (me.resource < abilityCost(world, me, spec)) continue;
    for (const { x, y } of wish.aim(sense, spec)) yield { do: "ability", slot: spec.slot, x, y };
  }
}

const fights = (aim: Wish["aim"]): Wish => ({ purpose: "fight", aim });

/** By what an ability does; those that are missing are never thought of. */
const wishes: Readonly<Partial<Record<AbilityDeed, Wish>>> = {
  cleave: fights((sense) => (beside(sense).length >= 2 && !catchesUs(sense, 1) ? [sense.me] : [])),
  taunt: fights((sense, { range }) => {
    const { me, foes } = sense;
    const astray = foes.filter((foe) => distance(foe, me) <= range && hunts(foe) !== me.id);
    return astray.length > 0 && health(me) > 50 ? [me] : [];
  }),
  shieldWall: fights((sense) => {
    const { me, allies } = sense;
    const pressed = beside(sense).length;
    const covers = allies.some((one) => isUp(one) && adjacent(one, me) && health(one) < 60);
    return pressed >= 2 || (pressed === 1 && (health(me) < 60 || covers)) ? [me] : [];
  }),
  charge: fights((sense, { range }) =>
    within(sense, range).filter((foe) => distance(foe, sense.me) >= 2),
  ),
  firebolt: fights((sense, { range }) =>
    within(sense, range).filter((foe) => !spreadsToUs(sense, foe)),
  ),
  frostNova: fights((sense, { range }) => {
    if (catchesUs(sense, range)) return [];
    const close = sense.foes.filter((foe) => distance(foe, sense.me) <= 2);
    const pressed = close.length === 1 && health(sense.me) < 60;
    return close.length >= 2 || pressed ? [sense.me] : [];
  }),
  chainLightning: fights((sense, { range }) => {
    const fellows = (foe: Monster) => sense.foes.filter((one) => distance(one, foe) <= 3).length;
    const able = within(sense, range).toSorted((a, b) => fellows(b) - fellows(a));
    return able.filter((foe) => fellows(foe) >= 2 || foe.hp >= 20);
  }),
  blink: { purpose: "escape", aim: farPlaces },
  vanish: {
    purpose: "escape",
    aim: (sense) => (sense.foes.some((foe) => distance(foe, sense.me) <= 2) ? [sense.me] : []),
  },
  aimedShot: fights((sense, { range }) => within(sense, range).toSorted((a, b) => b.hp - a.hp)),
  markPrey: fights((sense, { range, dose }) =>
    within(sense, range)
      .filter((foe) => foe.hp >= 15 && !foe.effects.some(({ kind }) => kind === dose?.effect))
      .toSorted((a, b) => b.hp - a.hp),
  ),
  snareTrap: fights((sense) => {
    const { me, foes, level } = sense;
    const coming = foes.find((foe) => distance(foe, me) >= 2 && distance(foe, me) <= 5);
    if (coming === undefined) return [];
    const sides = around(me).filter((side) => free(level, side));
    return sides.toSorted((a, b) => distance(a, coming) - distance(b, coming)).slice(0, 1);
  }),
  backstab: fights((sense) => beside(sense).filter((foe) => hunts(foe) !== sense.me.id)),
  venom: fights((sense, { range }) => within(sense, range).filter((foe) => foe.hp >= 10)),
  mend: {
    purpose: "care",
    aim: (sense, { range }) => hurtFriends(sense, range, sense.foes.length > 0 ? 65 : 85),
  },
  circle: {
    purpose: "care",
    aim: (sense, { range }) => {
      const reach = Math.max(range, 5);
      const many = hurtFriends(sense, reach, 75).length >= 2;
      return many || hurtFriends(sense, reach, 45).length > 0 ? [sense.me] : [];
    },
  },
  blessing: {
    purpose: "care",
    aim: (sense, { range, dose }) => {
      const { me, foes, allies } = sense;
      const hard = foes.length >= 2 || foes.some(({ kind }) => kind.boss);
      const blessed = (one: Delver) => one.effects.some(({ kind }) => kind === dose?.effect);
      const front = [...allies, me].filter(
        (one) => isUp(one) && !blessed(one) && distance(one, me) <= range,
      );
      return hard ? front.filter((one) => foes.some((foe) => adjacent(foe, one))) : [];
    },
  },
  resurrect: {
    purpose: "care",
    aim: ({ world, me, foes }) => {
      const dead = [...world.delvers.values()].filter(({ condition }) => condition.is === "dead");
      const calm = !foes.some((foe) => distance(foe, me) <= 2);
      return calm ? dead.flatMap((one) => [{ x: one.x, y: one.y }, me]) : [];
    },
  },
};

function beside({ me, foes }: Sense): Monster[] {
  return foes.filter((foe) => adjacent(foe, me));
}

/** Enemies that a delver sees themselves, within reach; the nearest first. */
function within({ world, me, foes }: Sense, range: number): Monster[] {
  return foes.filter((foe) => distance(foe, me) <= range && sees(world, me, foe));
}

/** With friendly fire, whether a sweep of that reach would hit one of us. */
function catchesUs({ world, me, allies }: Sense, range: number): boolean {
  return world.options.friendlyFire && allies.some((one) => distance(one, me) <= range);
}

function hunts({ mood }: Monster): number {
  return mood.is === "hunting" ? mood.target : 0;
}

/** Whether a fire at an enemy's feet would reach one of us. */
function spreadsToUs({ world, level, me, allies }: Sense, foe: Monster): boolean {
  const burns = (point: Point) => {
    const cell = cellOf(level, point);
    const held = [level.liquid[cell], level.surface[cell], level.gas[cell]];
    return held.some((number) => (world.book.substance(number ?? 0)?.burnPercent ?? 0) > 0);
  };
  return [me, ...allies].some((one) => distance(one, foe) <= 2 && (burns(one) || burns(foe)));
}

function hurtFriends({ world, me, allies }: Sense, range: number, percent: number): Delver[] {
  return [me, ...allies]
    .filter((one) => isUp(one) && health(one) < percent)
    .filter((one) => distance(one, me) <= range && (one.id === me.id || sees(world, me, one)))
    .toSorted((a, b) => health(a) - health(b));
}

/** Free cells in sight, far from all enemies; only when one is upon us. */
function farPlaces({ world, me, level, foes }: Sense, { range }: AbilitySpec): Point[] {
  if (!foes.some((foe) => distance(foe, me) <= 2)) return [];
  const room = (point: Point) => Math.min(...foes.map((foe) => distance(foe, point)));
  const places: Point[] = [];
  for (let y = me.y - range; y <= me.y + range; y += 1) {
    for (let x = me.x - range; x <= me.x + range; x += 1) {
      if (free(level, { x, y }) && sees(world, me, { x, y })) places.push({ x, y });
    }
  }
  return places.toSorted((a, b) => room(b) - room(a)).slice(0, 3);
}
