import type { RunicDeed, RunicDeedKind } from "../../content.ts";
import type { How } from "../events.ts";
import { gear } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor } from "../world.ts";
import { lay } from "./afflicting.ts";

type AfterHit<K extends RunicDeedKind> = (
  turn: Turn,
  by: Actor,
  target: Actor,
  deed: RunicDeed<K>,
) => void;

const afterHit: { [K in RunicDeedKind]: AfterHit<K> } = {
  laysOnHit(turn, by, target, deed) {
    if (turn.roll("loot", 100) < deed.percent) lay(turn, target, deed, by.id);
  },
};

/** What the runic of the weapon in hand does to whom it struck; its bearer learns it by that. */
export function runicsAfterHit(turn: Turn, by: Actor, target: Actor, how: How): void {
  if (by.is !== "delver" || (how !== "blow" && how !== "shot")) return;
  const { stats } = gear(turn.world, by, by.weapon);
  if (stats === undefined || stats.runic === "") return;
  runAfterHit(turn, by, target, turn.world.book.runic(stats.runic).does);
  if (stats.known) return;
  turn.tell({ kind: "worn", actor: by.id, item: by.weapon, stats: { ...stats, known: true } });
}

function runAfterHit<K extends RunicDeedKind>(
  turn: Turn,
  by: Actor,
  target: Actor,
  deed: RunicDeed<K>,
): void {
  afterHit[deed.kind](turn, by, target, deed);
}
