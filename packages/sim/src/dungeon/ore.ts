import { around } from "../geometry.ts";
import { has } from "./conditions.ts";
import { cellOf, inside, levelOf } from "./reads.ts";
import type { Delver, FixtureRow, OreRef, Scene, SpawnRow } from "./world.ts";

/** The spawn that ore is of; floor 0 is what was brought from vaults. */
export function spawnOf(world: Scene, { floor, spawn }: OreRef): Readonly<SpawnRow> | undefined {
  return floor === 0 ? world.brought[spawn] : world.levels.get(floor)?.spawns[spawn];
}

export function oreName(world: Scene, ref: OreRef): string {
  return spawnOf(world, ref)?.name ?? "ore";
}

/** Fixtures underfoot and beside a delver. */
export function fixturesInReach(world: Scene, delver: Delver): Pick<FixtureRow, "kind" | "used">[] {
  const level = levelOf(world, delver);
  return [delver, ...around(delver)].flatMap((point) => {
    const row = inside(level, point) ? level.fixtures.get(cellOf(level, point)) : undefined;
    return row === undefined ? [] : [row];
  });
}

/** Grade of the best forge in reach; 0 is none. */
export function forgeGrade(world: Scene, delver: Delver): number {
  const grades = fixturesInReach(world, delver).map(({ kind }) =>
    kind.kind === "forge" ? kind.grade : 0,
  );
  return Math.max(0, ...grades);
}

/** Whether a delver has a field kit laid out. */
export function hasKit(world: Scene, delver: Delver): boolean {
  return has(world, delver, "kits");
}
