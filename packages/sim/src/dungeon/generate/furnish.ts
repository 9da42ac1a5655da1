import { FURNISHERS, type Furnisher } from "../../content.ts";
import type { Dice } from "../../random.ts";
import type { Book } from "../book.ts";
import type { LevelRow } from "../world.ts";
import { captives } from "./furnish/captives.ts";
import { forges } from "./furnish/forges.ts";
import { patches } from "./furnish/patches.ts";
import { shrines } from "./furnish/shrines.ts";
import { traders } from "./furnish/traders.ts";
import { traps } from "./furnish/traps.ts";
import { vaults } from "./furnish/vaults.ts";
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

const furnishers: { [F in Furnisher]: (site: Site) => void } = {
  ...{ patches, forges, shrines, vaults, traders, captives, traps },
};

/** All that a region furnishes its floors with, in the order of `FURNISHERS`. */
export function furnishFloor(site: Site): void {
  for (const furnisher of FURNISHERS) furnishers[furnisher](site);
}
