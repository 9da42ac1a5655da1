import type { DungeonCommand, Input } from "@underlode/sim";

/** Numbers for tests only, from a seed: 0 up to, not including, `sides`. */
export function roller(seed: number): (sides: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * sides);
  };
}

/** Any command a client could send, sensible or not; steps are the most frequent. */
export function anyCommand(roll: (sides: number) => number): DungeonCommand {
  const dir = roll(8);
  const cell = { x: roll(110), y: roll(45) };
  const item = 1 + roll(40);
  const rare: DungeonCommand[] = [
    { do: "wait" },
    { do: "close", dir },
    { do: "stairs" },
    { do: "pickup" },
    { do: "use", item },
    { do: "drop", item },
    { do: "throw", item, ...cell },
    { do: "ability", slot: 1 + roll(4) },
    { do: "ability", slot: 1, ...cell },
    { do: "shoot", ...cell },
    { do: "survey", dir },
    { do: "mine", dir },
    { do: "revive", dir },
    { do: "interact", dir },
    { do: "attackNearest" },
    { do: "explore" },
    { do: "travel", ...cell },
    { do: "rest" },
    { do: "travelStairs", down: roll(2) === 0 },
    { do: "repeat" },
    { do: "autoPickup", kinds: roll(2) === 0 ? ["weapon", "potion"] : [] },
    {
      do: "offer",
      to: ["ana", "bo", "cleo", "dov"][roll(4)] ?? "",
      items: [item],
      ore: [],
      gold: 0,
    },
    { do: "acceptOffer", offer: 300 + roll(300) },
    { do: "cancelOffer", offer: 300 + roll(300) },
    { do: "vote", prompt: 300 + roll(300), vote: "need" },
    { do: "choose", prompt: 300 + roll(300), option: roll(3) },
    { do: "hire", class: ["warrior", "mage", "healer", "rogue", "bard"][roll(5)] ?? "bard" },
    { do: "pause" },
    { do: "ready" },
    { do: "craft", schematic: "long-sword", ore: [{ stack: item, amount: 1 + roll(4) }] },
    { do: "dropOre", stack: item, amount: 1 },
  ];
  return roll(3) > 0 ? { do: "step", dir } : (rare[roll(rare.length)] ?? { do: "wait" });
}

/** What a handful of players and the host could send at one tick. */
export function anyInputs(
  roll: (sides: number) => number,
  players: readonly string[],
): Input<DungeonCommand>[] {
  const player = players[roll(players.length)] ?? "nobody";
  if (roll(60) === 0) {
    const presence = (["online", "away", "online"] as const)[roll(3)] ?? "online";
    return [{ kind: "presence", player, presence }];
  }
  return [{ kind: "command", player, seq: roll(1000), command: anyCommand(roll) }];
}
