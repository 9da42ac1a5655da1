import { at } from "../../geometry.ts";
import { next, openStream } from "../../random.ts";
import { CELL_MAPPED, CELL_TILE } from "../../simulation.ts";
import type { GroundEvents } from "../events/ground.ts";
import type { Evolve } from "../evolve.ts";
import { generateLevel } from "../generate/level.ts";
import { lookAround, showChanges } from "../looking.ts";
import { applyChanges, cellOf, setTile } from "../terrain.ts";
import { levelRow } from "./rows.ts";

/** Events of floors, of what lies and stands on them, and of chance. */
export const ground: { [K in keyof GroundEvents]: Evolve<K> } = {
  rolled(world, { stream }) {
    world.streams.set(stream, next(world.streams.get(stream) ?? openStream(world.seed, stream)));
  },
  floorOpened(world, { floor }) {
    const { seed, lastFloor, nextId: firstId } = world;
    const wish = { seed, floor, lastFloor, firstId, partySize: world.delvers.size };
    const { level, nextId } = generateLevel(world.book, wish);
    world.levels.set(floor, level);
    world.nextId = nextId;
  },
  secretFound() {},
  tileChanged(world, { floor, x, y, tile }) {
    const level = levelRow(world, floor);
    setTile(world.book, level, cellOf(level, { x, y }), tile);
    lookAround(world, level);
  },
  veinWorked(world, { floor, vein, work }) {
    const row = levelRow(world, floor).veins.get(vein);
    if (row === undefined) return;
    row.work = work;
    row.workedAt = world.tick;
  },
  veinEmptied(world, { floor, vein }) {
    levelRow(world, floor).veins.delete(vein);
  },
  laid(world, { floor, x, y, item, count, stats, left }) {
    const id = world.nextId;
    world.nextId += 1;
    levelRow(world, floor).items.set(id, { id, kind: item, count, x, y, stats, left });
  },
  mapped(world, { floor }) {
    const level = levelRow(world, floor);
    const { memory, flyable, width } = level;
    const sides = [0, 1, -1, width, -width, width + 1, width - 1, 1 - width, -width - 1];
    memory.forEach((seen, cell) => {
      if ((seen & CELL_TILE) !== 0) return;
      const borders = sides.some((side) => at(flyable, cell + side) === 1);
      if (borders) memory[cell] = world.book.shownTile(at(level.tiles, cell)) | CELL_MAPPED;
    });
  },
  stirred(world, { floor, changes }) {
    const level = levelRow(world, floor);
    const { opened, glowed } = applyChanges(world.book, level, changes);
    if (opened) lookAround(world, level);
    else showChanges(world, level, changes, glowed);
  },
};
