import { createHash } from "node:crypto";
import { loadContent } from "@underlode/content";
import { bookOf } from "../src/dungeon/book.ts";
import { generateLevel } from "../src/dungeon/generate/level.ts";
import type { LevelRow } from "../src/dungeon/world.ts";

/** A floor that is worth looking at: `npm run record-runs` finds one for each sight. */
export type CatalogueEntry = {
  readonly shows: string;
  readonly seed: number;
  readonly floor: number;
  /** First 16 hexadecimal digits of the SHA-256 of all that is on it. */
  readonly hash: string;
};

const content = loadContent();
const book = bookOf(content);
const SEEDS_MAX = 400;

type Sight = {
  readonly shows: string;
  readonly floors: readonly number[];
  is(level: LevelRow): boolean;
};

const floorsOf = (region: string) =>
  content.floors.filter((one) => one.region === region).map(({ floor }) => floor);
const ALL = content.floors.map(({ floor }) => floor);
const has = (level: LevelRow, test: (kind: LevelRow["fixtures"], id: string) => boolean) =>
  [...level.fixtures.values()].some(({ kind }) => test(level.fixtures, kind.id));

/** What the catalogue has a seed for. */
export const SIGHTS: readonly Sight[] = [
  ...content.regions.map(({ id }) => ({
    ...{ shows: `region ${id}`, floors: floorsOf(id) },
    is: () => true,
  })),
  ...content.floors.flatMap(({ floor, boss }) =>
    boss === undefined ? [] : [{ shows: `boss ${boss}`, floors: [floor], is: isHome(boss) }],
  ),
  ...content.fixtures
    .filter(({ kind }) => !["snare", "lever", "lock", "statue"].includes(kind))
    .map(({ id, kind }) => ({
      ...{ shows: `${kind} ${id}`, floors: ALL },
      is: (level: LevelRow) => has(level, (_, other) => other === id),
    })),
  {
    ...{ shows: "Legacy vein", floors: ALL },
    is: ({ veins, spawns }) =>
      [...veins.values()].some(({ spawn }) => spawns[spawn]?.legacy !== undefined),
  },
  {
    ...{ shows: "secret door", floors: ALL },
    is: ({ tiles }) => tiles.includes(book.roleTile("secretDoor")),
  },
  {
    ...{ shows: "chasm", floors: ALL },
    is: ({ tiles }) => tiles.includes(book.roleTile("chasm")),
  },
];

function isHome(boss: string) {
  return ({ monsters }: LevelRow) => [...monsters.values()].some(({ kind }) => kind.id === boss);
}

export function levelAt(seed: number, floor: number): LevelRow {
  const lastFloor = content.floors.length;
  return generateLevel(book, { seed, floor, lastFloor, partySize: 4, firstId: 1 }).level;
}

export function hashOf(level: LevelRow): string {
  const { tiles, liquid, surface, gas, lit, monsters, items, veins, spawns, fixtures } = level;
  const told = JSON.stringify([
    [level.name, level.arrival, level.exit, spawns],
    [...veins],
    [...items.values()],
    [...monsters.values()].map(({ kind, ...row }) => [kind.id, row]),
    [...fixtures].map(([cell, { kind, ...row }]) => [cell, kind.id, row]),
  ]);
  const hash = createHash("sha256").update(told);
  for (const cells of [tiles, liquid, surface, gas, lit]) hash.update(cells);
  return hash.digest("hex").slice(0, 16);
}

/** The first seed and floor that show each sight. */
export function catalogue(): CatalogueEntry[] {
  return SIGHTS.map(({ shows, floors, is }) => {
    for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
      for (const floor of floors) {
        const level = levelAt(seed, floor);
        if (is(level)) return { shows, seed, floor, hash: hashOf(level) };
      }
    }
    throw new Error(`${shows} is nowhere in ${SEEDS_MAX} seeds`);
  });
}
