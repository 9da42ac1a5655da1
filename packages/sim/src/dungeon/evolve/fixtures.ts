import type { FixturesEvents } from "../events/fixtures.ts";
import type { Evolve } from "../evolve.ts";
import { pointOf, settleCell } from "../terrain.ts";
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
  fixtureSet(world, { floor, cell, fixture }) {
    const level = levelRow(world, floor);
    const kind = world.book.fixture(fixture);
    const row = { id: world.nextId, kind, ...pointOf(level, cell), found: true, used: 0 };
    world.nextId += 1;
    level.fixtures.set(cell, row);
    if (settleCell(world.book, level, cell)) level.version += 1;
  },
  fixtureDisarmed: (world, { floor, cell }) => remove(world, floor, cell),
  fixtureGone: (world, { floor, cell }) => remove(world, floor, cell),
};

function remove(world: DungeonWorld, floor: number, cell: number): void {
  const level = levelRow(world, floor);
  level.fixtures.delete(cell);
  settleCell(world.book, level, cell);
  level.version += 1;
}

function fixtureRow(world: DungeonWorld, floor: number, cell: number): FixtureRow {
  const row = levelRow(world, floor).fixtures.get(cell);
  if (row === undefined) throw new Error(`no fixture in cell ${cell} of floor ${floor}`);
  return row;
}
