import { loadContent } from "@underlode/content";
import type { Act } from "@underlode/contracts";
import { dungeon, grid, type Simulation } from "@underlode/sim";

/** Takes a game without telling what its world is: hosts never look inside. */
export type HostGame = <R>(use: <W>(simulation: Simulation<W, Act>) => R) => R;

/** Every game that an instance can host. */
export const games: Readonly<Record<string, HostGame>> = {
  dungeon: (use) => use(dungeon(loadContent())),
  grid: (use) => use(grid),
};
