import type { ItemSpec, PotionEffect } from "../../content.ts";
import { distance, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { delversOn, isUp, levelOf, packed, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { hurt } from "./harm.ts";
import { makeNoise } from "./noise.ts";

const SPLASH_CELLS = 1;

export function pickup(turn: Turn, { actor }: Action<"pickup">): void {
  const delver = delverOf(turn, actor);
  const { rules } = turn.world.book.content;
  for (const { id, x, y } of levelOf(turn.world, delver).items.values()) {
    if (x !== delver.x || y !== delver.y || delver.pack.length >= rules.packPlaces) continue;
    turn.tell({ kind: "taken", actor, item: id });
  }
  busy(turn, delver, rules.handMs);
}

export function drink(turn: Turn, { actor, item }: Action<"drink">): void {
  const delver = delverOf(turn, actor);
  const potion = potionOf(turn, delver, item);
  handled(turn, delver);
  turn.tell({ kind: "consumed", actor, item, how: "drunk" });
  if (potion === undefined) return;
  turn.tell({ kind: "recognised", item: potion.id });
  drunk[potion.effect](turn, delver, potion);
}

type Potion = ItemSpec<"potion">;
type Drunk = (turn: Turn, delver: Delver, potion: Potion) => void;

const drunk: { [K in PotionEffect]: Drunk } = {
  healing(turn, { id }, { power }) {
    turn.tell({ kind: "healed", actor: id, target: id, amount: power });
  },
  haste: lasting("haste"),
  might: lasting("might"),
  stoneskin: lasting("stoneskin"),
  clarity(turn, delver, { power }) {
    const { max } = delver.class.resource;
    const resource = Math.min(max, delver.resource + power);
    const nextAt = resource === max ? 0 : delver.refreshAt;
    turn.tell({ kind: "refreshed", actor: delver.id, resource, nextAt });
  },
  fire(turn, delver, { power }) {
    burn(turn, delver.floor, delver, power, delver.id);
  },
};

function lasting(kind: "haste" | "might" | "stoneskin"): Drunk {
  return (turn, { id }, { power, lastsMs }) => {
    const until = turn.world.tick + ticks(turn.world, lastsMs);
    turn.tell({ kind: "effectBegan", actor: id, effect: { kind, power, until } });
  };
}

/** A thrown potion breaks: fire burns all around, healing helps whoever stands there. */
export function hurl(turn: Turn, { actor, item, x, y }: Action<"hurl">): void {
  const delver = delverOf(turn, actor);
  const potion = potionOf(turn, delver, item);
  handled(turn, delver);
  turn.tell({ kind: "consumed", actor, item, how: "thrown" });
  if (potion?.effect === "fire") {
    turn.tell({ kind: "recognised", item: potion.id });
    burn(turn, delver.floor, { x, y }, potion.power, actor);
  }
  if (potion?.effect !== "healing") return;
  turn.tell({ kind: "recognised", item: potion.id });
  for (const one of delversOn(turn.world, delver.floor)) {
    if (!isUp(one) || distance(one, { x, y }) > SPLASH_CELLS) continue;
    turn.tell({ kind: "healed", actor, target: one.id, amount: potion.power });
  }
}

function burn(turn: Turn, floor: number, at: Point, power: number, by: number): void {
  makeNoise(turn, floor, at, turn.world.book.content.rules.noise.fight);
  const level = levelOf(turn.world, { floor });
  for (const one of [...delversOn(turn.world, floor).filter(isUp), ...level.monsters.values()]) {
    if (distance(one, at) <= SPLASH_CELLS) hurt(turn, by, one, power, "fire");
  }
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

function handled(turn: Turn, delver: Delver): void {
  busy(turn, delver, turn.world.book.content.rules.handMs);
}

function potionOf(turn: Turn, delver: Delver, item: number): Potion | undefined {
  const row = packed(delver, item);
  const spec = row === undefined ? undefined : turn.world.book.item(row.kind);
  return spec?.use === "potion" ? spec : undefined;
}
