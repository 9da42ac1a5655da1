import type { Content, ItemSpec } from "@underlode/sim";
import { z } from "zod";
import { ability } from "./shapes/abilities.ts";
import { playerClass } from "./shapes/classes.ts";
import { effect } from "./shapes/effects.ts";
import { armour, charm, key, potion, relic, scroll, wand, weapon } from "./shapes/items.ts";
import { monster } from "./shapes/monsters.ts";
import { badge, legacy, ore, schematic } from "./shapes/ores.ts";
import { fixture, floor, region } from "./shapes/regions.ts";
import { rules } from "./shapes/rules.ts";
import { runic } from "./shapes/runics.ts";
import { reaction, substance } from "./shapes/substances.ts";
import { synergy } from "./shapes/synergies.ts";
import { tile } from "./shapes/tiles.ts";

/** Shape of each data file by its name without `.json`; big lists are a file a family. */
export const shapes = {
  rules,
  tiles: z.array(tile).min(1),
  substances: z.array(substance).min(1),
  reactions: z.array(reaction),
  effects: z.array(effect).min(1),
  classes: z.array(playerClass).min(1),
  "abilities-warrior": z.array(ability),
  "abilities-mage": z.array(ability),
  "abilities-ranger": z.array(ability),
  "abilities-healer": z.array(ability),
  "abilities-rogue": z.array(ability),
  synergies: z.array(synergy),
  "monsters-copper": z.array(monster).min(1),
  "monsters-iron": z.array(monster),
  "monsters-mithril": z.array(monster),
  "monsters-adamant": z.array(monster),
  potions: z.array(potion),
  scrolls: z.array(scroll),
  wands: z.array(wand),
  charms: z.array(charm),
  weapons: z.array(weapon),
  armours: z.array(armour),
  relics: z.array(relic).min(1),
  keys: z.array(key),
  "forged-weapons": z.array(weapon),
  "forged-armours": z.array(armour),
  runics: z.array(runic),
  ores: z.array(ore).min(1),
  legacies: z.array(legacy),
  schematics: z.array(schematic),
  badges: z.array(badge),
  fixtures: z.array(fixture),
  regions: z.array(region).min(1),
  floors: z.array(floor).min(1),
};

export const Files = z.object(shapes);
export type Files = z.infer<typeof Files>;
export type FileName = keyof typeof shapes;
export type Data = Omit<Content, "hash">;

/** The files' lists joined to the lists that the simulation reads, in the order given here. */
export function joined(files: Files): Data {
  const { rules: numbers, tiles, substances, reactions, effects, classes, synergies } = files;
  const { runics, ores, legacies, schematics, badges, fixtures, regions, floors } = files;
  return {
    ...{ rules: numbers, tiles, substances, reactions, effects, classes, synergies },
    ...{ runics, ores, legacies, schematics, badges, fixtures, regions, floors },
    abilities: parts(files, "abilities").flatMap((file) => files[file]),
    monsters: parts(files, "monsters").flatMap((file) => files[file]),
    items: [
      ...files.potions,
      ...files.scrolls,
      ...files.wands,
      ...files.charms,
      ...files.weapons,
      ...files.armours,
      ...files.relics,
      ...files.keys,
      ...files["forged-weapons"],
      ...files["forged-armours"],
      ...files.schematics.filter(({ source }) => source !== "start").map(planOf),
    ],
  };
}

/** A plan is a thing of its own, which furnishers and bosses lay out and no chance does. */
function planOf({ id, makes, grade }: Files["schematics"][number]): ItemSpec<"plan"> {
  const name = `plan of the ${makes.replaceAll("-", " ")}`;
  const note = `Read it to learn how it is made, at a forge of grade ${grade}.`;
  return { use: "plan", id: `plan-${id}`, name, note, weight: 0, fromFloor: 1, teaches: id };
}

type Part<P extends string> = Extract<FileName, `${P}-${string}`>;

/** The files that hold parts of one list. */
export function parts<P extends string>(files: Files, prefix: P): Part<P>[] {
  const isPart = (file: string): file is Part<P> => file.startsWith(`${prefix}-`) && file in files;
  return Object.keys(shapes).filter(isPart);
}
