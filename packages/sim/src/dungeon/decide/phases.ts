import type { BossPhase, PhaseDeed, PhaseDeedKind } from "../../content.ts";
import { freeNear, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";
import { lay } from "./afflicting.ts";
import { pour } from "./terrain/pour.ts";

type Deed<K extends PhaseDeedKind> = (turn: Turn, boss: Monster, deed: PhaseDeed<K>) => void;

const deeds: { [K in PhaseDeedKind]: Deed<K> } = {
  summons(turn, boss, { monster, count }) {
    const { floor, mood, id: from } = boss;
    const { hp } = turn.world.book.monster(monster);
    for (const { x, y } of freeNear(levelOf(turn.world, boss), boss, 3).slice(0, count)) {
      turn.tell({ kind: "spawned", floor, x, y, monster, hp, mood, from });
    }
  },
  takes: (turn, boss, dose) => lay(turn, boss, dose, boss.id),
  pours(turn, boss, { substance, radius }) {
    pour(turn, boss.floor, boss, radius, substance, boss.id);
  },
};

/** Begins each phase that a boss has been brought down to, one after the other. */
export function turnPhase(turn: Turn, boss: Monster, phases: readonly BossPhase[]): void {
  const percent = (boss.hp * 100) / boss.maxHp;
  // Phase 1 is the fight before any of the list.
  for (const phase of phases.slice(boss.phase - 1)) {
    if (percent > phase.atPercent || boss.hp <= 0) return;
    turn.tell({ kind: "phased", actor: boss.id, phase: boss.phase + 1 });
    for (const deed of phase.does) begin(turn, boss, deed);
  }
}

function begin<K extends PhaseDeedKind>(turn: Turn, boss: Monster, deed: PhaseDeed<K>): void {
  deeds[deed.kind](turn, boss, deed);
}
