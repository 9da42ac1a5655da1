import type { ItemSpec } from "../../content.ts";
import type { Dice } from "../../random.ts";
import type { Book } from "../book.ts";
import { freshStats, sharesPlace } from "../item-stats.ts";
import type { ItemStats } from "../world.ts";

/** A thing as it is found. */
export type Found = {
  readonly kind: string;
  readonly count: number;
  readonly stats: ItemStats | undefined;
};
type Chance = { readonly spec: ItemSpec; readonly weight: number };

/** What can be found on a floor, by weight: gear of the floors above grows rare. */
export function lootTable(book: Book, floor: number): readonly Chance[] {
  const known = tables.get(book) ?? new Map<number, readonly Chance[]>();
  tables.set(book, known);
  const table = known.get(floor) ?? makeTable(book, floor);
  known.set(floor, table);
  return table;
}

/** Each floor asks for its own dozens of times. */
const tables = new WeakMap<Book, Map<number, readonly Chance[]>>();

function makeTable(book: Book, floor: number): Chance[] {
  return book.content.items
    .filter(({ weight, fromFloor }) => weight > 0 && fromFloor <= floor)
    .map((spec) => {
      const gear = spec.use === "weapon" || spec.use === "armour";
      const late = gear ? Math.floor((floor - spec.fromFloor) / FADE_FLOORS) : 0;
      return { spec, weight: Math.max(1, spec.weight - late) };
    });
}

/** Gear loses a point of its weight each time one has gone so many floors deeper. */
const FADE_FLOORS = 2;

/** One thing of those of a floor, or of some of them only. */
export function findThing(
  book: Book,
  dice: Dice,
  floor: number,
  fits?: (spec: ItemSpec) => boolean,
): Found {
  const table = lootTable(book, floor);
  const { spec } = weighted(dice, fits ? table.filter((one) => fits(one.spec)) : table);
  const bundle = spec.use === "weapon" && sharesPlace(spec);
  return {
    kind: spec.id,
    count: bundle ? dice.between(BUNDLE.min, BUNDLE.max) : 1,
    stats: foundStats(book, dice, spec, floor),
  };
}

/** Things to throw are found by the handful. */
const BUNDLE = { min: 3, max: 6 };

/** What a thing found has of its own: gear may be better or worse than plain, and bear a runic. */
export function foundStats(
  book: Book,
  dice: Dice,
  spec: ItemSpec,
  floor: number,
): ItemStats | undefined {
  if (sharesPlace(spec)) return undefined;
  if (spec.use !== "weapon" && spec.use !== "armour") return freshStats(spec);
  const enchant = enchantment(dice, floor);
  const good = enchant >= 0 && dice.percent(GOOD_PERCENT);
  const runics = book.content.runics.filter((one) => one.on === spec.use && one.good === good);
  const bears = runics.length > 0 && dice.percent(RUNIC_PERCENT);
  const runic = bears ? weighted(dice, runics).id : "";
  return { ...freshStats(spec), enchant, runic, felt: false, known: false };
}

function enchantment(dice: Dice, floor: number): number {
  const sort = dice.below(100);
  if (sort < PLAIN_PERCENT) return 0;
  const most = 1 + Math.floor(floor / 4);
  return sort < PLAIN_PERCENT + BETTER_PERCENT ? dice.between(1, most) : -dice.between(1, 2);
}

const RUNIC_PERCENT = 20;
/** Of the runics on gear that is not worse than plain. */
const GOOD_PERCENT = 75;
const PLAIN_PERCENT = 55;
const BETTER_PERCENT = 30;

export function weighted<T extends { readonly weight: number }>(dice: Dice, list: readonly T[]): T {
  let rest = dice.below(list.reduce((sum, entry) => sum + entry.weight, 0));
  for (const entry of list) {
    rest -= entry.weight;
    if (rest < 0) return entry;
  }
  throw new Error("a weighted list with no weight");
}
