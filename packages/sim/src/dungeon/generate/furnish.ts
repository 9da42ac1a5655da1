import type { Furnisher } from "../../content.ts";
import type { Dice } from "../../random.ts";
import type { Book } from "../book.ts";
import type { LevelRow } from "../world.ts";
import { fixtures } from "./furnish/fixtures.ts";
import { patches } from "./furnish/patches.ts";
import type { LevelWish } from "./level.ts";
import type { Plan } from "./plan.ts";

/** A floor with ground and stairs, being furnished. */
export type Site = {
  readonly book: Book;
  readonly level: LevelRow;
  /** Where its rooms and its secret closets are. */
  readonly plan: Plan;
  readonly wish: LevelWish;
  readonly dice: Dice;
  readonly ids: () => number;
};

const furnishers: { [F in Furnisher]: (site: Site) => void } = { patches, fixtures };

/** All that a region furnishes its floors with, one kind after the other. */
export function furnishFloor(site: Site): void {
  for (const furnish of Object.values(furnishers)) furnish(site);
}
