import { GLOBAL_CHANNEL, SOCKET_BACKLOG_BYTES_MAX } from "@underlode/contracts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { type Copy, Corridor, delving, named, partyOf, playerOf, World } from "./world.ts";

let world: World;
let copy: Copy;

beforeEach(async () => {
  world = await World.make();
});
afterEach(async () => {
  await world.close();
  expect(world.faults).toEqual([]);
});

const sent = async (what: string): Promise<number> => {
  const metric = await copy.metrics.registry.getSingleMetric(what)?.get();
  return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
};
/** A line of log that makes a tick about 4 KB long. */
const long = (n: number) => ({ log: [{ n, text: "x".repeat(4_000), tone: "plain" as const }] });

it("W1: a client that does not read is not buffered for without bound, and sees all when it reads", async () => {
  copy = await world.copy();
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
  const corridor = new Corridor(world, "i1", [playerOf("Ann"), playerOf("Bob")]);
  world.tellParty(delving(partyOf("p1", named("Ann", "Bob")), corridor.instance));
  await Promise.all([ann.frame("picture"), bob.frame("picture")]);
  ann.ws.pause();
  const before = await sent("underlode_bytes_out_total");
  for (let n = 0; n < 2_000; n++) {
    corridor.step(long(n));
    if (n % 50 === 0) await bob.until("Bob keeps up", () => bob.seen.n >= corridor.view.n - 50);
  }
  await bob.until("Bob has all", () => bob.seen.n === corridor.view.n);
  const bytes = (await sent("underlode_bytes_out_total")) - before;
  expect(bob.closed).toBeUndefined();
  expect(bytes).toBeLessThan(2_000 * 4_100 * 2);
  const inAll = ann.frames.length;
  ann.ws.resume();
  await ann.until("Ann has all", () => ann.seen.n === corridor.view.n);
  expect(ann.closed).toBeUndefined();
  expect([...ann.seen.cells]).toEqual(corridor.cells);
  expect(ann.frames.length - inAll).toBeLessThan(2_000);
  expect(await sent("underlode_pictures_total")).toBeGreaterThan(2);
});

it("W2: a client that does not read even what it must get is cut", async () => {
  copy = await world.copy();
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
  ann.ws.pause();
  const away = () => world.asked.some((ask) => ask.player === "p-ann" && !ask.online);
  for (let n = 0; !away() && n < 200; n++) {
    for (let i = 0; i < 20; i++)
      world.say({ channel: GLOBAL_CHANNEL, text: "y".repeat(SOCKET_BACKLOG_BYTES_MAX / 2) });
    await bob.until("Bob keeps up", () => bob.texts.length >= (n + 1) * 20);
  }
  await until("she is away", away);
  expect(bob.closed).toBeUndefined();
});

it("W3: a client that is dead is cut after two pings, one that is only silent is not", async () => {
  copy = await world.copy({ pingMs: 40 });
  const [ann, bob] = [await world.player(copy, "Ann"), await world.player(copy, "Bob")];
  ann.ws.pause();
  await until("it is noticed", () => world.asked.some((a) => a.player === "p-ann" && !a.online));
  await bob.settled();
  expect(bob.closed).toBeUndefined();
});
