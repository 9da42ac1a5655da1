import { rmSync } from "node:fs";
import { type PlayerOptions, type ScriptedPlayer, scriptedPlayer } from "@underlode/testkit";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Stack, type StackOptions, startStack } from "../tools/launch/stack.ts";
import { freshHome } from "./fresh-home.ts";

export type Running = {
  readonly stack: Stack;
  /** A player who is gone when the test is over. */
  player(name?: string, encoding?: "msgpack" | "json"): Promise<ScriptedPlayer>;
  /** One who reaches the system by another address, e.g. a bad link to it. */
  playerAt(url: string): Promise<ScriptedPlayer>;
  players(count: number): Promise<ScriptedPlayer[]>;
};

/** Runs the whole system, real processes in a home of their own, for the tests of one file. */
export const withStack = (options: Omit<StackOptions, "home"> = {}): Running => {
  const home = freshHome();
  const open = new Set<ScriptedPlayer>();
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startStack({ home, quiet: true, ...options });
  });
  afterEach(async () => {
    for (const player of open) {
      // So that its party's process ends with the test and not ten minutes later.
      if (player.client.state.at === "online") await player.ask({ t: "party.leave" });
      player.close();
    }
    open.clear();
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const enter = async (options: PlayerOptions): Promise<ScriptedPlayer> => {
    const player = await scriptedPlayer(options);
    open.add(player);
    return player;
  };
  const running: Running = {
    get stack() {
      if (stack === undefined) throw new Error("the system has not been started");
      return stack;
    },
    player: (name, encoding) =>
      enter({
        url: running.stack.ws,
        ...(name !== undefined && { name }),
        ...(encoding !== undefined && { encoding }),
      }),
    playerAt: (url) => enter({ url }),
    players: async (count) => Promise.all(Array.from({ length: count }, () => running.player())),
  };
  return running;
};
