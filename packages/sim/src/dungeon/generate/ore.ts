import type { LegacySpec, OreRules, OreSpec, OreValues } from "../../content.ts";
import { type Dice, dice as openDice } from "../../random.ts";
import type { Book } from "../book.ts";
import type { SpawnRow, VeinRow } from "../world.ts";

const FIRST = ["Kar", "Ul", "Tem", "Bro", "Ves", "Ash", "Dun", "Mor", "Hel", "Gri", "Oth", "Sar"];
const LAST = ["vesh", "mir", "dar", "gan", "lith", "rok", "ben", "thos", "wyn", "zar", "eth"];

type OreWish = { readonly seed: number; readonly floor: number };

/**
 * The named spawns of a floor: its kinds with values of this dungeon's own, now and then one from
 * far below; behind them the Legacy ore that the floor may hold.
 */
export function nameSpawns(book: Book, dice: Dice, { seed, floor }: OreWish): SpawnRow[] {
  const { ores, rules } = book.content;
  const here = ores.filter((ore) => ore.fromFloor <= floor && floor <= ore.toFloor);
  const home = ores.findIndex((ore) => here.includes(ore));
  const deeper = ores.slice(home + 2, home + 4);
  const names = spawnNames(seed).slice((floor - 1) * rules.ore.spawns);
  const spawns: SpawnRow[] = [];
  for (let i = 0; i < rules.ore.spawns; i += 1) {
    const jackpot = deeper.length > 0 && dice.percent(rules.jackpotPercent);
    const ore = dice.pick(jackpot ? deeper : here);
    const values = jackpot ? drawJackpot(dice, rules.ore) : draw(dice, ore, rules.ore, floor);
    spawns.push({ ore: ore.id, name: `${names[i]} ${ore.name}`, values, known: false });
  }
  const legacy = legacyOn(book, seed, floor);
  if (legacy === undefined) return spawns;
  const { id, ore, name, values } = legacy;
  return [...spawns, { ore, name, values: { ...values }, known: false, legacy: id }];
}

/** No two spawns of a dungeon share a name. */
function spawnNames(seed: number): string[] {
  const names = FIRST.flatMap((first) => LAST.map((last) => `${first}${last}`));
  return openDice(seed, "spawns").shuffled(names);
}

/** Depth adds to all but density. */
function draw(dice: Dice, { min, max }: OreSpec, { depthGain }: OreRules, floor: number) {
  const deep = () => Math.min(100, dice.between(min, max) + depthGain * floor);
  return valuesOf(deep, () => dice.between(min, max));
}

function drawJackpot(dice: Dice, { jackpotMin, jackpotMax }: OreRules): OreValues {
  const rich = () => dice.between(jackpotMin, jackpotMax);
  return valuesOf(rich, rich);
}

function valuesOf(any: () => number, density: () => number): OreValues {
  return {
    hardness: any(),
    conductivity: any(),
    malleability: any(),
    purity: any(),
    density: density(),
  };
}

/** The Legacy ore of a floor; by the seed alone, so that each is in a dungeon once at most. */
function legacyOn(book: Book, seed: number, floor: number): LegacySpec | undefined {
  const dice = openDice(seed, "legacy");
  const left = [...book.content.legacies];
  for (let deep = 1; deep <= floor; deep += 1) {
    const fits = left.filter(({ fromFloor }) => fromFloor <= deep);
    const holds = dice.below(1000) < book.content.rules.ore.legacyPerMille;
    if (!holds || fits.length === 0) continue;
    const found = dice.pick(fits);
    left.splice(left.indexOf(found), 1);
    if (deep === floor) return found;
  }
  return undefined;
}

/** The veins that a floor gets, to be put into its walls; a Legacy ore has one, and it is the first. */
export function veinsFor(book: Book, dice: Dice, spawns: readonly SpawnRow[], count: number) {
  const { veinMin, veinMax, legacyAmount } = book.content.rules.ore;
  const ordinary = spawns.filter(({ legacy }) => legacy === undefined).length;
  const veins: VeinRow[] = [];
  const add = (spawn: number, amount: number) =>
    veins.push({ spawn, amount, work: 0, workedAt: 0 });
  if (ordinary < spawns.length) add(ordinary, legacyAmount);
  for (let i = 0; i < count; i += 1) add(dice.below(ordinary), dice.between(veinMin, veinMax));
  return veins;
}

/** Number of the tile of a spawn's veins. */
export function veinTile(book: Book, spawn: SpawnRow | undefined): number {
  const ordinary = spawn?.legacy === undefined;
  const tile = ordinary ? book.ore(spawn?.ore ?? "").tile : book.content.rules.ore.legacyTile;
  return book.tileNumber(tile);
}
