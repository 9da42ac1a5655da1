import { distancesFrom } from "../distances.ts";
import { emptyView, look, type View } from "../sight.ts";

type Terrain = {
  readonly floor: number;
  readonly width: number;
  readonly height: number;
  readonly tiles: Uint8Array;
  readonly walkable: Uint8Array;
  readonly passable: Uint8Array;
  readonly flyable: Uint8Array;
  readonly clear: Uint8Array;
  readonly version: number;
};
type Place = { readonly id: number; readonly x: number; readonly y: number };
type Kept<T> = { version: number; floor: number; cell: number; readonly value: T };

/** On foot, on foot through closed doors, or in the air and over water. */
export type Way = "walkable" | "passable" | "flyable";
const WAYS: readonly Way[] = ["walkable", "passable", "flyable"];

/** Above any radius of sight: a view is kept by its place and its radius. */
const RADII = 256;

/** Enough for the goals that all who wander share, and for a party. */
const PATHS_MAX = 72;

/**
 * Views and distance maps worked out from the world and kept until stale. Holds nothing of its
 * own: with or without it the same game follows.
 */
export class Derived {
  readonly #views = new Map<number, Kept<View>>();
  readonly #paths = new Map<number, Kept<Uint16Array>>();
  #queue = new Int32Array(0);
  #looks: ReadonlyMap<string, string> | undefined;

  looks(make: () => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    this.#looks ??= make();
    return this.#looks;
  }

  viewOf(level: Terrain, who: Place, radius: number): View {
    const cell = (who.y * level.width + who.x) * RADII + radius;
    let kept = this.#views.get(who.id);
    if (kept === undefined || kept.value.bits.length !== level.tiles.length) {
      const value = emptyView(level.tiles.length);
      kept = { version: -1, floor: 0, cell: 0, value };
      this.#views.set(who.id, kept);
    }
    if (fresh(kept, level, cell)) return kept.value;
    look(level, who.x, who.y, radius, kept.value);
    mark(kept, level, cell);
    return kept.value;
  }

  /** Room for a walk over so many cells, until the next walk. */
  queueOf(cells: number): Int32Array {
    if (this.#queue.length < cells) this.#queue = new Int32Array(cells);
    return this.#queue;
  }

  /** Walking distances to a cell by a way of getting about. */
  pathsTo(level: Terrain, cell: number, way: Way): Uint16Array {
    const key = (level.floor * level.tiles.length + cell) * 4 + WAYS.indexOf(way);
    let kept = this.#paths.get(key);
    if (kept !== undefined && fresh(kept, level, cell)) return kept.value;
    if (kept === undefined) {
      const oldest = this.#paths.keys().next();
      const spare = this.#paths.size >= PATHS_MAX && !oldest.done ? oldest.value : undefined;
      kept = { version: -1, floor: 0, cell, value: new Uint16Array(level.tiles.length) };
      if (spare !== undefined) this.#paths.delete(spare);
      this.#paths.set(key, kept);
    }
    distancesFrom(level[way], level.width, cell, kept.value, this.queueOf(level.tiles.length));
    mark(kept, level, cell);
    return kept.value;
  }
}

function fresh(kept: Kept<unknown>, level: Terrain, cell: number): boolean {
  return kept.version === level.version && kept.floor === level.floor && kept.cell === cell;
}

function mark(kept: Kept<unknown>, level: Terrain, cell: number): void {
  kept.version = level.version;
  kept.floor = level.floor;
  kept.cell = cell;
}
