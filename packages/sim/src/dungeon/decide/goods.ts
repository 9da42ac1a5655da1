import type { ItemSpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import { freshStats } from "../item-stats.ts";
import { actorAt, levelOf, packed, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { blow } from "./blows.ts";
import { rubCharm } from "./items/charms.ts";
import { breakPotion, drinkPotion } from "./items/potions.ts";
import { readScroll } from "./items/scrolls.ts";
import { pointWand } from "./items/wands.ts";
import { find } from "./loot.ts";

export function pickup(turn: Turn, { actor }: Action<"pickup">): void {
  const delver = delverOf(turn, actor);
  const { rules } = turn.world.book.content;
  const level = levelOf(turn.world, delver);
  for (const item of [...level.items.values()]) {
    if (item.x !== delver.x || item.y !== delver.y) continue;
    if (delver.pack.length < rules.packPlaces) find(turn, delver, level, item);
  }
  busy(turn, delver, rules.handMs);
}

/** Uses what is used up by it, or rubs a charm. */
export function consume(turn: Turn, { actor, item }: Action<"consume">): void {
  const delver = delverOf(turn, actor);
  const spec = specOf(turn, delver, item);
  handled(turn, delver);
  if (spec?.use === "potion") {
    turn.tell({ kind: "consumed", actor, item, how: "drunk" });
    drinkPotion(turn, delver, spec);
  } else if (spec?.use === "scroll") {
    turn.tell({ kind: "consumed", actor, item, how: "read" });
    readScroll(turn, delver, spec);
  } else if (spec?.use === "charm") rub(turn, delver, item, spec);
}

function rub(turn: Turn, delver: Delver, item: number, spec: ItemSpec<"charm">): void {
  const readyAt = turn.world.tick + ticks(turn.world, spec.rechargeMs);
  const stats = packed(delver, item)?.stats ?? freshStats(spec);
  turn.tell({ kind: "wielded", actor: delver.id, item, stats: { ...stats, readyAt } });
  rubCharm(turn, delver, spec);
}

/** Points a wand at an enemy; it loses a charge. */
export function zap(turn: Turn, { actor, item, target }: Action<"zap">): void {
  const delver = delverOf(turn, actor);
  const spec = specOf(turn, delver, item);
  handled(turn, delver);
  const stats = packed(delver, item)?.stats;
  const foe = levelOf(turn.world, delver).monsters.get(target);
  if (spec?.use !== "wand" || stats === undefined || foe === undefined) return;
  const left = { ...stats, charges: stats.charges - 1 };
  turn.tell({ kind: "wielded", actor, item, stats: left });
  pointWand(turn, delver, spec, foe);
}

/** A thrown potion breaks, a weapon hits, and the rest just lies there. */
export function hurl(turn: Turn, { actor, item, x, y }: Action<"hurl">): void {
  const delver = delverOf(turn, actor);
  const row = packed(delver, item);
  const spec = specOf(turn, delver, item);
  handled(turn, delver);
  turn.tell({ kind: "consumed", actor, item, how: "thrown" });
  if (spec === undefined || row === undefined) return;
  if (spec.use === "potion") return breakPotion(turn, delver, spec, { x, y });
  const { floor } = delver;
  const target = actorAt(turn.world, levelOf(turn.world, delver), { x, y });
  if (spec.use === "weapon" && target?.is === "monster") blow(turn, delver, target, 80, "thrown");
  turn.tell({ kind: "laid", floor, x, y, item: row.kind, count: 1, stats: row.stats });
}

export function equip(turn: Turn, { actor, item }: Action<"equip">): void {
  handled(turn, delverOf(turn, actor));
  turn.tell({ kind: "equipped", actor, item });
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
