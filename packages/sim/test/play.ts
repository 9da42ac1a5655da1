import { loadContent } from "@underlode/content";
import { type DungeonWorld, dungeon, type RunEnd } from "@underlode/sim";
import { partyInputs, setNow } from "./bot.ts";

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

/** Plays a party of bots to the end, or for so long in game time; a thought takes 120 ms. */
export function playRun(
  seed: number,
  size = 4,
  maxMs = 2_400_000,
  hear: (text: string, ms: number) => void = () => {},
  game = dungeonGame,
): { world: DungeonWorld; end: RunEnd | undefined } {
  const world = startParty(seed, size, { floors: 3 }, game);
  for (let tick = 6; tick * 20 < maxMs && game.ended(world) === undefined; tick += 6) {
    setNow(game.tick(world) * 20);
    const before = game.step(world, tick, []);
    const after = game.step(world, tick, partyInputs(game, world, tick));
    for (const { text } of [...before.lines, ...after.lines]) hear(text, tick * 20);
    for (const { reason } of [...before.refusals, ...after.refusals])
      hear(`? ${reason}`, tick * 20);
  }
  return { world, end: game.ended(world) };
}
