import type { Book } from "./book.ts";
import { Derived } from "./derived.ts";
import { ticks } from "./reads.ts";
import { cellOf, firstDue, firstStir, settleTiles } from "./terrain.ts";
import type {
  DelverRow,
  DungeonWorld,
  FixtureRow,
  GroundRow,
  LevelRow,
  MonsterRow,
  OfferRow,
  PromptRow,
  StirRow,
  VeinRow,
} from "./world.ts";

const VERSION = 3;

/** A world as JSON-compatible data. Tables are lists in their own order; cells are run lengths. */
type Saved = Pick<
  DungeonWorld,
  | "seed"
  | "tickRate"
  | "lastFloor"
  | "tick"
  | "nextId"
  | "trace"
  | "tally"
  | "options"
  | "stood"
  | "brought"
  | "pauses"
  | "lootTurn"
  | "wanderAt"
> & {
  readonly version: typeof VERSION;
  readonly end: NonNullable<DungeonWorld["end"]> | null;
  readonly pause: NonNullable<DungeonWorld["pause"]> | null;
  readonly heart: NonNullable<DungeonWorld["heart"]> | null;
  readonly prompts: PromptRow[];
  readonly offers: OfferRow[];
  readonly schematics: string[];
  readonly streams: [string, [number, number, number, number]][];
  readonly known: string[];
  readonly delvers: SavedDelver[];
  readonly levels: SavedLevel[];
};
type SavedDelver = Omit<DelverRow, "class"> & { readonly class: string };
type SavedMonster = Omit<MonsterRow, "kind"> & { readonly kind: string };
type SavedFixture = Omit<FixtureRow, "kind"> & { readonly kind: string };
type SavedLevel = Pick<
  LevelRow,
  "floor" | "name" | "width" | "height" | "version" | "arrival" | "exit" | "spawns" | "bones"
> & {
  /** Cell and tick of every trail that can still be smelt. */
  readonly scent: [number, number][];
  readonly tiles: number[];
  readonly lit: number[];
  readonly memory: number[];
  /** Cells in sight, in the order in which they were seen. */
  readonly sight: number[];
  readonly monsters: SavedMonster[];
  readonly items: GroundRow[];
  readonly veins: [number, VeinRow][];
  readonly liquid: number[];
  readonly surface: number[];
  readonly gas: number[];
  readonly gasAmount: number[];
  readonly stirs: [number, StirRow][];
  readonly fixtures: [number, SavedFixture][];
};

export function save(world: DungeonWorld): unknown {
  const { seed, tickRate, lastFloor, tick, nextId, trace, tally, options, stood, pauses } = world;
  const { brought } = world;
  const saved: Saved = {
    version: VERSION,
    ...{ seed, tickRate, lastFloor, tick, nextId, trace, tally, options, stood, pauses, brought },
    ...{ lootTurn: world.lootTurn, wanderAt: world.wanderAt, heart: world.heart ?? null },
    prompts: [...world.prompts.values()],
    offers: [...world.offers.values()],
    pause: world.pause ?? null,
    schematics: [...world.schematics],
    end: world.end ?? null,
    streams: [...world.streams].map(([name, [a, b, c, d]]) => [name, [a, b, c, d]]),
    known: [...world.known],
    delvers: [...world.delvers.values()].map((row) => ({ ...row, class: row.class.id })),
    levels: [...world.levels.values()].map((level) => saveLevel(world, level)),
  };
  return copy(saved);
}

export function load(book: Book, data: unknown): DungeonWorld {
  const saved = copy(data);
  assertSaved(saved);
  const delvers = saved.delvers.map((row) => loadDelver(book, row));
  const world: DungeonWorld = {
    book,
    derived: new Derived(),
    ...saved,
    end: saved.end ?? undefined,
    pause: saved.pause ?? undefined,
    heart: saved.heart ?? undefined,
    prompts: new Map(saved.prompts.map((row) => [row.id, row])),
    offers: new Map(saved.offers.map((row) => [row.id, row])),
    schematics: new Set(saved.schematics),
    streams: new Map(saved.streams),
    known: new Set(saved.known),
    delvers: new Map(delvers.map((row) => [row.id, row])),
    players: new Map(delvers.map((row) => [row.player, row.id])),
    levels: new Map(saved.levels.map((row) => [row.floor, loadLevel(book, row)])),
  };
  for (const level of world.levels.values()) rebuild(world, level);
  return world;
}

/** Checks what a mix-up would get wrong; the host gives back what it was given. */
function assertSaved(data: unknown): asserts data is Saved {
  const known = typeof data === "object" && data !== null && "version" in data;
  if (!known || data.version !== VERSION) throw new Error("not a snapshot of a dungeon");
}

function saveLevel(world: DungeonWorld, level: LevelRow): SavedLevel {
  const { floor, name, width, height, version, arrival, exit, spawns, bones } = level;
  const stale = world.tick - ticks(world, world.book.content.rules.keenScentMs);
  return {
    ...{ floor, name, width, height, version, arrival, exit, spawns, bones },
    scent: [...level.scent.entries()].filter(([, tick]) => tick > 0 && tick >= stale),
    tiles: runs(level.tiles),
    lit: runs(level.lit),
    memory: runs(level.memory),
    sight: [...level.sightCells.subarray(0, level.sightCount)],
    monsters: [...level.monsters.values()].map((row) => ({ ...row, kind: row.kind.id })),
    items: [...level.items.values()],
    veins: [...level.veins],
    liquid: runs(level.liquid),
    surface: runs(level.surface),
    gas: runs(level.gas),
    gasAmount: runs(level.gasAmount),
    stirs: [...level.stirs],
    fixtures: [...level.fixtures].map(([cell, row]) => [cell, { ...row, kind: row.kind.id }]),
  };
}

function loadLevel(book: Book, saved: SavedLevel): LevelRow {
  const size = saved.width * saved.height;
  const monsters = saved.monsters.map((row) => ({ ...row, kind: book.monster(row.kind) }));
  return {
    ...saved,
    tilesHash: 0,
    tiles: Uint8Array.from(unrun(saved.tiles)),
    lit: Uint8Array.from(unrun(saved.lit)),
    walkable: new Uint8Array(size),
    passable: new Uint8Array(size),
    clear: new Uint8Array(size),
    flyable: new Uint8Array(size),
    shown: new Uint8Array(size),
    liquid: Uint8Array.from(unrun(saved.liquid)),
    surface: Uint8Array.from(unrun(saved.surface)),
    gas: Uint8Array.from(unrun(saved.gas)),
    gasAmount: Uint8Array.from(unrun(saved.gasAmount)),
    stirs: new Map(saved.stirs),
    stirAt: 0,
    fixtureAt: 0,
    fixtures: new Map(
      saved.fixtures.map(([cell, row]) => [cell, { ...row, kind: book.fixture(row.kind) }]),
    ),
    monsters: new Map(monsters.map((row) => [row.id, row])),
    items: new Map(saved.items.map((row) => [row.id, row])),
    veins: new Map(saved.veins),
    scent: scentOf(size, saved.scent),
    occupant: new Int32Array(size),
    memory: Uint16Array.from(unrun(saved.memory)),
    sightCells: sightOf(size, saved.sight),
    sightCount: saved.sight.length,
  };
}

function loadDelver(book: Book, saved: SavedDelver): DelverRow {
  const { waiting, act, intent, surveyed, last, draft } = saved;
  return { ...saved, class: book.class(saved.class), waiting, act, intent, surveyed, last, draft };
}

function scentOf(size: number, saved: SavedLevel["scent"]): Int32Array {
  const scent = new Int32Array(size);
  for (const [cell, tick] of saved) scent[cell] = tick;
  return scent;
}

/** What was in sight is kept as it was: looking again could see what nobody has looked at since. */
function sightOf(size: number, sight: readonly number[]): Int32Array {
  const cells = new Int32Array(size);
  cells.set(sight);
  return cells;
}

/** Indexes follow from the tables. */
function rebuild(world: DungeonWorld, level: LevelRow): void {
  settleTiles(world.book, level);
  level.stirAt = firstStir(level);
  level.fixtureAt = firstDue(level);
  for (const row of level.monsters.values()) level.occupant[cellOf(level, row)] = row.id;
  for (const row of world.delvers.values()) {
    const body = row.condition.is === "up" || row.condition.is === "down";
    if (body && row.floor === level.floor) level.occupant[cellOf(level, row)] = row.id;
  }
}

/** Alternating value and length. */
function runs(cells: Uint8Array | Uint16Array): number[] {
  const out: number[] = [];
  let value = -1;
  let length = 0;
  for (const cell of [...cells, -1]) {
    if (cell !== value && length > 0) out.push(value, length);
    length = cell === value ? length + 1 : 1;
    value = cell;
  }
  return out;
}

function unrun(encoded: readonly number[]): number[] {
  return encoded.flatMap((value, index) =>
    index % 2 === 0 ? new Array<number>(encoded[index + 1] ?? 0).fill(value) : [],
  );
}

/** A deep copy of JSON-compatible data, so that a snapshot and a living world share nothing. */
function copy(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(copy);
  if (typeof data !== "object" || data === null) return data;
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, copy(value)]));
}
