import type { CraftingCommand } from "../commands/crafting.ts";
import { refuseCraft } from "../decide/crafting.ts";
import { refuseRepair, refuseSalvage } from "../decide/smithing.ts";
import type { Judge } from "../judge.ts";
import { fixturesInReach } from "../ore.ts";

export const crafting: { [K in CraftingCommand["do"]]: Judge<K> } = {
  craft(world, delver, { schematic, ore, points, kit }) {
    const order = { schematic, ore, points, kit };
    const refused = refuseCraft(world, delver, order);
    return refused ?? { kind: "craft", actor: delver.id, order };
  },
  salvage(world, delver, { item }) {
    const refused = refuseSalvage(world, delver, item);
    return refused ?? { kind: "salvage", actor: delver.id, item };
  },
  repair(world, delver, { item, kit = false }) {
    const refused = refuseRepair(world, delver, item, kit);
    return refused ?? { kind: "repair", actor: delver.id, item, kit };
  },
  bank(world, delver, { stack, amount }) {
    const row = delver.ore.find(({ id }) => id === stack);
    if (row === undefined || row.amount < amount) return "You do not have that ore.";
    if (row.floor === 0) return "What came from a vault does not go back.";
    const shrine = fixturesInReach(world, delver).some(({ kind }) => kind.kind === "shrine");
    return shrine
      ? { kind: "bank", actor: delver.id, stack, amount }
      : "There is no shrine beside you.";
  },
};
