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
  const cells: number[] = [];
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    const steps = at(paths, cell);
    if (steps <= 2 || steps === FAR || at(book.tilePlain, at(level.tiles, cell)) === 0) continue;
    if (!level.fixtures.has(cell)) cells.push(cell);
  }
  if (cells.length === 0) return;
  for (const id of plansOn(book, seed, level.floor)) {
    const item = ids();
    const place = pointOf(level, dice.pick(cells));
    level.items.set(item, { id: item, kind: `plan-${id}`, count: 1, ...place });
  }
}
