import { fold, newSeen, type Seen } from "@underlode/client";
import {
  type Frame,
  journal,
  type Picture,
  type ServerFrame,
  SessionId,
  type Thing,
  type Tick,
} from "@underlode/contracts";
import type { Log } from "@underlode/runtime";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { Feed } from "../src/feed.ts";
import { runSource } from "../src/feed-source.ts";
import { Scene } from "../src/scene.ts";
import { Corridor, playerOf, World } from "./world.ts";

const RUNS = 60;
const ann = playerOf("Ann");
const bob = playerOf("Bob");
const session = SessionId.parse("s1");
const log = { warn: () => {} } as unknown as Log;

let world: World;
let corridor: Corridor;
let feeds: Feed[];

beforeEach(async () => {
  world = await World.make();
  corridor = new Corridor(world, "i1", [ann, bob]);
  feeds = [];
});
afterEach(async () => {
  await Promise.all(feeds.map((feed) => feed.close()));
  await world.close();
});

const feedOf = (): Feed => {
  const feed = new Feed(runSource(world.bus, corridor.instance), log, "p1" as never);
  feeds.push(feed);
  return feed;
};
/** A client at the end of a scene, with a socket that a test can block. */
const clientOf = (feed: Feed, player = ann) => {
  const client = {
    seen: newSeen(),
    frames: [] as ServerFrame[],
    behind: false,
    scene: undefined as never as Scene,
  };
  client.scene = new Scene({
    ...{ eyes: () => player, session, feed, onPicture: () => {}, behind: () => client.behind },
    send: (frame) => {
      client.frames.push(frame);
      if (fold(client.seen, frame) === "look") client.scene.show("asked");
    },
  });
  feed.add(client.scene);
  return client;
};
const nOf = (feed: Feed): number => feed.picture(ann, session)?.n ?? -1;
const cellsOf = (seen: Seen): number[] => [...seen.cells];

it("F1: a reader gets the legend, the picture, and then only what changes", async () => {
  const feed = feedOf();
  const client = clientOf(feed);
  await until("the picture", () => client.seen.n === 2);
  corridor.step();
  await until("the tick", () => client.seen.n === 3);
  expect(client.frames.map((f) => f.t)).toEqual(["legend", "picture", "tick"]);
  expect(cellsOf(client.seen)).toEqual(corridor.cells);
});

it("F2: after a gap everything is fetched anew", async () => {
  const feed = feedOf();
  const client = clientOf(feed);
  await until("the picture", () => client.seen.n === 2);
  corridor.tick();
  corridor.step();
  await until("all is there", () => client.seen.n === 4);
  expect(client.frames.map((f) => f.t)).toEqual(["legend", "picture", "picture"]);
  expect(cellsOf(client.seen)).toEqual(corridor.cells);
});

it("F3: ticks of an owner that has been replaced are ignored", async () => {
  const feed = feedOf();
  await until("the picture", () => nOf(feed) === 2);
  const old = corridor.view.epoch;
  corridor.view = { ...corridor.view, epoch: 2, n: 3 };
  corridor.send({ kind: "claim", epoch: 2, n: 3, owner: "new" });
  corridor.step();
  await until("its tick", () => nOf(feed) === 4);
  const stale: Tick = {
    kind: "tick",
    epoch: old,
    n: 5,
    tick: 9,
    timeMs: 1,
    check: 0,
    floors: [{ floor: 1, cells: [0, 99] }],
  };
  corridor.send(stale);
  corridor.step();
  await until("the next tick", () => nOf(feed) === 5);
  expect(feed.picture(ann, session)!.picture.cells).not.toContain(99);
});

it("F4: a new owner that goes on from fewer messages than were sent is followed", async () => {
  const feed = feedOf();
  const client = clientOf(feed);
  await until("the picture", () => client.seen.n === 2);
  for (let n = 0; n < 5; n++) corridor.step();
  await until("the ticks", () => client.seen.n === 7);
  // Messages 5 to 7 never reached the store; the new owner begins at 5 with another world.
  corridor.view = { ...corridor.view, epoch: 2, n: 5 };
  corridor.view.floors = [{ ...corridor.view.floors[0]!, cells: [10, 2] }];
  corridor.send({ kind: "claim", epoch: 2, n: 5, owner: "new" });
  corridor.step();
  await until("the new world", () => client.seen.n === 6);
  expect(cellsOf(client.seen)).toEqual(corridor.cells);
});

it("F5: an older owner's whole view is not taken for the new one's", async () => {
  const feed = feedOf();
  await until("the picture", () => nOf(feed) === 2);
  corridor.send({ kind: "claim", epoch: 2, n: 9, owner: "new" });
  await until("the gap", () => nOf(feed) === -1);
  let asked = 0;
  const stale = { ...corridor.view, n: 20 };
  world.views.set("i1", () => {
    asked += 1;
    return { ok: true, value: stale };
  });
  await until("the older owner is asked", () => asked > 1);
  expect(nOf(feed)).toBe(-1);
  world.views.set("i1", () => ({ ok: true, value: corridor.view }));
  corridor.view = { ...corridor.view, epoch: 2, n: 9 };
  await until("the new owner's view", () => nOf(feed) === 9);
});

it("F6: ticks that come before the view are applied by their number", async () => {
  const { view } = corridor;
  const early = { ...view };
  world.views.set("i1", () => ({ ok: false, error: { code: "unavailable", reason: "" } }));
  const feed = feedOf();
  const client = clientOf(feed);
  const ticks = [corridor.tick(), corridor.tick(), corridor.tick()];
  const middle = { ...early, n: 3, floors: [{ ...early.floors[0]!, cells: [3, 1, 1, 3, 6, 1] }] };
  let heard = 0;
  world.bus.hear(journal.tick, { instance: corridor.instance }, () => {
    heard += 1;
  });
  for (const tick of [ticks[0]!, ticks[1]!, ticks[1]!, ticks[2]!]) corridor.send(tick);
  await until("the ticks are heard", () => heard === 4);
  world.views.set("i1", () => ({ ok: true, value: middle }));
  await until("all is there", () => client.seen.n === 5);
  expect(cellsOf(client.seen)).toEqual(corridor.cells);
  expect(client.frames.map((f) => f.t)).toEqual(["legend", "picture", "tick", "tick"]);
});

it("F7: a reader that is behind gets nothing until it has caught up, then everything whole", async () => {
  const feed = feedOf();
  const client = clientOf(feed);
  await until("the picture", () => client.seen.n === 2);
  client.behind = true;
  for (let n = 0; n < 50; n++) corridor.step();
  await until("the feed has them", () => nOf(feed) === 52);
  expect(client.frames).toHaveLength(2);
  client.behind = false;
  client.scene.caughtUp();
  expect(client.frames.map((f) => f.t)).toEqual(["legend", "picture", "picture"]);
  expect(cellsOf(client.seen)).toEqual(corridor.cells);
});

it("F8: nobody reads lines, refusals or sections that are another's", async () => {
  const feed = feedOf();
  const [mine, other] = [clientOf(feed, ann), clientOf(feed, bob)];
  await until("the picture", () => mine.seen.n === 2 && other.seen.n === 2);
  corridor.step({
    floors: undefined as never,
    log: [{ n: 1, text: "for Ann", tone: "plain", to: [ann] }],
    self: { [ann]: { busy: null } },
    refused: [{ player: ann, seq: 4, reason: "no" }],
    applied: { [ann]: [session, 4], [bob]: [SessionId.parse("s0"), 7] },
  });
  corridor.step();
  await until("the second", () => mine.seen.n === 4 && other.seen.n === 4);
  expect(mine.frames[2]).toMatchObject({
    n: 3,
    of: 2,
    applied: 4,
    refused: [[4, "no"]],
    self: { busy: null },
  });
  expect(mine.seen.log.map((line) => line.text)).toEqual(["for Ann"]);
  expect(JSON.stringify(other.frames)).not.toMatch(/for Ann|busy|"no"/);
  expect(other.frames.map((f) => f.t)).toEqual(["legend", "picture", "tick"]);
  expect(other.seen.applied).toBe(0);
});

const WIDTH = 6;
const thing = fc.tuple(
  ...[fc.integer({ min: 1, max: 6 }), fc.nat(3), fc.nat(WIDTH), fc.nat(1), fc.nat(100), fc.nat(3)],
  fc.constantFrom("", "rat"),
) as unknown as fc.Arbitrary<Thing>;
const delta = fc.record({
  floor: fc.constantFrom(1, 2),
  cells: fc.array(fc.tuple(fc.nat(WIDTH * 2 - 1), fc.nat(9)), { maxLength: 4 }),
  things: fc.uniqueArray(thing, { maxLength: 3, selector: (t) => t[0] }),
  gone: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
});
const step = fc.record({
  floors: fc.uniqueArray(delta, { maxLength: 2, selector: (d) => d.floor }),
  /** Where Ann and Bob go. */
  moves: fc.option(fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2)), {
    freq: 4,
    nil: undefined,
  }),
  behind: fc.tuple(fc.boolean(), fc.boolean()),
  log: fc.option(fc.constantFrom(undefined, [ann], [bob]), { nil: null }),
});

it("F9: whatever is lost or skipped on the way, clients end with the feed's own picture", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 20 }),
      fc.integer({ min: 0, max: 9 }),
      async (steps, lossIn10) => {
        const here = await World.make();
        const run = new Corridor(here, "i2", [ann, bob]);
        const floors = [1, 2].map(
          (floor): Picture => ({
            floor,
            name: `floor ${floor}`,
            width: WIDTH,
            height: 2,
            cells: [WIDTH * 2, 1],
            things: [],
          }),
        );
        run.view = { ...run.view, floors };
        const model = new Feed(runSource(here.bus, run.instance), log, "p1" as never);
        const feed = new Feed(runSource(here.bus, run.instance), log, "p1" as never);
        const clients = [clientOf(feed, ann), clientOf(feed, bob)];
        await until("the pictures", () => clients.every((c) => c.seen.n === 2) && nOf(model) === 2);
        for (const [i, { floors: deltas, moves, behind, log: to }] of steps.entries()) {
          for (const [c, client] of clients.entries()) client.behind = behind[c]!;
          const n = run.view.n + 1;
          const tick: Tick = {
            ...{ kind: "tick", epoch: 1, n, tick: n, timeMs: n, check: 0 },
            floors: deltas.map((d) => ({
              ...d,
              cells: d.cells.flat(),
              gone: d.gone.filter((id) => d.things.every((t) => t[0] !== id)),
            })),
            ...(moves !== undefined && { floorOf: { [ann]: moves[0], [bob]: moves[1] } }),
            ...(to !== null && {
              log: [
                {
                  n: i + 1,
                  text: `line ${i}`,
                  tone: "plain" as const,
                  ...(to !== undefined && { to: [...to] }),
                },
              ],
            }),
          };
          run.view = { ...run.view, n };
          if (i % 10 >= lossIn10) run.send(tick);
          // The instance's own view is what a reader that lost nothing would hold.
          (model as unknown as { take(tick: Tick): void }).take(tick);
          run.view = { ...run.view, ...wholeOf(model) };
          await new Promise((done) => setImmediate(() => setImmediate(done)));
        }
        for (const client of clients) {
          client.behind = false;
          client.scene.caughtUp();
        }
        run.send({
          kind: "tick",
          epoch: 1,
          n: run.view.n + 1,
          tick: 99,
          timeMs: 99,
          check: 0,
          crew: [],
        });
        run.view = { ...run.view, n: run.view.n + 1 };
        await until("all are up to date", () => nOf(feed) === run.view.n);
        for (const [i, client] of clients.entries()) {
          const player = i === 0 ? ann : bob;
          expectSame(client.seen, feed.picture(player, session)!);
          expectSame(client.seen, model.picture(player, session)!);
        }
        await Promise.all([feed.close(), model.close(), here.close()]);
      },
    ),
    { numRuns: RUNS },
  );
});

type Inside = {
  floors: Map<
    number,
    { name: string; width: number; height: number; cells: Uint16Array; things: Map<number, Thing> }
  >;
  floorOf: Record<string, number>;
  log: [];
};
const wholeOf = (feed: Feed) => {
  const { floors, floorOf, log: lines } = feed as unknown as Inside;
  return {
    floorOf,
    log: [...lines],
    floors: [...floors].map(
      ([floor, f]): Picture => ({
        floor,
        name: f.name,
        width: f.width,
        height: f.height,
        cells: [...f.cells].flatMap((cell) => [1, cell]),
        things: [...f.things.values()],
      }),
    ),
  };
};

const expectSame = (seen: Seen, { picture }: Frame<"picture">): void => {
  expect(seen.floor).toBe(picture.floor);
  const cells: number[] = [];
  for (let i = 0; i < picture.cells.length; i += 2)
    for (let count = 0; count < picture.cells[i]!; count++) cells.push(picture.cells[i + 1]!);
  expect([...seen.cells]).toEqual(cells);
  const things = picture.things.map(([id, kind, x, y, health, flags, name]) => ({
    id,
    kind,
    x,
    y,
    health,
    flags,
    name,
  }));
  const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
  expect([...seen.things.values()].sort(byId)).toEqual(things.sort(byId));
};
