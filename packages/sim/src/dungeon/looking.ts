import { at } from "../geometry.ts";
import { CELL_IN_SIGHT, CELL_LIGHT_SHIFT, CELL_TILE } from "../simulation.ts";
import { sightOf } from "./conditions.ts";
import { lightOf } from "./light.ts";
import type { DelverRow, DungeonWorld, LevelRow } from "./world.ts";

/**
 * Brings a floor's memory up to what its members see now. Called by `evolve` whenever a member or
 * a tile there changed, so that nothing glimpsed on the way is lost.
 */
export function lookAround(world: DungeonWorld, level: LevelRow): void {
  const { memory, sightCells } = level;
  for (let i = 0; i < level.sightCount; i += 1) {
    const cell = at(sightCells, i);
    memory[cell] = at(memory, cell) & CELL_TILE;
  }
  level.sightCount = 0;
  for (const delver of world.delvers.values()) {
    const { is } = delver.condition;
    if (delver.floor === level.floor && (is === "up" || is === "down"))
      lookFor(world, level, delver);
  }
}

function lookFor(world: DungeonWorld, level: LevelRow, delver: DelverRow): void {
  const radius = sightOf(world, delver);
  const view = world.derived.viewOf(level, delver, radius);
  const { memory, sightCells, shown, width } = level;
  for (let i = 0; i < view.count; i += 1) {
    const cell = at(view.list, i);
    const before = at(memory, cell);
    if ((before & CELL_IN_SIGHT) === 0) {
      sightCells[level.sightCount] = cell;
      level.sightCount += 1;
    }
    const dx = (cell % width) - delver.x;
    const dy = Math.floor(cell / width) - delver.y;
    const torch = Math.max(1, 7 - Math.floor((6 * (dx * dx + dy * dy)) / (radius * radius)));
    const light = Math.max(torch, lightOf(world.book, level, cell));
    const brighter = Math.max(light, before >> CELL_LIGHT_SHIFT);
    memory[cell] = at(shown, cell) | CELL_IN_SIGHT | (brighter << CELL_LIGHT_SHIFT);
  }
}
