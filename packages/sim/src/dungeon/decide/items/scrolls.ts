import type { ItemSpec, ScrollDeed } from "../../../content.ts";
import { at } from "../../../geometry.ts";
import { levelOf, pointOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver } from "../../world.ts";
import { enter } from "../entering.ts";

type Scroll = ItemSpec<"scroll">;

const uses: { [K in ScrollDeed]: (turn: Turn, delver: Delver, scroll: Scroll) => void } = {
  /** To any free cell on the floor. */
  teleports(turn, delver) {
    const level = levelOf(turn.world, delver);
    const open = Array.from(level.walkable.keys()).filter(
      (cell) => at(level.walkable, cell) === 1 && at(level.occupant, cell) === 0,
    );
    const cell = open[turn.roll("loot", Math.max(1, open.length))];
    if (cell === undefined) return;
    turn.tell({ kind: "moved", actor: delver.id, ...pointOf(level, cell) });
    enter(turn, delver);
  },
};

export function readScroll(turn: Turn, delver: Delver, scroll: Scroll): void {
  turn.tell({ kind: "recognised", item: scroll.id });
  uses[scroll.does](turn, delver, scroll);
}
