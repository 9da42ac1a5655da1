import type { BossPhase, PhaseDeed, PhaseDeedKind } from "../../content.ts";
import { distance } from "../../geometry.ts";
import { rouse } from "../minds/notice.ts";
import { fellowsOf, nearestTo } from "../minds/sides.ts";
import { delversOn, freeNear, isUp, levelOf, sees } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Monster } from "../world.ts";
import { lay } from "./afflicting.ts";
import { callUp } from "./calling.ts";
import { shift } from "./shifting.ts";
import { pour } from "./terrain/pour.ts";

type Deed<K extends PhaseDeedKind> = (turn: Turn, boss: Monster, deed: PhaseDeed<K>) => void;

const deeds: { [K in PhaseDeedKind]: Deed<K> } = {
  summons: (turn, boss, { monster, count }) => callUp(turn, boss, monster, count),
  takes: (turn, boss, { effect, power, lastsMs }) =>
    lay(turn, boss, { effect, power, lastsMs }, boss.id),
  lays(turn, boss, { effect, power, lastsMs }) {
    for (const one of watchers(turn, boss)) lay(turn, one, { effect, power, lastsMs }, boss.id);
  },
  pours(turn, boss, { substance, radius }) {
    pour(turn, boss.floor, boss, radius, substance, boss.id);
  },
  rains(turn, boss, { substance, radius }) {
    for (const { x, y } of watchers(turn, boss)) {
      pour(turn, boss.floor, { x, y }, radius, substance, boss.id);
    }
  },
  calls(turn, boss) {
    const prey = nearestTo(boss, delversOn(turn.world, boss.floor).filter(isUp));
    if (prey === undefined) return;
    for (const one of fellowsOf(turn.world, boss)) {
      if (one.mood.is === "asleep" || one.mood.is === "wandering") rouse(turn, one, prey);
    }
  },
  shakes(turn, boss, { damage }) {
    for (const one of watchers(turn, boss)) turn.hurt(boss.id, one, damage, "slam");
  },
  mends(turn, { id: actor, maxHp }, { percent }) {
    const amount = Math.round((maxHp * percent) / 100);
    turn.tell({ kind: "healed", actor, target: actor, amount });
  },
  leaves(turn, boss, { cells }) {
    const party = delversOn(turn.world, boss.floor).filter(isUp);
    const level = levelOf(turn.world, boss);
    const away = (point: { x: number; y: number }) =>
      Math.min(...party.map((one) => distance(one, point)));
    const open = freeNear(level, boss, cells);
    const best = open.reduce<(typeof open)[number] | undefined>(
      (far, point) => (far === undefined || away(point) > away(far) ? point : far),
      undefined,
    );
    if (best !== undefined) shift(turn, boss, best);
  },
};

/** Those of the party who see a boss. */
function watchers(turn: Turn, boss: Monster): Delver[] {
  return delversOn(turn.world, boss.floor).filter(
    (one) => isUp(one) && sees(turn.world, one, boss),
  );
}

/** Begins each phase that a boss has been brought down to, one after the other. */
export function turnPhase(turn: Turn, boss: Monster, phases: readonly BossPhase[]): void {
  // Phase 1 is the fight before any of the list.
  for (const phase of phases.slice(boss.phase - 1)) {
    if (boss.hp * 100 > boss.maxHp * phase.atPercent || boss.hp <= 0) return;
    turn.tell({ kind: "phased", actor: boss.id, phase: boss.phase + 1 });
    for (const deed of phase.does) begin(turn, boss, deed);
  }
}

function begin<K extends PhaseDeedKind>(turn: Turn, boss: Monster, deed: PhaseDeed<K>): void {
  deeds[deed.kind](turn, boss, deed);
}
