import type { FeatsEvents } from "../events/feats.ts";
import type { Narrate } from "../narrate.ts";
import { oreName, spawnOf } from "../ore.ts";
import { a, carried, delver, line, who } from "./says.ts";

export const feats: { [K in keyof FeatsEvents]: Narrate<K> } = {
  synergyFired: (world, { synergy }) => line(`${world.book.synergy(synergy).name}!`, "good"),
  oreSpent: () => undefined,
  tried: (world, { actor, line: what, went }) => {
    const only = delver(world, actor);
    if (went === 0 || only === undefined) return undefined;
    const words = went > 0 ? `The ${what} comes out well.` : `The ${what} has a flaw.`;
    return line(words, went > 0 ? "good" : "bad", only);
  },
  crafted: (world, { actor, item }) =>
    line(`${who(world, actor)} makes ${a(world.book.item(item).name)}.`, "loot"),
  repaired: (world, { actor, item }) =>
    line(`${who(world, actor)} mends ${a(carried(world, actor, item))}.`),
  salvaged: (world, { actor, item }) =>
    line(`${who(world, actor)} takes ${a(carried(world, actor, item))} apart.`),
  oreStored: (world, { actor, stack, amount }) => {
    const row = delver(world, actor)?.ore.find(({ id }) => id === stack);
    const what = row === undefined ? "ore" : oreName(world, row);
    return line(`${amount} ${what} goes to ${who(world, actor)}'s vault.`, "loot");
  },
  legacyMined: (world, { actor, amount, ...ref }) => {
    const name = oreName(world, ref);
    const spawn = spawnOf(world, ref);
    const lore = spawn?.known === false ? world.book.legacy(spawn.legacy ?? "").lore : undefined;
    const words = `${who(world, actor)} has won ${amount} ${name}! It is in the Legacy Vault, for good.`;
    return line(lore === undefined ? words : `${words} ${lore}`, "loot");
  },
  schematicLearned: (world, { actor, schematic }) => {
    const { name } = world.book.schematic(schematic);
    return line(`${who(world, actor)} now knows how to make: ${name}.`, "loot");
  },
  drafted: () => undefined,
};
