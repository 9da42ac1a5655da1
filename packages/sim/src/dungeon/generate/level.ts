import { FAR } from "../../distances.ts";
import { at, type Point } from "../../geometry.ts";
import { type Dice, dice as openDice } from "../../random.ts";
import { emptyView, look } from "../../sight.ts";
import type { Book } from "../book.ts";
import { Derived } from "../derived.ts";
import { cellOf, pointOf, settleTiles } from "../terrain.ts";
import type { LevelRow, VeinRow } from "../world.ts";
import { furnishFloor } from "./furnish.ts";
import { nameSpawns } from "./ore.ts";
import { type Plan, type PlanCell, planFor } from "./plan.ts";
import { populate } from "./populate.ts";
import { middle } from "./room.ts";

export type LevelWish = {
  readonly seed: number;
  readonly floor: number;
  readonly lastFloor: number;
  readonly partySize: number;
  /** Ids that the floor's things get: this one and up. */
  readonly firstId: number;
};

/** A floor, the same whenever it is entered: it depends on the wish alone. */
export function generateLevel(book: Book, wish: LevelWish): { level: LevelRow; nextId: number } {
  const dice = openDice(wish.seed, `level:${wish.floor}`);
  const spec = book.floor(wish.floor);
  const { width, height } = book.content.rules;
  const plan = planFor(dice, book.region(spec.region), width, height);
  const level = bareLevel(book, plan, wish.floor, dice);
  settleTiles(book, level);
  const paths = new Derived().pathsTo(level, cellOf(level, level.arrival), "passable");
  const exit = farthestRoom(level, plan, paths);
  Object.assign(level.exit, exit);
  level.tiles[cellOf(level, level.arrival)] = book.roleTile("stairsUp");
  if (wish.floor < wish.lastFloor) level.tiles[cellOf(level, exit)] = book.roleTile("stairsDown");
  embedVeins(book, level, paths, dice);
  settleTiles(book, level);
  const ids = idsFrom(wish.firstId);
  furnishFloor({ book, level, dice, ids });
  settleTiles(book, level);
  const ways = new Derived().pathsTo(level, cellOf(level, level.arrival), "passable");
  populate(book, level, wish, ways, hiddenFrom(level), dice, ids);
  return { level, nextId: ids() };
}

function idsFrom(first: number): () => number {
  let next = first - 1;
  return () => {
    next += 1;
    return next;
  };
}

function bareLevel(book: Book, plan: Plan, floor: number, dice: Dice): LevelRow {
  const spec = book.floor(floor);
  const region = book.region(spec.region);
  const numbers: Record<PlanCell, number> = {
    wall: book.tileNumber(region.wall),
    floor: book.tileNumber(region.floor),
    track: book.tileNumber(region.track),
    pillar: book.tileNumber(region.pillar),
    door: book.roleTile("door"),
    secretDoor: book.roleTile("secretDoor"),
  };
  const size = plan.width * plan.height;
  return {
    floor,
    name: spec.name,
    width: plan.width,
    height: plan.height,
    tiles: Uint8Array.from(plan.cells, (cell) => numbers[cell]),
    walkable: new Uint8Array(size),
    passable: new Uint8Array(size),
    clear: new Uint8Array(size),
    flyable: new Uint8Array(size),
    liquid: new Uint8Array(size),
    surface: new Uint8Array(size),
    gas: new Uint8Array(size),
    gasAmount: new Uint8Array(size),
    stirs: new Map(),
    stirAt: 0,
    shown: new Uint8Array(size),
    fixtures: new Map(),
    version: 0,
    tilesHash: 0,
    arrival: { ...middle(dice.pick(plan.rooms)) },
    exit: { x: 0, y: 0 },
    monsters: new Map(),
    items: new Map(),
    veins: new Map(),
    spawns: nameSpawns(dice, book.content.rules, book.content.ores, floor),
    occupant: new Int32Array(size),
    memory: new Uint16Array(size),
    sightCells: new Int32Array(size),
    sightCount: 0,
  };
}

/** The middle of the room out of its sight that lies the longest walk from the arrival. */
function farthestRoom(level: LevelRow, plan: Plan, paths: Uint16Array): Point {
  const far = (point: Point) => {
    const steps = at(paths, cellOf(level, point));
    return steps === FAR ? -1 : steps;
  };
  const hidden = hiddenFrom(level);
  const rooms = plan.rooms.map(middle);
  const unseen = rooms.filter((point) => hidden(cellOf(level, point)));
  return (unseen.length > 0 ? unseen : rooms).reduce((best, point) =>
    far(point) > far(best) ? point : best,
  );
}

/** Veins show in walls beside the ground that can be walked, not at the arrival's door. */
function embedVeins(book: Book, level: LevelRow, paths: Uint16Array, dice: Dice): void {
  const wall = book.tileNumber(book.region(book.floor(level.floor).region).wall);
  const candidates: number[] = [];
  level.tiles.forEach((tile, cell) => {
    const { x, y } = pointOf(level, cell);
    const border = x === 0 || y === 0 || x === level.width - 1 || y === level.height - 1;
    if (tile !== wall || border) return;
    const sides = [cell - 1, cell + 1, cell - level.width, cell + level.width];
    const open = sides.filter((side) => at(level.walkable, side) === 1);
    if (open.length === 1 && open.every((side) => at(paths, side) > 8)) candidates.push(cell);
  });
  for (let i = 0; i < book.floor(level.floor).veins && candidates.length > 0; i += 1) {
    for (const cell of candidates.splice(dice.below(candidates.length), 1)) {
      const spawn = dice.below(level.spawns.length);
      const vein: VeinRow = { spawn, amount: dice.between(2, 4), work: 0, workedAt: 0 };
      level.veins.set(cell, vein);
      level.tiles[cell] = book.tileNumber(book.ore(level.spawns[spawn]?.ore ?? "").tile);
    }
  }
}

/** Whether a cell is out of sight of the arrival, for placing what must not greet the party. */
function hiddenFrom(level: LevelRow): (cell: number) => boolean {
  const view = emptyView(level.tiles.length);
  look(level, level.arrival.x, level.arrival.y, Math.max(level.width, level.height), view);
  return (cell) => at(view.bits, cell) === 0;
}
