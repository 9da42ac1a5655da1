import type { ItemSpec, PotionDeed } from "../../../content.ts";
import { distance, type Point } from "../../../geometry.ts";
import { delversOn, isUp, levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { heal } from "../healing.ts";
import { pour } from "../terrain/pour.ts";

type Potion = ItemSpec<"potion">;
type Use = {
  drunk(turn: Turn, delver: Delver, potion: Potion): void;
  /** It breaks in a cell; undefined is a puddle and no more. */
  broken?(turn: Turn, delver: Delver, potion: Potion, at: Point): void;
};

const uses: { [K in PotionDeed]: Use } = {
  heals: {
    drunk: (turn, delver, { power }) => heal(turn, delver, delver, power),
    broken(turn, delver, { power }, at) {
      for (const one of splashed(turn, delver.floor, at)) heal(turn, delver, one, power);
    },
  },
  restores: {
    drunk(turn, delver, { power }) {
      const { max } = delver.class.resource;
      const resource = Math.min(max, delver.resource + power);
      const nextAt = resource === max ? 0 : delver.refreshAt;
      turn.tell({ kind: "refreshed", actor: delver.id, resource, nextAt });
    },
  },
  lays: {
    drunk(turn, delver, { dose }) {
      if (dose !== undefined) lay(turn, delver, dose, delver.id);
    },
    broken(turn, delver, { dose }, at) {
      if (dose === undefined) return;
      const level = levelOf(turn.world, delver);
      const near = [...level.monsters.values()].filter((one) => distance(one, at) <= 1);
      for (const one of [...splashed(turn, delver.floor, at), ...near]) {
        lay(turn, one, dose, delver.id);
      }
    },
  },
  pours: {
    drunk: (turn, delver, potion) => spill(turn, delver, potion, delver),
    broken: (turn, delver, potion, at) => spill(turn, delver, potion, at),
  },
};

export function drinkPotion(turn: Turn, delver: Delver, potion: Potion): void {
  turn.tell({ kind: "recognised", item: potion.id });
  uses[potion.does].drunk(turn, delver, potion);
}

export function breakPotion(turn: Turn, delver: Delver, potion: Potion, at: Point): void {
  const { broken } = uses[potion.does];
  if (broken === undefined) return;
  turn.tell({ kind: "recognised", item: potion.id });
  broken(turn, delver, potion, at);
}

function spill(turn: Turn, { id, floor }: Delver, potion: Potion, at: Point): void {
  const { substance, power } = potion;
  if (substance !== undefined) pour(turn, floor, at, power, substance, id);
}

function splashed(turn: Turn, floor: number, at: Point): Delver[] {
  return delversOn(turn.world, floor).filter((one) => isUp(one) && distance(one, at) <= 1);
}
