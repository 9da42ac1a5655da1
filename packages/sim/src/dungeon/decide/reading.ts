import { packed, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";
import { refuseThing } from "./items/on-things.ts";
import { readScroll } from "./items/scrolls.ts";

export const NOT_CARRIED = "You carry no such thing.";

/** Begins to read a scroll or a plan; a long act, as crafting is. */
export function read(turn: Turn, { id: actor }: Delver, item: number, on?: number): void {
  const { world, tell } = turn;
  const from = world.tick;
  const until = from + ticks(world, world.book.content.rules.readMs);
  tell({ kind: "actBegan", actor, act: { is: "reading", item, on, from, until } });
}

/** What was read takes effect, if it can still be read then. */
export function finishReading(turn: Turn, delver: Delver, item: number, on?: number): void {
  const { id: actor } = delver;
  const row = packed(delver, item);
  const refused = refuseReading(turn.world, delver, item, on);
  turn.tell({ kind: "actEnded", actor, why: refused === undefined ? "done" : "stopped" });
  if (row === undefined || refused !== undefined) return;
  const spec = turn.world.book.item(row.kind);
  turn.tell({ kind: "consumed", actor, item, how: "read" });
  if (spec.use === "scroll") readScroll(turn, delver, spec, on);
  if (spec.use === "plan") {
    turn.tell({ kind: "schematicLearned", actor, schematic: spec.teaches });
  }
}

/** Why a scroll or plan cannot be read now, on another thing or by itself; undefined when it can. */
export function refuseReading(
  world: Scene,
  delver: Delver,
  item: number,
  on: number | undefined,
): string | undefined {
  const row = packed(delver, item);
  const thing = on === undefined ? undefined : packed(delver, on);
  if (row === undefined || (on !== undefined && thing === undefined)) return NOT_CARRIED;
  const spec = world.book.item(row.kind);
  if (spec.use === "plan") {
    return world.schematics.has(spec.teaches) ? "You know that already." : undefined;
  }
  // What is not known refuses nothing: that alone would tell what it is.
  const known = spec.use === "scroll" && world.known.has(row.kind);
  return known ? refuseThing(world, spec.does, thing) : undefined;
}
