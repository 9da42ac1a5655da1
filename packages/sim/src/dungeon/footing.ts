import { at } from "../geometry.ts";
import { layerOf } from "./terrain.ts";
import type { Level, Scene } from "./world.ts";

/** Why a delver cannot go where feet find no hold: they can swim, and they can jump. */
export function refuseFooting(world: Scene, level: Level, cell: number): string | undefined {
  if (at(level.flyable, cell) === 0) {
    const { walk = false } = world.book.tile(at(level.tiles, cell)) ?? {};
    return walk ? "There is no way through there." : "Solid rock.";
  }
  const liquid = world.book.substance(at(level.liquid, cell));
  if (liquid?.blocks === true && !liquid.swims) return `Nobody walks into ${liquid.name}.`;
  return undefined;
}

/** Percent of its time that a step into a cell takes. */
export function stepPercent(world: Scene, level: Level, cell: number): number {
  let percent = 100;
  for (let layer = 0; layer < 3; layer += 1) {
    const spec = world.book.substance(at(layerOf(level, layer), cell));
    if (spec !== undefined) percent = Math.max(percent, spec.stepPercent);
  }
  return isBorne(world, level, cell) ? 100 : percent;
}

/** How many cells farther a step into a cell is heard. */
export function loudness(world: Scene, level: Level, cell: number): number {
  let loud = 0;
  for (let layer = 0; layer < 3; layer += 1) {
    loud = Math.max(loud, world.book.substance(at(layerOf(level, layer), cell))?.loud ?? 0);
  }
  return isBorne(world, level, cell) ? 0 : loud;
}

/** On a bridge or on ice one has nothing to do with what is below. */
function isBorne(world: Scene, level: Level, cell: number): boolean {
  const bridged = at(world.book.tileBears, at(level.tiles, cell)) === 1;
  return bridged || world.book.substance(at(level.surface, cell))?.bears === true;
}
