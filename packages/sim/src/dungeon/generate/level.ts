import { distancesFrom, FAR } from "../../distances.ts";
import { at, type Point } from "../../geometry.ts";
import { type Dice, dice as openDice } from "../../random.ts";
import { emptyView, look, type View } from "../../sight.ts";
import type { Book } from "../book.ts";
import { cellOf, pointOf, setTile, settleTiles } from "../terrain.ts";
import type { LevelRow } from "../world.ts";
import { furnishFloor } from "./furnish.ts";
import { nameSpawns, veinsFor, veinTile } from "./ore.ts";
import { DOOR, FLOOR, PILLAR, type Plan, SECRET_DOOR, TRACK, WALL } from "./plan.ts";
import { planFor } from "./planners.ts";
import { populate } from "./populate.ts";
import { levelFaults } from "./proof.ts";
import { middle } from "./room.ts";
import { layPlans } from "./stock.ts";

export type LevelWish = {
  readonly seed: number;
  readonly floor: number;
  readonly lastFloor: number;
  readonly partySize: number;
  /** Ids that the floor's things get: this one and up. */
  readonly firstId: number;
};
/** A floor, the first id that is free behind it, and how many were thrown away before it. */
export type Generated = {
  readonly level: LevelRow;
  readonly nextId: number;
  readonly again: number;
};

const ATTEMPTS_MAX = 20;

/**
 * A floor, the same whenever it is entered: it depends on the wish alone. What the proof finds
 * fault with is laid out anew.
 */
export function generateLevel(book: Book, wish: LevelWish): Generated {
  let attempt = attemptLevel(book, wish, 0);
  for (let n = 1; n < ATTEMPTS_MAX && levelFaults(book, attempt.level).length > 0; n += 1) {
    attempt = attemptLevel(book, wish, n);
  }
  return attempt;
}

/** One try of a floor, sound or not. */
function attemptLevel(book: Book, wish: LevelWish, attempt: number): Generated {
  const dice = openDice(wish.seed, `level:${wish.floor}${attempt === 0 ? "" : `:${attempt}`}`);
  const spec = book.floor(wish.floor);
  const { width, height } = book.content.rules;
  const plan = planFor(dice, book.region(spec.region), width, height);
  const level = bareLevel(book, plan, wish, dice);
  settleTiles(book, level);
  const view = viewFrom(level, level.arrival, Math.max(width, height));
  const paths = stepsFrom(level);
  const exit = farthestRoom(level, plan, paths, view, spec.boss !== undefined);
  Object.assign(level.exit, exit);
  setTile(book, level, cellOf(level, level.arrival), book.roleTile("stairsUp"));
  const hasWayDown = wish.floor < wish.lastFloor;
  if (hasWayDown) setTile(book, level, cellOf(level, exit), book.roleTile("stairsDown"));
  embedVeins(book, level, paths, dice);
  lightLamps(book, level, plan, dice);
  const ids = idsFrom(wish.firstId);
  furnishFloor({ book, level, plan, wish, dice, ids });
  settleTiles(book, level);
  level.version = 0;
  const ways = stepsFrom(level);
  populate({ book, level, plan, wish, dice, ids }, ways, hiddenFrom(level));
  layPlans(book, level, wish.seed, ways, ids);
  return { level, nextId: ids(), again: attempt };
}

function idsFrom(first: number): () => number {
  let next = first - 1;
  return () => {
    next += 1;
    return next;
  };
}

function bareLevel(book: Book, plan: Plan, wish: LevelWish, dice: Dice): LevelRow {
  const { floor } = wish;
  const spec = book.floor(floor);
  const size = plan.width * plan.height;
  const numbers = tileNumbers(book, spec.region);
  return {
    floor,
    name: spec.name,
    width: plan.width,
    height: plan.height,
    tiles: tilesOf(plan, numbers),
    walkable: new Uint8Array(size),
    passable: new Uint8Array(size),
    clear: new Uint8Array(size),
    lit: new Uint8Array(size),
    flyable: new Uint8Array(size),
    liquid: new Uint8Array(size),
    surface: new Uint8Array(size),
    gas: new Uint8Array(size),
    gasAmount: new Uint8Array(size),
    stirs: new Map(),
    stirAt: 0,
    shown: new Uint8Array(size),
    fixtures: new Map(),
    fixtureAt: 0,
    version: 0,
    tilesHash: 0,
    arrival: { ...middle(dice.pick(plan.rooms.filter(isRoomy))) },
    exit: { x: 0, y: 0 },
    monsters: new Map(),
    items: new Map(),
    veins: new Map(),
    spawns: nameSpawns(book, dice, wish),
    scent: new Int32Array(size),
    bones: [],
    occupant: new Int32Array(size),
    memory: new Uint16Array(size),
    sightCells: new Int32Array(size),
    sightCount: 0,
  };
}

/** A whole party finds a place in it. */
function isRoomy({ width, height }: Plan["rooms"][number]): boolean {
  return width * height >= 9;
}

function tilesOf({ cells }: Plan, numbers: Uint8Array): Uint8Array {
  const tiles = new Uint8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell += 1) tiles[cell] = at(numbers, at(cells, cell));
  return tiles;
}

/** Tile numbers by what a cell of a plan can be. */
function tileNumbers(book: Book, regionId: string): Uint8Array {
  const { wall, floor, track, pillar } = book.region(regionId);
  const numbers = new Uint8Array(SECRET_DOOR + 1);
  numbers[WALL] = book.tileNumber(wall);
  numbers[FLOOR] = book.tileNumber(floor);
  numbers[TRACK] = book.tileNumber(track);
  numbers[PILLAR] = book.tileNumber(pillar);
  numbers[DOOR] = book.roleTile("door");
  numbers[SECRET_DOOR] = book.roleTile("secretDoor");
  return numbers;
}

/** Steps on foot from the arrival to every cell. */
function stepsFrom(level: LevelRow): Uint16Array {
  return distancesFrom(level.passable, level.width, cellOf(level, level.arrival));
}

function viewFrom(level: LevelRow, { x, y }: Point, radius: number): View {
  const view = emptyView(level.tiles.length);
  look(level, x, y, radius, view);
  return view;
}

/** Whether a cell is out of sight of the arrival, for placing what must not greet the party. */
function hiddenFrom(level: LevelRow): (cell: number) => boolean {
  const view = viewFrom(level, level.arrival, Math.max(level.width, level.height));
  return (cell) => at(view.bits, cell) === 0;
}

/** A boss wants a hall; of the rooms that are nearly as far as the farthest it gets the largest. */
const NEARLY = 0.7;

/** The middle of the room out of its sight that lies the longest walk from the arrival. */
function farthestRoom(
  level: LevelRow,
  plan: Plan,
  paths: Uint16Array,
  view: View,
  hasBoss: boolean,
): Point {
  const far = (room: Plan["rooms"][number]) => {
    const cell = cellOf(level, middle(room));
    const steps = at(paths, cell);
    return steps === FAR || at(view.bits, cell) === 1 ? 0 : steps;
  };
  const best = plan.rooms.reduce((one, room) => (far(room) > far(one) ? room : one));
  if (!hasBoss) return middle(best);
  const halls = plan.rooms.filter((room) => far(room) >= far(best) * NEARLY);
  const area = ({ width, height }: Plan["rooms"][number]) => width * height;
  return middle(halls.reduce((one, room) => (area(room) > area(one) ? room : one), best));
}

/** Nobody who has just arrived should have a vein beside them. */
const VEIN_STEPS_MIN = 8;

/** Veins show in walls beside the ground that can be walked, not at the arrival's door. */
function embedVeins(book: Book, level: LevelRow, paths: Uint16Array, dice: Dice): void {
  const wall = book.tileNumber(book.region(book.floor(level.floor).region).wall);
  const { width, height, tiles } = level;
  const candidates: number[] = [];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const cell = y * width + x;
      if (at(tiles, cell) === wall && showsOnce(level, paths, cell)) candidates.push(cell);
    }
  }
  for (const vein of veinsFor(book, dice, level.spawns, book.floor(level.floor).veins)) {
    if (candidates.length === 0) return;
    for (const cell of candidates.splice(dice.below(candidates.length), 1)) {
      level.veins.set(cell, vein);
      setTile(book, level, cell, veinTile(book, level.spawns[vein.spawn]));
    }
  }
}

/** Exactly one side of a cell is open, and one walks there. */
function showsOnce({ walkable, width }: LevelRow, paths: Uint16Array, cell: number): boolean {
  let open = 0;
  for (const side of [cell - 1, cell + 1, cell - width, cell + width]) {
    if (at(walkable, side) === 0) continue;
    const steps = at(paths, side);
    if (steps === FAR || steps <= VEIN_STEPS_MIN) return false;
    open += 1;
  }
  return open === 1;
}

const LAMP_CELLS = 8;
const LAMP_LIGHT = 6;

/** Lamps that were left burning light some rooms, the less the farther from their middle. */
function lightLamps(book: Book, level: LevelRow, plan: Plan, dice: Dice): void {
  const { litPercent } = book.region(book.floor(level.floor).region);
  for (const room of plan.rooms) {
    if (!dice.percent(litPercent)) continue;
    const lamp = middle(room);
    const view = viewFrom(level, lamp, LAMP_CELLS);
    for (let i = 0; i < view.count; i += 1) {
      const cell = at(view.list, i);
      const { x, y } = pointOf(level, cell);
      const away = Math.max(Math.abs(x - lamp.x), Math.abs(y - lamp.y));
      const light = LAMP_LIGHT - Math.floor(away / 2);
      level.lit[cell] = Math.max(at(level.lit, cell), light);
    }
  }
}
