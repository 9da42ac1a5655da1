import type { DungeonWorld, Outcome } from "@underlode/sim";
import { bookOf } from "../src/dungeon/book.ts";
import { freshStats, sharesPlace } from "../src/dungeon/item-stats.ts";
import type { DelverRow, ItemStats } from "../src/dungeon/world.ts";
import { ask, delver, floorOne, pass, spawn } from "./scene.ts";
import { staged } from "./stage.ts";

/** A warrior and a mage on a bare place, the mage one cell to the west; no dice of chance matter. */
export function packed() {
  const { world, ana, x, y } = staged("warrior", "mage");
  const bo = delver(world, "bo");
  moveBeside(world, bo, x - 1, y);
  return { world, ana, bo, x, y };
}
export type Packed = ReturnType<typeof packed>;

function moveBeside(world: DungeonWorld, one: DelverRow, x: number, y: number): void {
  const level = floorOne(world);
  level.occupant[one.y * level.width + one.x] = 0;
  Object.assign(one, { x, y });
  level.occupant[y * level.width + x] = one.id;
}

/** Puts a thing into a pack as if it had been found, and answers its id. */
export function give(
  world: DungeonWorld,
  to: DelverRow,
  kind: string,
  more: Partial<ItemStats> = {},
): number {
  const id = world.nextId;
  world.nextId += 1;
  const spec = bookOf(world.book.content).item(kind);
  const stats = sharesPlace(spec) ? undefined : { ...freshStats(spec), ...more };
  to.pack.push({ id, kind, count: 1, stats });
  return id;
}

/** The same, in hand or on the body. */
export function wear(
  world: DungeonWorld,
  to: DelverRow,
  kind: string,
  more: Partial<ItemStats> = {},
): number {
  const item = give(world, to, kind, more);
  const spec = world.book.item(kind);
  if (spec.use === "weapon") to.weapon = item;
  if (spec.use === "armour") to[spec.slot === "shield" ? "shield" : "armour"] = item;
  return item;
}

type More = { x?: number; y?: number; on?: number };

/** Uses a thing up to the tick at which it takes effect: what is read, is read to the end. */
export function start(world: DungeonWorld, item: number, more: More = {}): Outcome {
  const begun = pass(world, 1, ask("ana", { do: "use", item, ...more }));
  const { act } = delver(world, "ana");
  return act?.is === "reading" ? pass(world, act.until - world.tick) : begun;
}

/** Uses a thing and lets its time pass; answers what came of it at once. */
export function uses(world: DungeonWorld, item: number, more: More = {}): Outcome {
  const outcome = start(world, item, more);
  pass(world, 20);
  return outcome;
}

/** A big ooze asleep, which bears a few blows. */
export function sleeper(world: DungeonWorld, x: number, y: number) {
  return spawn(world, "ooze", x, y, true);
}

export function statsOf(one: DelverRow, item: number): ItemStats | undefined {
  return one.pack.find(({ id }) => id === item)?.stats;
}
