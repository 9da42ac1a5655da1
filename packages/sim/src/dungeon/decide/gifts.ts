import type { Gift, GiftKind, ResistFrom } from "../../content.ts";
import { around, distance } from "../../geometry.ts";
import type { How } from "../events.ts";
import { actorAt, delversOn, freeNear, isUp, levelOf, packed } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Level, Monster } from "../world.ts";
import { lay } from "./afflicting.ts";
import { callUp } from "./calling.ts";
import { makeNoise } from "./noise.ts";
import { push, shift } from "./shifting.ts";
import { shock } from "./shock.ts";
import { pour, put } from "./terrain/pour.ts";

/** What a gift does at each point at which something happens to or by its bearer. */
type Deed<K extends GiftKind> = {
  /** Percent of the damage that reaches its bearer; 0 is nothing at all. */
  before?(turn: Turn, bearer: Monster, by: number, amount: number, how: How, gift: Gift<K>): number;
  /** After its bearer was hurt and lives. */
  hurt?(turn: Turn, bearer: Monster, by: number, amount: number, how: How, gift: Gift<K>): void;
  /** After its bearer struck somebody. */
  struck?(turn: Turn, bearer: Monster, target: Actor, amount: number, gift: Gift<K>): void;
  /** After its bearer died; its cell is free. */
  died?(turn: Turn, bearer: Monster, gift: Gift<K>): void;
  /** After its bearer left a cell. */
  walked?(turn: Turn, level: Level, cell: number, bearer: Monster, gift: Gift<K>): void;
};

const gifts: { [K in GiftKind]: Deed<K> } = {
  touches: {
    struck(turn, { id }, target, _, { effect, power, lastsMs, percent }) {
      if (percent < 100 && turn.roll("combat", 100) >= percent) return;
      lay(turn, target, { effect, power, lastsMs }, id);
    },
  },
  rusts: {
    struck(turn, _, target, __, { wear }) {
      if (target.is === "delver") wearDown(turn, target, wear);
    },
  },
  drains: {
    struck(turn, { id: actor }, _, amount, { percent }) {
      const gained = Math.round((amount * percent) / 100);
      if (gained > 0) turn.tell({ kind: "healed", actor, target: actor, amount: gained });
    },
  },
  saps: {
    struck(turn, _, target, __, { amount }) {
      if (target.is !== "delver" || target.resource === 0) return;
      turn.tell({ kind: "spent", actor: target.id, amount: Math.min(amount, target.resource) });
    },
  },
  shoves: {
    struck(turn, bearer, target) {
      if (target.hp > 0) push(turn, bearer, target);
    },
  },
  thorns: {
    hurt(turn, bearer, by, amount, how, { percent }) {
      const attacker = attackerOf(turn, bearer, by);
      if (attacker === undefined || wayOf(how) !== "hand") return;
      turn.hurt(bearer.id, attacker, Math.max(1, Math.round((amount * percent) / 100)), "thorns");
    },
  },
  reflects: {
    before(turn, bearer, by, amount, how, { percent }) {
      const attacker = attackerOf(turn, bearer, by);
      if (attacker === undefined || wayOf(how) !== "afar") return 100;
      if (turn.roll("combat", 100) >= percent) return 100;
      turn.hurt(bearer.id, attacker, amount, "reflected");
      return 0;
    },
  },
  resists: {
    before: (_, __, ___, ____, how, { from, percent }) =>
      wayOf(how) === from ? 100 - percent : 100,
  },
  bursts: {
    died(turn, { floor, x, y, id }, { substance, radius }) {
      pour(turn, floor, { x, y }, radius, substance, id);
    },
  },
  detonates: {
    died(turn, bearer, { damage, radius }) {
      turn.tell({ kind: "burst", actor: bearer.id });
      makeNoise(turn, bearer.floor, bearer, turn.world.book.content.rules.noise.blast);
      shock(turn, bearer, radius, damage, "blast");
    },
  },
  litters: {
    died: (turn, bearer, { monster, count }) => callUp(turn, bearer, monster, count),
  },
  enrages: {
    hurt(turn, bearer, _, amount, __, { atPercent, effect, power, lastsMs }) {
      const now = bearer.hp * 100 <= bearer.maxHp * atPercent;
      const before = (bearer.hp + amount) * 100 <= bearer.maxHp * atPercent;
      if (now && !before) lay(turn, bearer, { effect, power, lastsMs }, bearer.id);
    },
  },
  jaunts: {
    hurt(turn, bearer, _, __, ___, { cells }) {
      const open = freeNear(levelOf(turn.world, bearer), bearer, cells);
      const goal = open[turn.roll("minds", Math.max(1, open.length))];
      if (goal !== undefined) shift(turn, bearer, goal);
    },
  },
  trails: {
    walked(turn, level, cell, { id }, { substance }) {
      put(turn, level, [cell], substance, id);
    },
  },
  /** Read from those beside its bearer; see `sheltered`. */
  covers: {},
  /** Read by the blow; see `swarmPercent`. */
  swarms: {},
};

const HAND: ReadonlySet<string> = new Set(["blow", "cleave", "charge", "backstab", "slam", "rush"]);
const FIRE: ReadonlySet<string> = new Set(["fire", "firebolt"]);
const NEITHER: ReadonlySet<string> = new Set([
  ...["fall", "trap", "poison", "blast", "thorns", "reflected", "split", "shatter"],
]);

/** How a body tells one way of being hit from another. */
function wayOf(how: How): ResistFrom | undefined {
  if (HAND.has(how)) return "hand";
  if (NEITHER.has(how)) return undefined;
  return FIRE.has(how) ? "fire" : "afar";
}

/** What of a blow is left after what its target's body, and those who cover it, do about it. */
export function eased(turn: Turn, by: number, target: Actor, amount: number, how: How): number {
  if (target.is !== "monster") return amount;
  let left = amount;
  for (const gift of target.kind.gifts) {
    left = Math.round((left * before(turn, target, by, left, how, gift)) / 100);
  }
  return how === "split" ? left : sheltered(turn, target, left);
}

/** R-MON-62: beside those who cover their fellows one takes less. */
function sheltered(turn: Turn, target: Monster, amount: number): number {
  const level = levelOf(turn.world, target);
  let most = 0;
  for (const point of around(target)) {
    const one = actorAt(turn.world, level, point);
    if (one?.is !== "monster" || (one.mood.is === "allied") !== (target.mood.is === "allied")) {
      continue;
    }
    for (const gift of one.kind.gifts) {
      if (gift.kind === "covers" && one.mood.is !== "asleep") most = Math.max(most, gift.percent);
    }
  }
  return Math.round((amount * (100 - most)) / 100);
}

function before<K extends GiftKind>(
  turn: Turn,
  bearer: Monster,
  by: number,
  amount: number,
  how: How,
  gift: Gift<K>,
): number {
  return gifts[gift.kind].before?.(turn, bearer, by, amount, how, gift) ?? 100;
}

export function giftsAfterHurt(
  turn: Turn,
  bearer: Monster,
  by: number,
  amount: number,
  how: How,
): void {
  for (const gift of bearer.kind.gifts) {
    if (bearer.hp > 0) afterHurt(turn, bearer, by, amount, how, gift);
  }
}

function afterHurt<K extends GiftKind>(
  turn: Turn,
  bearer: Monster,
  by: number,
  amount: number,
  how: How,
  gift: Gift<K>,
): void {
  gifts[gift.kind].hurt?.(turn, bearer, by, amount, how, gift);
}

/** What the touch of a monster brings besides the wound. */
export function giftsAfterStrike(turn: Turn, bearer: Monster, target: Actor, amount: number): void {
  for (const gift of bearer.kind.gifts) afterStrike(turn, bearer, target, amount, gift);
}

function afterStrike<K extends GiftKind>(
  turn: Turn,
  bearer: Monster,
  target: Actor,
  amount: number,
  gift: Gift<K>,
): void {
  gifts[gift.kind].struck?.(turn, bearer, target, amount, gift);
}

/**
 * What a monster leaves behind; whoever killed an ore-eater has what it ate, and of one that the
 * party did not even see die, nobody.
 */
export function giftsAtDeath(turn: Turn, by: number, bearer: Monster, known: boolean): void {
  for (const gift of bearer.kind.gifts) atDeath(turn, bearer, gift);
  const here = delversOn(turn.world, bearer.floor).filter(isUp);
  // What a companion takes up, nobody gets back.
  const members = here.filter(({ hired }) => !hired);
  const heir = members.find(({ id }) => id === by) ?? members[0] ?? here[0];
  if (heir === undefined || !known) return;
  for (const { spawn, amount } of bearer.belly) {
    turn.tell({ kind: "oreGained", actor: heir.id, floor: bearer.floor, spawn, amount });
  }
}

function atDeath<K extends GiftKind>(turn: Turn, bearer: Monster, gift: Gift<K>): void {
  gifts[gift.kind].died?.(turn, bearer, gift);
}

export function giftsAfterWalk(turn: Turn, bearer: Monster, cell: number): void {
  const level = levelOf(turn.world, bearer);
  for (const gift of bearer.kind.gifts) afterWalk(turn, level, cell, bearer, gift);
}

function afterWalk<K extends GiftKind>(
  turn: Turn,
  level: Level,
  cell: number,
  bearer: Monster,
  gift: Gift<K>,
): void {
  gifts[gift.kind].walked?.(turn, level, cell, bearer, gift);
}

/** R-MON-63: a swarm hits the harder the more of it are beside its prey. */
export function swarmPercent(turn: Turn, bearer: Monster, prey: Actor): number {
  const swarms = bearer.kind.gifts.find((gift) => gift.kind === "swarms");
  if (swarms === undefined) return 100;
  const level = levelOf(turn.world, bearer);
  const others = around(prey).filter((point) => {
    const one = actorAt(turn.world, level, point);
    return one?.is === "monster" && one.id !== bearer.id && one.kind.id === bearer.kind.id;
  });
  return 100 + swarms.percent * others.length;
}

/** A mend to what is worn is somebody else's work. */
function wearDown(turn: Turn, delver: Delver, wear: number): void {
  const stats = packed(delver, delver.armour)?.stats;
  if (stats === undefined) return;
  const worn = Math.min(stats.durability, stats.wear + wear);
  if (worn === stats.wear) return;
  turn.tell({ kind: "rusted", actor: delver.id, item: delver.armour });
  const item = delver.armour;
  turn.tell({ kind: "worn", actor: delver.id, item, stats: { ...stats, wear: worn } });
}

function attackerOf(turn: Turn, bearer: Monster, by: number): Actor | undefined {
  if (by === 0 || by === bearer.id) return undefined;
  const one = turn.world.delvers.get(by) ?? levelOf(turn.world, bearer).monsters.get(by);
  return one !== undefined && one.floor === bearer.floor && distance(one, bearer) < 40
    ? one
    : undefined;
}
