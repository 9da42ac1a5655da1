import { FAR } from "../../distances.ts";
import { at } from "../../geometry.ts";
import { dice as openDice } from "../../random.ts";
import type { Book } from "../book.ts";
import { pointOf } from "../terrain.ts";
import type { LevelRow } from "../world.ts";

/** Ids of the schematics whose plans lie on a floor; by the seed alone, each in a dungeon once. */
export function plansOn(book: Book, seed: number, floor: number): string[] {
  const dice = openDice(seed, "plans");
  const { plansPerFloor } = book.content.rules.forge;
  let left = book.content.schematics.filter(({ source }) => source === "found");
  for (let deep = 1; ; deep += 1) {
    const fits = dice.shuffled(left.filter(({ fromFloor }) => fromFloor <= deep));
    const dealt = fits.slice(0, plansPerFloor);
    if (deep === floor) return dealt.map(({ id }) => id);
    left = left.filter((one) => !dealt.includes(one));
  }
}

/** Lays out the plans of a floor, wherever one can walk. */
export function layPlans(
  book: Book,
  level: LevelRow,
  seed: number,
  paths: Uint16Array,
  ids: () => number,
): void {
  const dice = openDice(seed, `plans:${level.floor}`);
  const cells = Array.from(level.tiles.keys()).filter((cell) => {
    const role = book.tile(at(level.tiles, cell))?.role;
    const open = (role === "floor" || role === "track") && !level.fixtures.has(cell);
    return open && at(paths, cell) !== FAR && at(paths, cell) > 2;
  });
  for (const id of plansOn(book, seed, level.floor)) {
    const item = ids();
    const place = pointOf(level, dice.pick(cells));
    level.items.set(item, { id: item, kind: `plan-${id}`, count: 1, ...place });
  }
}
