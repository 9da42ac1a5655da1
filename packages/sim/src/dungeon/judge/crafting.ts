import type { CraftingCommand } from "../commands/crafting.ts";
import { refuseCraft } from "../decide/crafting.ts";
import type { Judge } from "../judge.ts";

const NOT_YET = "That is not possible here yet.";

export const crafting: { [K in CraftingCommand["do"]]: Judge<K> } = {
  craft(world, delver, { schematic, ore, points, kit }) {
    if (kit === true || points?.some((one) => one > 0)) return NOT_YET;
    const order = { schematic, ore };
    const refused = refuseCraft(world, delver, order);
    return refused ?? { kind: "craft", actor: delver.id, order };
  },
  salvage: () => NOT_YET,
  repair: () => NOT_YET,
};
