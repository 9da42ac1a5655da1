import type { OreSpec, OreValues, Rules } from "../../content.ts";
import type { Dice } from "../../random.ts";
import type { SpawnRow } from "../world.ts";

const FIRST = ["Kar", "Ul", "Tem", "Bro", "Ves", "Ash", "Dun", "Mor", "Hel", "Gri", "Oth", "Sar"];
const LAST = ["vesh", "mir", "dar", "gan", "lith", "rok", "ben", "thos", "wyn", "zar", "eth"];
const SPAWNS = 2;

/**
 * The named spawns of a floor: its kinds with values of this dungeon's own, and now and then one
 * from far below.
 */
export function nameSpawns(
  dice: Dice,
  rules: Rules,
  ores: readonly OreSpec[],
  floor: number,
): SpawnRow[] {
  const here = ores.filter((ore) => ore.fromFloor <= floor && floor <= ore.toFloor);
  const home = ores.findIndex((ore) => here.includes(ore));
  const deeper = ores.slice(home + 2, home + 4);
  const spawns: SpawnRow[] = [];
  for (let i = 0; i < SPAWNS; i += 1) {
    const jackpot = deeper.length > 0 && dice.percent(rules.jackpotPercent);
    const ore = dice.pick(jackpot ? deeper : here);
    const values = jackpot ? draw(dice, 80, 100, 0) : draw(dice, ore.min, ore.max, 2 * floor);
    const name = `${dice.pick(FIRST)}${dice.pick(LAST)} ${ore.name}`;
    spawns.push({ ore: ore.id, name, values });
  }
  return spawns;
}

/** Depth adds to all but density. */
function draw(dice: Dice, min: number, max: number, depth: number): OreValues {
  const deep = () => Math.min(100, dice.between(min, max) + depth);
  return {
    hardness: deep(),
    conductivity: deep(),
    malleability: deep(),
    purity: deep(),
    density: dice.between(min, max),
  };
}
