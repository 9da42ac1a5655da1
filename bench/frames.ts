// What it costs to tell a tick, and how large it is: what changed, the tick message, each client's frame.
//   node bench/frames.ts [--runs 1] [--players 4] [--seed 100] [--rounds 9] [--messages 1500] [--json]
import { parseArgs } from "node:util";
import {
  PartyId,
  type PlayerId,
  pack,
  type ServerFrame,
  SessionId,
  type TickMessage,
} from "@underlode/contracts";
import { pino } from "pino";
import { type Encoding, encode } from "../services/connection/src/encoding.ts";
import { Feed } from "../services/connection/src/feed.ts";
import type { FeedSource } from "../services/connection/src/feed-source.ts";
import { Scene } from "../services/connection/src/scene.ts";
import { Sight } from "../services/game-instance/src/sight.ts";
import { game, playHeadless, type Recorded } from "./headless.ts";
import { machine } from "./machine.ts";
import { figuresOf, meanOf, middleOf } from "./times.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1" },
    players: { type: "string", default: "4" },
    seed: { type: "string", default: "100" },
    rounds: { type: "string", default: "9" },
    messages: { type: "string", default: "1500" },
    json: { type: "boolean", default: false },
  },
});
const [runs, players, seed, rounds] = [
  ...[values.runs, values.players, values.seed, values.rounds].map(Number),
] as [number, number, number, number];

/** Microseconds by message or frame, and bytes. */
type Cost = {
  readonly changesUs: number[];
  readonly packUs: number[];
  readonly tickBytes: number[];
  readonly foldUs: number[];
  readonly encodeUs: Record<Encoding, number[]>;
  readonly frameBytes: Record<Encoding, number[]>;
  readonly pictureBytes: Record<Encoding, number[]>;
};

const ENCODINGS = ["msgpack", "json"] as const satisfies readonly Encoding[];

const timed = <T>(times: number[], work: () => T): T => {
  const beganMs = performance.now();
  const result = work();
  times.push((performance.now() - beganMs) * 1000);
  return result;
};

/** An instance's part: the run again, each message's changes found and packed. */
const tell = ({ start, ticks }: Recorded, cost: Cost): void => {
  const world = game.start(start);
  const sight = new Sight(
    game,
    start.players.map(({ id }) => id),
  );
  for (const { n, tick, inputs = [], log = [] } of ticks) {
    // The first message is the arrival: nothing was done before it.
    if (n > 2) game.step(world, tick, inputs);
    const lines = log.map(({ text, tone, to }) => ({ text, tone, ...(to && { to }) }));
    timed(cost.changesUs, () => sight.changes(world, lines, {}));
  }
  for (const message of ticks) cost.tickBytes.push(timed(cost.packUs, () => pack(message)).length);
};

/** A connection copy's part: each message folded, and each member's frame of it made and encoded. */
const pass = async ({ start, ticks }: Recorded, cost: Cost): Promise<void> => {
  const [first, ...others] = ticks;
  if (first === undefined) return;
  let take: (message: TickMessage) => void = () => {};
  const { pictures: floors = [], crew = [], self = {}, floorOf = {}, log = [] } = first;
  const { epoch, n, timeMs } = first;
  const { tiles, kinds } = game.legend;
  const legend = { content: game.contentHash, tiles: [...tiles], kinds: [...kinds] };
  const source: FeedSource = {
    of: "bench",
    hear(taker) {
      take = taker;
      return { stop: async () => {} };
    },
    newest: async () => undefined,
    view: async () => ({
      ...{ epoch, n, timeMs, legend, floors, crew, self, floorOf, applied: {}, log },
    }),
  };
  const feed = new Feed(source, pino({ level: "silent" }), PartyId.parse("bench"));
  const frames: ServerFrame[] = [];
  for (const { id } of start.players) watch(feed, id, frames);
  // The view is asked for, and comes by itself.
  while (frames.length === 0) await new Promise((done) => setImmediate(done));
  sizesOf(frames.splice(0), cost);
  for (const tick of others) {
    timed(cost.foldUs, () => take(tick));
    sizesOf(frames.splice(0), cost);
  }
  await feed.close();
};

const watch = (feed: Feed, id: PlayerId, frames: ServerFrame[]): void => {
  const scene = new Scene({
    eyes: () => id,
    session: SessionId.parse("session"),
    feed,
    send: (frame) => {
      frames.push(frame);
    },
    behind: () => false,
    onPicture: () => {},
  });
  feed.add(scene);
};

const sizesOf = (frames: readonly ServerFrame[], cost: Cost): void => {
  for (const frame of frames) {
    if (frame.t !== "tick" && frame.t !== "picture") continue;
    for (const encoding of ENCODINGS) {
      const times = frame.t === "tick" ? cost.encodeUs[encoding] : [];
      const bytes = Buffer.byteLength(timed(times, () => encode(frame, encoding)));
      cost[frame.t === "tick" ? "frameBytes" : "pictureBytes"][encoding].push(bytes);
    }
  }
};

const newCost = (): Cost => ({
  ...{ changesUs: [], packUs: [], tickBytes: [], foldUs: [] },
  encodeUs: { msgpack: [], json: [] },
  frameBytes: { msgpack: [], json: [] },
  pictureBytes: { msgpack: [], json: [] },
});

/** Of each run, so many of its first messages. */
const recorded = Array.from({ length: runs }, (_, index) => {
  const { start, ticks } = playHeadless(seed + index, players);
  return { start, ticks: ticks.slice(0, Number(values.messages)) };
});
const costs: Cost[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const cost = newCost();
  for (const run of recorded) {
    tell(run, cost);
    await pass(run, cost);
  }
  // The first one warms up.
  if (round > 0) costs.push(cost);
}

const us = (pick: (cost: Cost) => number[]) => figuresOf(middleOf(costs.map(pick)));
const bytes = (pick: (cost: Cost) => number[]) => {
  const all = costs.slice(0, 1).flatMap(pick);
  return { mean: meanOf(all), ...figuresOf(all) };
};
const each = <T>(of: (encoding: Encoding) => T) =>
  Object.fromEntries(ENCODINGS.map((encoding) => [encoding, of(encoding)]));
const result = {
  machine: machine(),
  ...{ runs, players, rounds },
  messages: recorded.reduce((sum, { ticks }) => sum + ticks.length, 0),
  frames: costs[0]?.frameBytes.msgpack.length ?? 0,
  /** Microseconds. */
  changesUs: us((cost) => cost.changesUs),
  tickMessage: { packUs: us((cost) => cost.packUs), bytes: bytes((cost) => cost.tickBytes) },
  foldForAllUs: us((cost) => cost.foldUs),
  frame: each((encoding) => ({
    encodeUs: us((cost) => cost.encodeUs[encoding]),
    bytes: bytes((cost) => cost.frameBytes[encoding]),
    wholePictureBytes: bytes((cost) => cost.pictureBytes[encoding]),
  })),
};

if (values.json) console.log(JSON.stringify(result));
else console.log(JSON.stringify(result, null, 1));
