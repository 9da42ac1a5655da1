import type { Act } from "@underlode/contracts";
import {
  type DungeonCommand,
  type DungeonWorld,
  type Input,
  type Simulation,
  THING_DOWN,
} from "@underlode/sim";

type Game = Simulation<DungeonWorld, DungeonCommand>;

/**
 * Somebody who leaves it all to what the server does for players: strike what is near, lift who is
 * down, explore, take the stairs. Keeps worlds of tests busy; who plays well is `@underlode/bots`.
 */
export function plainAct(game: Game, world: DungeonWorld, player: string, beat: number): Act {
  const crew = game.crew(world);
  const me = crew.find((one) => one.player === player);
  if (me === undefined) return { do: "wait" };
  const { things } = game.see(world, me.floor);
  const body = things.find(([id]) => id === me.thing);
  for (const [, , x, y, , flags] of things) {
    if ((flags & THING_DOWN) === 0 || body === undefined) continue;
    const dir = ROSE.indexOf(`${x - body[2]},${y - body[3]}`);
    if (dir >= 0) return { do: "revive", dir };
  }
  const acts: Act[] = [
    { do: "attackNearest" },
    { do: "ability", slot: 1 },
    { do: "explore" },
    { do: "pickup" },
    { do: "attackNearest" },
    { do: "travelStairs", down: true },
    { do: "stairs" },
    { do: "rest" },
  ];
  return acts[beat % acts.length] ?? { do: "wait" };
}

const ROSE = ["0,-1", "1,-1", "1,0", "1,1", "0,1", "-1,1", "-1,0", "-1,-1"];

/** Commands of all who stand, for one moment. */
export function partyInputs(game: Game, world: DungeonWorld, seq: number): Input<DungeonCommand>[] {
  return game.crew(world).flatMap(({ player, state }, index) => {
    const command = plainAct(game, world, player, Math.floor(seq / 6) + index);
    return state === "up" ? [{ kind: "command", player, seq, command }] : [];
  });
}
