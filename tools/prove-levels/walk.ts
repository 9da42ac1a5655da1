import type { Book } from "../../packages/sim/src/dungeon/book.ts";
import type { LevelRow } from "../../packages/sim/src/dungeon/world.ts";

/**
 * What a delver who walks a floor without a map comes upon that is wrong. Tells ground from what
 * content says of its tiles and substances, not from the tables that the floor was laid out with.
 */
export const walkFaults = (book: Book, level: LevelRow): string[] => {
  const faults: string[] = [];
  const cellAt = ({ x, y }: { x: number; y: number }) => y * level.width + x;
  const opened = new Set<number>();
  const taken = new Set<number>();
  const first = walk(book, level, opened);
  if (!first.has(cellAt(level.exit))) faults.push("one does not come to the other stairs");
  for (const vein of level.veins.keys()) {
    if (!sidesOf(level, vein).some((side) => first.has(side)))
      faults.push(`vein ${vein} is out of reach`);
  }
  for (const item of level.items.values()) {
    const isNeeded = item.kind !== "gold" && NEEDED.has(book.item(item.kind).use);
    if (isNeeded && !first.has(cellAt(item))) faults.push(`${item.kind} is out of reach`);
  }
  // Whatever key one can come by opens the next lock, until nothing more is found.
  let keys = 0;
  for (let before = -1; before !== opened.size + taken.size; ) {
    before = opened.size + taken.size;
    const here = walk(book, level, opened);
    const isAtHand = (cell: number) =>
      here.has(cell) || sidesOf(level, cell).some((side) => here.has(side));
    const fixtures = [...level.fixtures].filter(([cell]) => isAtHand(cell));
    const hasLever = fixtures.some(([, { kind }]) => kind.kind === "lever");
    for (const [cell, { kind }] of fixtures) {
      if (kind.kind === "altar" && !taken.has(cell) && (kind.trial.kind !== "cage" || hasLever)) {
        taken.add(cell);
        keys += 1;
      }
      if (kind.kind === "lock" && !opened.has(cell) && keys > 0) {
        opened.add(cell);
        keys -= 1;
      }
    }
  }
  const last = walk(book, level, opened);
  for (const [cell, { kind }] of level.fixtures) {
    const isReached = last.has(cell) || sidesOf(level, cell).some((side) => last.has(side));
    if (!isReached) faults.push(`one never comes to the ${kind.id} in ${cell}`);
    if (kind.kind === "lock" && !opened.has(cell)) faults.push(`no key is left for lock ${cell}`);
  }
  return faults;
};

/** What somebody could miss: keys, and the plans that a dungeon has but once. */
const NEEDED: ReadonlySet<string> = new Set(["key", "plan", "other"]);

const sidesOf = ({ width }: LevelRow, cell: number): number[] => [
  ...[cell - 1, cell + 1, cell - width, cell + width],
];

/** All that can be walked from the arrival, doors opened as one goes, and these locks with them. */
const walk = (book: Book, level: LevelRow, opened: ReadonlySet<number>): Seen => {
  const { width, arrival } = level;
  const start = arrival.y * width + arrival.x;
  const seen = new Uint8Array(level.tiles.length);
  seen[start] = 1;
  const reached = [start];
  for (const cell of reached) {
    for (const row of [cell - width, cell, cell + width]) {
      for (let other = row - 1; other <= row + 1; other += 1) {
        if (seen[other] !== 0 || !bears(book, level, other, opened)) continue;
        seen[other] = 1;
        reached.push(other);
      }
    }
  }
  return { has: (cell) => seen[cell] === 1 };
};

type Seen = { has(cell: number): boolean };

/** Maps are walled in: what bears is never at an edge, so that no step leads around it. */
const bears = (book: Book, level: LevelRow, cell: number, opened: ReadonlySet<number>): boolean => {
  const tile = book.tile(level.tiles[cell] ?? 0);
  if (tile === undefined || tile.role === "secretDoor") return false;
  const isDoor = tile.role === "door";
  if (!tile.walk && !isDoor) return false;
  if (level.fixtures.get(cell)?.kind.blocks === true && !opened.has(cell)) return false;
  const isBorne =
    tile.role === "bridge" || book.substance(level.surface[cell] ?? 0)?.bears === true;
  const isDeep = tile.role === "chasm" || book.substance(level.liquid[cell] ?? 0)?.blocks === true;
  return isDoor || isBorne || !isDeep;
};
