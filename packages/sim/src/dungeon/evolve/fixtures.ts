import type { FixturesEvents } from "../events/fixtures.ts";
import type { Evolve } from "../evolve.ts";
import { firstDue, pointOf, settleCell } from "../terrain.ts";
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
  cageOpened(world, { floor, cell }) {
    fixtureRow(world, floor, cell).used += 1;
  },
  fixtureArmed(world, { actor, floor, cell, dueAt, left }) {
    const row = fixtureRow(world, floor, cell);
    row.dueAt = dueAt;
    row.left = left;
    row.by = actor;
    const level = levelRow(world, floor);
    level.fixtureAt = firstDue(level);
  },
  fixtureShared(world, { actor, floor, cell }) {
    const row = fixtureRow(world, floor, cell);
    row.takers = [...(row.takers ?? []), actor];
  },
  wareSold(world, { floor, cell, option }) {
    const row = fixtureRow(world, floor, cell);
    row.sold = (row.wares ?? []).map((_, i) => (row.sold?.[i] ?? 0) + (i === option ? 1 : 0));
  },
  fixtureDisarmed: (world, { floor, cell }) => remove(world, floor, cell),
  fixtureGone: (world, { floor, cell }) => remove(world, floor, cell),
};

function remove(world: DungeonWorld, floor: number, cell: number): void {
  const level = levelRow(world, floor);
  level.fixtures.delete(cell);
  settleCell(world.book, level, cell);
  level.version += 1;
  level.fixtureAt = firstDue(level);
}

function fixtureRow(world: DungeonWorld, floor: number, cell: number): FixtureRow {
  const row = levelRow(world, floor).fixtures.get(cell);
  if (row === undefined) throw new Error(`no fixture in cell ${cell} of floor ${floor}`);
  return row;
}
