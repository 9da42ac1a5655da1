import type { ItemSpec, WandDeed } from "../../../content.ts";
import { between, distance, type Point } from "../../../geometry.ts";
import {
  actorAt,
  type cellOf,
  free,
  freeNear,
  inside,
  levelOf,
  roleAt,
  spellOf,
} from "../../reads.ts";
import { spares } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Delver, Monster } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { heal } from "../healing.ts";
import { makeNoise } from "../noise.ts";
import { afterHit, type Blow, beforeHit } from "../synergies.ts";
import { pour } from "../terrain/pour.ts";
import { drawn } from "./drawing.ts";
import { moveTo, teleport } from "./magic.ts";

type Wand = ItemSpec<"wand">;
/** What a wand does where it points; `target` is whoever stands there. */
type Use = (turn: Turn, by: Delver, wand: Wand, at: Point, target: Actor | undefined) => void;

const uses: { [K in WandDeed]: Use } = {
  lays(turn, by, { dose }, _, target) {
    if (dose === undefined || target === undefined) return;
    const { good } = turn.world.book.effect(dose.effect);
    if (good || !spares(turn.world, by.id, target)) lay(turn, target, dose, by.id);
  },
  bolts(turn, by, wand, at, target) {
    if (target !== undefined && !spares(turn.world, by.id, target)) {
      const hit = discharge(turn, by, wand, target);
      if (wand.dose !== undefined) lay(turn, target, wand.dose, by.id);
      afterHit(turn, hit);
    }
    makeNoise(turn, by.floor, at, turn.world.book.content.rules.noise.fight);
    if (wand.substance !== undefined) pour(turn, by.floor, at, 0, wand.substance, by.id);
  },
  drains(turn, by, wand, _, target) {
    if (target === undefined || spares(turn.world, by.id, target)) return;
    const before = target.hp;
    const hit = discharge(turn, by, wand, target);
    // What splits loses more than was taken from it.
    const most = force(turn, by, wand);
    if (target.hp < before) heal(turn, by, by, Math.min(most, before - target.hp));
    afterHit(turn, hit);
  },
  sends: (turn, by, _, __, target) => {
    const foe = ordinary(turn, by, target);
    if (foe !== undefined) teleport(turn, foe);
  },
  beckons(turn, by, _, __, target) {
    const foe = ordinary(turn, by, target);
    if (foe === undefined || distance(foe, by) < 2) return;
    const level = levelOf(turn.world, by);
    const first = between(by, foe)[0];
    const spot = first !== undefined && free(level, first) ? first : freeNear(level, by, 1)[0];
    if (spot !== undefined) moveTo(turn, foe, spot);
  },
  changes(turn, by, _, __, target) {
    const foe = ordinary(turn, by, target);
    if (foe === undefined) return;
    const others = turn.world.book.content.monsters.flatMap((kind) => {
      if (kind.boss || kind.id === foe.kind.id || kind.mind.kind === "mimic") return [];
      const near = kind.lives.filter(({ floor }) => Math.abs(floor - foe.floor) <= CHANGE_FLOORS);
      return near.map(({ weight }) => ({ monster: kind.id, weight }));
    });
    const monster = drawn(turn, others)?.monster;
    if (monster !== undefined) turn.tell({ kind: "changed", actor: foe.id, monster });
  },
  blinks(turn, by, _, at) {
    const level = levelOf(turn.world, by);
    const spot = [...between(by, at), at].findLast((point) => free(level, point));
    if (spot !== undefined) moveTo(turn, by, spot);
  },
  /** Straight on through the rock; veins, doors and the edge of the floor stand. */
  digs(turn, by, { power, range }, at) {
    const { book } = turn.world;
    const level = levelOf(turn.world, by);
    const tile = book.tileNumber(book.region(book.floor(by.floor).region).floor);
    const far = { x: by.x + (at.x - by.x) * range, y: by.y + (at.y - by.y) * range };
    let left = power;
    for (const point of between(by, far).slice(0, range)) {
      const role = roleAt(turn.world, level, point);
      const rock = role === "wall" || role === "pillar";
      if (left === 0 || !isInner(level, point) || (!rock && !isOpen(role))) break;
      if (!rock) continue;
      turn.tell({ kind: "tileChanged", floor: by.floor, ...point, tile });
      left -= 1;
    }
    makeNoise(turn, by.floor, by, book.content.rules.noise.mine);
  },
  pours(turn, by, { substance, power }, at) {
    if (substance !== undefined) pour(turn, by.floor, at, power, substance, by.id);
  },
};

/** What an enemy turns into lives at most so many floors away. */
const CHANGE_FLOORS = 2;

export function pointWand(turn: Turn, by: Delver, wand: Wand, at: Point): void {
  turn.tell({ kind: "recognised", item: wand.id });
  const found = actorAt(turn.world, levelOf(turn.world, by), at);
  const target = found?.is === "monster" && found.hidden ? undefined : found;
  uses[wand.does](turn, by, wand, at, target);
}

/** A bolt never misses; synergies look at it as at a blow (`afterHit` is the caller's). */
function discharge(turn: Turn, by: Delver, wand: Wand, target: Actor): Blow {
  const { how = "zap" } = wand;
  const { power, after } = beforeHit(turn, { by, target, how, power: 100 });
  turn.hurt(by.id, target, Math.round((force(turn, by, wand) * power) / 100), how);
  for (const follow of after) follow();
  return { by, target, how, power };
}

/** What a bolt takes: the wand's power, and what its bearer's gear adds to spells. */
function force(turn: Turn, by: Delver, { power }: Wand): number {
  return power + spellOf(turn.world, by);
}

/** A monster that magic can move and change: bosses are above it. */
function ordinary(turn: Turn, by: Delver, target: Actor | undefined): Monster | undefined {
  if (target?.is !== "monster" || spares(turn.world, by.id, target)) return undefined;
  if (!target.kind.boss) return target;
  turn.tell({ kind: "informed", actor: by.id, text: "It is too mighty for that." });
  return undefined;
}

function isInner(level: Parameters<typeof cellOf>[0], { x, y }: Point): boolean {
  return inside(level, { x: x - 1, y: y - 1 }) && inside(level, { x: x + 1, y: y + 1 });
}

function isOpen(role: string): boolean {
  return role !== "door" && role !== "vein" && role !== "secretDoor";
}
