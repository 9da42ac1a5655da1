import { beginSpread, emptySpread, type Spread, spreadOn } from "../distances.ts";
import { emptyView, look, type View } from "../sight.ts";
import type { Self } from "../simulation.ts";

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
  readonly #paths = new Map<number, Kept<Spread>>();
  #queue = new Int32Array(0);
  #looks: ReadonlyMap<string, string> | undefined;

  readonly #belongings = new Map<number, Self>();
  readonly #notes = new Map<string, string>();

  /** What a delver sees of what it has and of what the party knows; made again once that changed. */
  belongings(delver: number, make: () => Self): Self {
    const kept = this.#belongings.get(delver) ?? make();
    this.#belongings.set(delver, kept);
    return kept;
  }

  /** After anything by which somebody could have more, have less, or know something. */
  changeBelongings(): void {
    this.#belongings.clear();
  }

  /** What an ability does, in words. */
  note(ability: string, make: () => string): string {
    const kept = this.#notes.get(ability) ?? make();
    this.#notes.set(ability, kept);
    return kept;
  }

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

  /**
   * Walking distances to a cell by a way of getting about. With `from`, they are sure only there
   * and, up to a step farther, in the cells beside it: prey is near, and the rest of a floor is not
   * looked at for it.
   */
  pathsTo(level: Terrain, cell: number, way: Way, from?: number): Uint16Array {
    const key = (level.floor * level.tiles.length + cell) * 4 + WAYS.indexOf(way);
    const kept = this.#paths.get(key) ?? this.#newPaths(key, level.tiles.length);
    if (!fresh(kept, level, cell)) {
      beginSpread(kept.value, cell);
      mark(kept, level, cell);
    }
    spreadOn(level[way], level.width, kept.value, from);
    return kept.value.steps;
  }

  /** Room for the ways to one more goal; the oldest give theirs up. */
  #newPaths(key: number, cells: number): Kept<Spread> {
    const oldest = this.#paths.size < PATHS_MAX ? undefined : this.#paths.entries().next().value;
    if (oldest !== undefined) this.#paths.delete(oldest[0]);
    const room = oldest?.[1].value;
    const value = room?.steps.length === cells ? room : emptySpread(cells);
    const kept: Kept<Spread> = { version: -1, floor: 0, cell: 0, value };
    this.#paths.set(key, kept);
    return kept;
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
