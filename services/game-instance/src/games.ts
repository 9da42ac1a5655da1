import { loadContent } from "@underlode/content";
import type { Act } from "@underlode/contracts";
import { dungeon, grid, type Simulation } from "@underlode/sim";

/** Takes a game without telling what its world is: hosts never look inside. */
export type HostGame = <R>(use: <W>(simulation: Simulation<W, Act>) => R) => R;

/**
 * Every game that an instance can host. Content is read from a folder, or is the one built in;
 * throws with all mistakes at once where it is unsound.
 */
export const loadGames = (contentDir: string | undefined): Readonly<Record<string, HostGame>> => {
  const content = loadContent(contentDir);
  return {
    dungeon: (use) => use(dungeon(content)),
    grid: (use) => use(grid),
  };
};
