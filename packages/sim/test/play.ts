import { loadContent } from "@underlode/content";
import { type DungeonWorld, dungeon } from "@underlode/sim";

export const game = dungeon(loadContent());
const dungeonGame = game;

export const CLASSES = ["warrior", "ranger", "healer", "mage"] as const;
const NAMES = ["Ana", "Bo", "Cleo", "Dov", "Eli", "Fay", "Gus", "Hana"];

export function startParty(
  seed: number,
  size = 4,
  rules: Record<string, number> = {},
  game = dungeonGame,
): DungeonWorld {
  const players = NAMES.slice(0, size).map((name, index) => ({
    id: name.toLowerCase(),
    name,
    class: CLASSES[index % CLASSES.length] ?? "warrior",
  }));
  return game.start({ seed, tickRate: 50, players, rules });
}
