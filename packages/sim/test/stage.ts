import { type DungeonWorld, evolve, type Outcome } from "@underlode/sim";
import { settleTiles } from "../src/dungeon/terrain.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty } from "./scene.ts";

const NAMES = ["Ana", "Bo", "Cleo", "Dov", "Eli"];

/** A bare open place on floor 1 with a member of each class in turn; `ana` stands in its middle. */
export function staged(...classes: readonly string[]) {
  const players = classes.map((kind, index) => {
    const name = NAMES[index] ?? "Zoe";
    return { id: name.toLowerCase(), name, class: kind };
  });
  const world = quietParty(1, 21, game.start({ seed: 21, tickRate: 50, players, rules: {} }));
  const level = floorOne(world);
  level.fixtures.clear();
  for (const layer of [level.liquid, level.surface, level.gas]) layer.fill(0);
  level.stirs.clear();
  level.stirAt = 0;
  settleTiles(world.book, level);
  const spot = openSpot(world);
  put(world, "ana", spot.x, spot.y);
  return { world, level, ana: delver(world, "ana"), ...spot };
}

/** Uses an ability and answers the lines of the log. */
export function use(
  world: DungeonWorld,
  player: string,
  slot: number,
  at?: { x: number; y: number },
): Outcome {
  return pass(world, 1, ask(player, { do: "ability", slot, ...(at && { x: at.x, y: at.y }) }));
}

/** Lays a condition on somebody, as if it had just been laid. */
export function dose(world: DungeonWorld, actor: number, kind: string, power = 1, ticks = 500) {
  const until = world.tick + ticks;
  const effect = { kind, power, stacks: 1, until, nextAt: 0, by: 0 };
  evolve(world, { kind: "effectBegan", actor, effect });
}

/** Lays a substance that rests into a cell. */
export function soak(world: DungeonWorld, substance: string, x: number, y: number) {
  const number = world.book.substanceNumber(substance);
  const layer = ["liquid", "surface", "gas"].indexOf(world.book.substance(number)?.layer ?? "");
  const change = { cell: y * 100 + x, layer, substance: number, amount: layer === 2 ? 100 : 0 };
  evolve(world, { kind: "stirred", floor: 1, changes: [change] });
}

export function kinds({ effects }: { effects: readonly { kind: string }[] }): string[] {
  return effects.map(({ kind }) => kind);
}

export const texts = ({ lines }: Outcome) => lines.map(({ text }) => text);
