import type { ItemSpec, WandDeed } from "../../../content.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Delver } from "../../world.ts";
import { lay } from "../afflicting.ts";

type Wand = ItemSpec<"wand">;

const uses: { [K in WandDeed]: (turn: Turn, by: Delver, wand: Wand, target: Actor) => void } = {
  lays(turn, by, { dose }, target) {
    if (dose !== undefined) lay(turn, target, dose, by.id);
  },
};

export function pointWand(turn: Turn, by: Delver, wand: Wand, target: Actor): void {
  turn.tell({ kind: "recognised", item: wand.id });
  uses[wand.does](turn, by, wand, target);
}
