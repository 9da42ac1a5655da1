import type { EffectDose, ItemSpec, PotionDeed } from "../../../content.ts";
import { distance, type Point } from "../../../geometry.ts";
import { cellOf, inside, isAllied, levelOf } from "../../reads.ts";
import { spares } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Delver } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { fall } from "../entering.ts";
import { heal } from "../healing.ts";
import { heldIn, pour, put } from "../terrain/pour.ts";
import { alliesNear, cure, restore } from "./magic.ts";

type Potion = ItemSpec<"potion">;
type Use = {
  drunk(turn: Turn, delver: Delver, potion: Potion): void;
  /** It breaks in a cell, over all beside it. */
  broken(turn: Turn, delver: Delver, potion: Potion, at: Point): void;
};
/** One that does the same to whoever drinks it and to each ally whom it splashes. */
type Draught = (turn: Turn, target: Actor, potion: Potion, by: Delver) => void;

/** How far a potion splashes where it breaks. */
const SPLASH_CELLS = 1;

const uses: { [K in PotionDeed]: Use } = {
  heals: draught((turn, target, { power }, by) => {
    cure(turn, target);
    heal(turn, by, target, power);
  }),
  restores: draught((turn, target, { power }) => {
    if (target.is === "delver") restore(turn, target, power);
  }),
  strengthens: {
    drunk: (turn, { id: actor }, { power: hp }) => turn.tell({ kind: "strengthened", actor, hp }),
    broken(turn, by, _, at) {
      for (const one of splashed(turn, by, at)) heal(turn, by, one, one.maxHp);
    },
  },
  sinks: draught((turn, target) => {
    if (target.is === "delver") fall(turn, target);
  }),
  lays: {
    drunk: (turn, delver, { dose }) => dose && lay(turn, delver, dose, delver.id),
    broken(turn, by, { dose }, at) {
      if (dose !== undefined) soak(turn, by, at, dose);
    },
  },
  freezes: {
    drunk: (turn, delver, { dose }) => dose && lay(turn, delver, dose, delver.id),
    broken(turn, by, { dose }, at) {
      freezeWater(turn, by, at);
      if (dose !== undefined) soak(turn, by, at, dose);
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
  turn.tell({ kind: "recognised", item: potion.id });
  uses[potion.does].broken(turn, delver, potion, at);
}

function draught(works: Draught): Use {
  return {
    drunk: (turn, delver, potion) => works(turn, delver, potion, delver),
    broken(turn, by, potion, at) {
      for (const one of splashed(turn, by, at)) works(turn, one, potion, by);
    },
  };
}

function spill(turn: Turn, { id, floor }: Delver, potion: Potion, at: Point): void {
  const { substance, power } = potion;
  if (substance !== undefined) pour(turn, floor, at, power, substance, id);
}

function freezeWater(turn: Turn, by: Delver, centre: Point): void {
  const level = levelOf(turn.world, by);
  const cells: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    const point = { x: centre.x - 1 + (i % 3), y: centre.y - 1 + Math.floor(i / 3) };
    if (!inside(level, point)) continue;
    const cell = cellOf(level, point);
    if (heldIn(turn.world, level, cell, 0)?.id.endsWith("water")) cells.push(cell);
  }
  if (cells.length > 0) put(turn, level, cells, "ice", by.id);
}

function splashed(turn: Turn, { floor }: Delver, at: Point): Actor[] {
  return alliesNear(turn, floor, at, SPLASH_CELLS);
}

/** Friend and enemy alike; what does harm passes friends by unless there is friendly fire. */
function soak(turn: Turn, by: Delver, at: Point, dose: EffectDose): void {
  const { good } = turn.world.book.effect(dose.effect);
  const monsters = [...levelOf(turn.world, by).monsters.values()];
  const near = monsters.filter((one) => !isAllied(one) && distance(one, at) <= SPLASH_CELLS);
  for (const one of [...splashed(turn, by, at), ...near]) {
    if (good || !spares(turn.world, by.id, one)) lay(turn, one, dose, by.id);
  }
}
