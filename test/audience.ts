import {
  type InstanceView,
  type JournalPosition,
  PartyId,
  type PlayerId,
  pack,
  SessionId,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import type { Log } from "@underlode/runtime";
import type { DungeonCommand, DungeonWorld, Input, Simulation } from "@underlode/sim";
import { Feed } from "../services/connection/src/feed.ts";
import { Scene } from "../services/connection/src/scene.ts";
import { Sight } from "../services/game-instance/src/sight.ts";

type Game = Simulation<DungeonWorld, DungeonCommand>;

/** All members of a party with a client each, and all bytes that those are sent. */
export type Audience = {
  /** Steps the world and sends what comes of it. */
  step(tick: number, inputs: readonly Input<DungeonCommand>[]): void;
  /** By member: every frame so far, in order. */
  heard(): Record<string, string[]>;
  /** Lines of the log so far. */
  readonly lines: string[];
};

/** The way of a picture from the simulation to the sockets, with nothing in between but bytes. */
export async function audienceOf(game: Game, world: DungeonWorld): Promise<Audience> {
  const players = [...world.players.keys()] as PlayerId[];
  const sight = new Sight(game, players);
  sight.changes(world, [], {});
  let n = 1;
  let take = (_: TickMessage): void => {};
  const feed = new Feed(
    {
      of: "a test",
      hear(taker) {
        take = taker;
        return { stop: async () => {} };
      },
      newest: async (): Promise<JournalPosition | undefined> => undefined,
      view: async () => viewOf(game, sight, n),
    },
    quiet,
    PartyId.parse("party"),
  );
  const frames: Record<string, string[]> = {};
  for (const player of players) {
    const heard: string[] = [];
    frames[player] = heard;
    const scene = new Scene({
      eyes: () => player,
      session: SessionId.parse("session"),
      feed,
      send: (frame) => heard.push(Buffer.from(pack(frame)).toString("latin1")),
      behind: () => false,
      onPicture: () => {},
    });
    feed.add(scene);
  }
  await new Promise((done) => setImmediate(done));
  const lines: string[] = [];
  return {
    step(tick, inputs) {
      const outcome = game.step(world, tick, inputs);
      lines.push(...outcome.lines.map(({ text }) => text));
      const changes = sight.changes(world, outcome.lines, {});
      if (Object.keys(changes).length + outcome.refusals.length === 0) return;
      n += 1;
      const refused = outcome.refusals.length > 0 ? { refused: [...outcome.refusals] } : {};
      const message: Tick = {
        ...{ kind: "tick", epoch: 1, n, tick, timeMs: tick * 20 },
        ...changes,
        ...refused,
        check: game.check(world),
      };
      take(message);
    },
    heard: () => frames,
    lines,
  };
}

function viewOf(game: Game, sight: Sight<DungeonWorld, DungeonCommand>, n: number) {
  const legend = structuredClone(game.legend) as Pick<InstanceView["legend"], "tiles" | "kinds">;
  const view: InstanceView = {
    ...{ epoch: 1, n, timeMs: 0 },
    legend: { content: game.contentHash, ...legend },
    ...sight.whole(),
  };
  return view;
}

const silent = () => {};
const quiet = { warn: silent, info: silent, error: silent, debug: silent } as unknown as Log;
