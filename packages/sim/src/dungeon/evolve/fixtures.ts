import type { FixturesEvents } from "../events/fixtures.ts";
import type { Evolve } from "../evolve.ts";
import { settleCell } from "../terrain.ts";
import type { DungeonWorld, FixtureRow } from "../world.ts";
import { levelRow } from "./rows.ts";

export const fixtures: { [K in keyof FixturesEvents]: Evolve<K> } = {
  fixtureFound(world, { floor, cell }) {
    fixtureRow(world, floor, cell).found = true;
  },
  fixtureUsed(world, { floor, cell }) {
    const row = fixtureRow(world, floor, cell);
    row.used += 1;
    row.found = true;
  },
  fixtureGone(world, { floor, cell }) {
    const level = levelRow(world, floor);
    level.fixtures.delete(cell);
    settleCell(world.book, level, cell);
    level.version += 1;
  },
};

function fixtureRow(world: DungeonWorld, floor: number, cell: number): FixtureRow {
  const row = levelRow(world, floor).fixtures.get(cell);
  if (row === undefined) throw new Error(`no fixture in cell ${cell} of floor ${floor}`);
  return row;
}
