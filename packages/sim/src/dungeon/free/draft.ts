import type { DraftCommand } from "../commands/crafting.ts";
import { draftOf } from "../decide/crafting.ts";
import type { Free } from "./free.ts";

/** R-CRA-3: what a craft would come to, from the functions that make it so. */
export const drafting: { [K in DraftCommand["do"]]: Free<K> } = {
  draft(turn, delver, { schematic, ore, points, kit }) {
    const order = { schematic, ore, points, kit };
    if (!turn.world.schematics.has(schematic)) return "You know no such schematic.";
    if (draftOf(turn.world, delver, order) === null) return "You do not have that ore.";
    turn.tell({ kind: "drafted", actor: delver.id, order });
    return undefined;
  },
};
