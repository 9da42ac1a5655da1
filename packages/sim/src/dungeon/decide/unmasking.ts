import { adjacent } from "../../geometry.ts";
import { levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";

/** Mimics that waited beside a delver do so no more. */
export function startle(turn: Turn, delver: Delver): void {
  for (const monster of levelOf(turn.world, delver).monsters.values()) {
    if (monster.hidden && adjacent(monster, delver)) unmask(turn, monster.id, delver);
  }
}

/** A mimic drops its disguise and goes for whoever came near. */
export function unmask(turn: Turn, monster: number, { id, x, y }: Delver): void {
  turn.tell({ kind: "revealed", actor: monster });
  const mood = { is: "hunting" as const, target: id, x, y, lostAt: turn.world.tick };
  turn.tell({ kind: "felt", actor: monster, mood });
}
