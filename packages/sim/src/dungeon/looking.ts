import { at } from "../geometry.ts";
import { CELL_IN_SIGHT, CELL_LIGHT_SHIFT, CELL_TILE } from "../simulation.ts";
import { sightOf } from "./conditions.ts";
import type { Change } from "./events.ts";
import { ambientOf, glowOf, glowSeen, regionLight, shine } from "./light.ts";
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
  for (const delver of watchers(world, level)) lookFor(world, level, delver);
  const { liquid, surface, gas } = level;
  for (let i = 0; i < level.sightCount; i += 1) {
    const cell = at(sightCells, i);
    // Most of the ground is bare, and of what is not, most is dark.
    if ((at(liquid, cell) | at(surface, cell) | at(gas, cell)) === 0) continue;
    const glow = glowOf(world.book, level, cell);
    if (glow > 0) shine(level, cell, glow, (other, light) => brighten(level, other, light));
  }
}

function watchers(world: DungeonWorld, level: LevelRow): DelverRow[] {
  return [...world.delvers.values()].filter(({ floor, condition: { is } }) => {
    return floor === level.floor && (is === "up" || is === "down");
  });
}

function lookFor(world: DungeonWorld, level: LevelRow, delver: DelverRow): void {
  const radius = sightOf(world, delver);
  const view = world.derived.viewOf(level, delver, radius);
  const { memory, sightCells, shown, lit } = level;
  const region = regionLight(world.book, level);
  const lamp = lampOf(radius);
  let count = level.sightCount;
  for (let i = 0; i < view.count; i += 1) {
    const cell = at(view.list, i);
    const before = at(memory, cell);
    let light = 0;
    if ((before & CELL_IN_SIGHT) === 0) {
      sightCells[count] = cell;
      count += 1;
    } else light = before >> CELL_LIGHT_SHIFT;
    const torch = at(lamp, at(view.away, i));
    if (torch > light) light = torch;
    if (region > light) light = region;
    if (at(lit, cell) > light) light = at(lit, cell);
    memory[cell] = at(shown, cell) | CELL_IN_SIGHT | (light << CELL_LIGHT_SHIFT);
  }
  level.sightCount = count;
}

/** What a delver's own lamp gives by the square of how far a cell is away; one list a radius. */
const lamps: Uint8Array[] = [];

function lampOf(radius: number): Uint8Array {
  const known = lamps[radius];
  if (known !== undefined) return known;
  const lamp = Uint8Array.from({ length: 2 * radius * radius + 1 }, (_, away) =>
    Math.max(1, 7 - Math.floor((6 * away) / (radius * radius))),
  );
  lamps[radius] = lamp;
  return lamp;
}

/** What a delver's own lamp gives in a cell that they see. */
function torchOf({ width }: LevelRow, { x, y }: DelverRow, radius: number, cell: number): number {
  const dx = (cell % width) - x;
  const dy = Math.floor(cell / width) - y;
  return at(lampOf(radius), dx * dx + dy * dy);
}

/** Only what is in sight is drawn bright, and only by what is in sight as well. */
function brighten(level: LevelRow, cell: number, light: number): void {
  const before = at(level.memory, cell);
  if ((before & CELL_IN_SIGHT) === 0 || before >> CELL_LIGHT_SHIFT >= light) return;
  level.memory[cell] = (before & (CELL_TILE | CELL_IN_SIGHT)) | (light << CELL_LIGHT_SHIFT);
}

/** The same picture as `lookAround` gives, where changes let nobody see more or less than before. */
export function showChanges(
  world: DungeonWorld,
  level: LevelRow,
  changes: readonly Change[],
  glowed: boolean,
): void {
  const dimmed = new Set<number>();
  for (const { cell } of changes) {
    const before = at(level.memory, cell);
    if ((before & CELL_IN_SIGHT) === 0) continue;
    level.memory[cell] = (before & ~CELL_TILE) | at(level.shown, cell);
    if (glowed) shine(level, cell, FULL, (other) => dimmed.add(other));
  }
  if (dimmed.size > 0) relight(world, level, dimmed);
}

/** So bright that it reaches as far as any glow does. */
const FULL = 7;

/** Works out anew how bright some cells in sight are. */
function relight(world: DungeonWorld, level: LevelRow, cells: ReadonlySet<number>): void {
  const eyes = watchers(world, level).map((delver) => {
    const radius = sightOf(world, delver);
    return { delver, radius, view: world.derived.viewOf(level, delver, radius) };
  });
  for (const cell of cells) {
    if ((at(level.memory, cell) & CELL_IN_SIGHT) === 0) continue;
    let light = Math.max(ambientOf(world.book, level, cell), glowSeen(world.book, level, cell));
    for (const { delver, radius, view } of eyes) {
      if (view.bits[cell] === 1) light = Math.max(light, torchOf(level, delver, radius, cell));
    }
    level.memory[cell] = at(level.shown, cell) | CELL_IN_SIGHT | (light << CELL_LIGHT_SHIFT);
  }
}
