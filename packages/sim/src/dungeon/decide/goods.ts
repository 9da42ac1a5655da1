import type { ItemSpec } from "../../content.ts";
import { between, at as cellAt, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { freshStats } from "../item-stats.ts";
import { clings, rechargeMs, roomFor } from "../packing.ts";
import { actorAt, attackOf, cellOf, levelOf, packed, ticks } from "../reads.ts";
import { spares } from "../sparing.ts";
import type { Turn } from "../turn.ts";
import type { Delver, ItemStats, Scene } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { blow } from "./blows.ts";
import { joltAt } from "./fixtures.ts";
import { rubCharm } from "./items/charms.ts";
import { breakPotion, drinkPotion } from "./items/potions.ts";
import { pointWand } from "./items/wands.ts";
import { find } from "./loot.ts";
import { read } from "./reading.ts";

export function pickup(turn: Turn, { actor }: Action<"pickup">): void {
  const delver = delverOf(turn, actor);
  const level = levelOf(turn.world, delver);
  for (const row of [...level.items.values()]) {
    if (row.x !== delver.x || row.y !== delver.y) continue;
    if (roomFor(turn.world, delver, row)) find(turn, delver, level, row);
  }
  handled(turn, delver);
}

/** Drinks a potion, rubs a charm, or begins to read; a long act, as crafting is. */
export function consume(turn: Turn, { actor, item, on }: Action<"consume">): void {
  const delver = delverOf(turn, actor);
  const spec = specOf(turn, delver, item);
  if (spec?.use === "scroll" || spec?.use === "plan") return read(turn, delver, item, on);
  handled(turn, delver);
  if (spec?.use === "potion") {
    turn.tell({ kind: "consumed", actor, item, how: "drunk" });
    drinkPotion(turn, delver, spec);
  } else if (spec?.use === "charm") rub(turn, delver, item, spec);
}

function rub(turn: Turn, delver: Delver, item: number, spec: ItemSpec<"charm">): void {
  const stats = packed(delver, item)?.stats ?? freshStats(spec);
  const readyAt = turn.world.tick + ticks(turn.world, rechargeMs(spec, stats));
  turn.tell({ kind: "wielded", actor: delver.id, item, stats: { ...stats, readyAt } });
  rubCharm(turn, delver, spec);
}

/** Points a wand; it loses a charge. One that nobody knew may turn out to have none. */
export function zap(turn: Turn, { actor, item, x, y }: Action<"zap">): void {
  const delver = delverOf(turn, actor);
  const spec = specOf(turn, delver, item);
  handled(turn, delver);
  const stats = packed(delver, item)?.stats;
  if (spec?.use !== "wand" || stats === undefined) return;
  const charges = Math.max(0, stats.charges - 1);
  turn.tell({ kind: "wielded", actor, item, stats: { ...stats, charges } });
  if (stats.charges > 0) pointWand(turn, delver, spec, { x, y });
  else turn.tell({ kind: "informed", actor, text: "The wand is spent." });
}

/** A thrown potion breaks, a weapon hits, and the rest just lies there. */
export function hurl(turn: Turn, { actor, item, x, y }: Action<"hurl">): void {
  const delver = delverOf(turn, actor);
  const row = packed(delver, item);
  const spec = specOf(turn, delver, item);
  handled(turn, delver);
  if (spec === undefined || row === undefined) return;
  const power = spec.use === "weapon" ? throwPower(turn.world, delver, spec, row.stats) : 0;
  turn.tell({ kind: "consumed", actor, item, how: "thrown" });
  if (spec.use === "potion") return breakPotion(turn, delver, spec, { x, y });
  const { floor } = delver;
  const target = actorAt(turn.world, levelOf(turn.world, delver), { x, y });
  if (power > 0 && target !== undefined && !spares(turn.world, actor, target)) {
    blow(turn, delver, target, power, "thrown");
  }
  const rest = restingPlace(turn.world, delver, { x, y });
  const lies = { item: row.kind, count: 1, stats: row.stats, left: true };
  turn.tell({ kind: "laid", floor, ...rest, ...lies });
  joltAt(turn, delver, rest);
}

/** Percent of the thrower's attack that the weapon has in the air; most are not made for it. */
function throwPower(
  world: Scene,
  delver: Delver,
  spec: ItemSpec<"weapon">,
  stats: ItemStats | undefined,
): number {
  const plus = (stats?.damage ?? 0) + (stats?.enchant ?? 0);
  const force = Math.max(1, delver.attack + spec.damage + plus);
  const share = spec.traits.includes("thrown") ? MADE_TO_FLY : CLUMSY;
  return Math.max(1, Math.round((force * share) / Math.max(1, attackOf(world, delver))));
}

const MADE_TO_FLY = 110;
const CLUMSY = 60;

/** Where a thing that flew comes to lie: the last cell on its way that one can walk to. */
function restingPlace(world: Scene, delver: Delver, to: Point): Point {
  const level = levelOf(world, delver);
  const way = [{ x: delver.x, y: delver.y }, ...between(delver, to), to];
  const last = way.findLast((point) => cellAt(level.walkable, cellOf(level, point)) === 1);
  return { x: (last ?? delver).x, y: (last ?? delver).y };
}

/** Who takes a thing up feels how good it is, and whether it lets go again. */
export function equip(turn: Turn, { actor, item }: Action<"equip">): void {
  const delver = delverOf(turn, actor);
  handled(turn, delver);
  turn.tell({ kind: "equipped", actor, item });
  const stats = packed(delver, item)?.stats;
  if (stats === undefined || stats.known) return;
  const known = clings(turn.world, stats);
  if (known || !stats.felt) {
    turn.tell({ kind: "worn", actor, item, stats: { ...stats, felt: true, known } });
  }
}

export function takeOff(turn: Turn, { actor, item }: Action<"takeOff">): void {
  handled(turn, delverOf(turn, actor));
  turn.tell({ kind: "unequipped", actor, item });
}

export function drop(turn: Turn, { actor, item }: Action<"drop">): void {
  handled(turn, delverOf(turn, actor));
  turn.tell({ kind: "dropped", actor, item });
}

export function dropOre(turn: Turn, { actor, stack, amount }: Action<"dropOre">): void {
  handled(turn, delverOf(turn, actor));
  turn.tell({ kind: "oreDropped", actor, stack, amount });
}

function handled(turn: Turn, delver: Delver): void {
  busy(turn, delver, turn.world.book.content.rules.handMs);
}

function specOf(turn: Turn, delver: Delver, item: number): ItemSpec | undefined {
  const row = packed(delver, item);
  return row === undefined ? undefined : turn.world.book.item(row.kind);
}
